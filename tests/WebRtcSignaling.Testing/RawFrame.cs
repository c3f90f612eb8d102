using System.Buffers.Binary;

namespace WebRtcSignaling.Testing;

/// <summary>
/// A WebSocket frame of any shape, allowed or not (RFC 6455 section 5.2), written byte by byte and with nothing of the library's own
/// code, so that a mistake there cannot hide itself here.
/// </summary>
public sealed record RawFrame
{
    public const int Continuation = 0x0;
    public const int Text = 0x1;
    public const int Binary = 0x2;
    public const int Close = 0x8;
    public const int Ping = 0x9;
    public const int Pong = 0xA;

    /// <summary>The masking key of the RFC's examples (section 5.7): 37 fa 21 3d.</summary>
    public const uint ExampleKey = 0x37FA213D;

    public required int Opcode { get; init; }

    public byte[] Payload { get; init; } = [];

    public bool Fin { get; init; } = true;

    /// <summary>RSV1 is 4, RSV2 is 2, RSV3 is 1.</summary>
    public int ReservedBits { get; init; }

    /// <summary>The key, its first byte on the wire in the highest eight bits; null for a frame without mask.</summary>
    public uint? MaskingKey { get; init; } = ExampleKey;

    /// <summary>Bytes of extended length: 0, 2 or 8; null for the shortest form.</summary>
    public int? LengthSize { get; init; }

    /// <summary>The length that the header tells, where it is not the payload's.</summary>
    public ulong? AnnouncedLength { get; init; }

    public byte[] ToBytes() => [.. Header(), .. Masked()];

    public byte[] Header()
    {
        var length = AnnouncedLength ?? (ulong)Payload.Length;
        var size = LengthSize ?? (length < 126 ? 0 : length < 65536 ? 2 : 8);
        var header = new byte[2 + size + (MaskingKey is null ? 0 : 4)];
        header[0] = (byte)((Fin ? 0x80 : 0) | (ReservedBits << 4) | Opcode);
        header[1] = (byte)((MaskingKey is null ? 0 : 0x80) | (size == 0 ? (int)length : size == 2 ? 126 : 127));
        for (var i = 0; i < size; i++)
        {
            header[2 + i] = (byte)(length >> (8 * (size - 1 - i)));
        }

        if (MaskingKey is { } key)
        {
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(2 + size), key);
        }

        return header;
    }

    private byte[] Masked()
    {
        if (MaskingKey is not { } key)
        {
            return Payload;
        }

        var masked = new byte[Payload.Length];
        for (var i = 0; i < masked.Length; i++)
        {
            masked[i] = (byte)(Payload[i] ^ (byte)(key >> (24 - (8 * (i % 4)))));
        }

        return masked;
    }
}
