using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace WebRtcSignaling.WebSockets.Frames;

/// <summary>
/// Writes a server's frames (RFC 6455 section 5.2): final, without mask, lengths in their shortest form. Every method appends
/// one whole frame and leaves flushing to the caller.
/// </summary>
internal static class FrameWriter
{
    /// <summary>The longest header of a frame without mask.</summary>
    public const int MaxHeaderLength = 10;

    /// <summary>How many UTF-8 bytes of a reason fit into a Close frame, beside its code.</summary>
    public const int MaxCloseReasonBytes = FrameHeader.MaxControlPayload - sizeof(ushort);

    private const byte FinBit = 0x80;

    /// <summary>One text message. That <paramref name="utf8"/> is UTF-8 is the caller's word.</summary>
    public static void WriteText(IBufferWriter<byte> output, ReadOnlySpan<byte> utf8) => Write(output, Opcode.Text, utf8);

    /// <summary>One binary message.</summary>
    public static void WriteBinary(IBufferWriter<byte> output, ReadOnlySpan<byte> payload) => Write(output, Opcode.Binary, payload);

    /// <summary>A Ping of at most 125 bytes.</summary>
    public static void WritePing(IBufferWriter<byte> output, ReadOnlySpan<byte> payload) => WriteControl(output, Opcode.Ping, payload);

    /// <summary>A Pong of at most 125 bytes; those of the Ping that it answers.</summary>
    public static void WritePong(IBufferWriter<byte> output, ReadOnlySpan<byte> payload) => WriteControl(output, Opcode.Pong, payload);

    /// <summary>A Close frame without code and reason: the answer to one that has none either.</summary>
    public static void WriteClose(IBufferWriter<byte> output) => WriteControl(output, Opcode.Close, []);

    /// <summary>
    /// A Close frame. A reason of more than 123 bytes is cut before the code point that does not fit; half a surrogate pair
    /// becomes U+FFFD, since what goes out must be UTF-8.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The code must not be sent (<see cref="CloseCodeRules"/>).</exception>
    public static void WriteClose(IBufferWriter<byte> output, CloseCode code, ReadOnlySpan<char> reason = default)
    {
        if (!code.IsAllowedOnWire())
        {
            throw new ArgumentOutOfRangeException(nameof(code), code, "This close code must not be sent.");
        }

        Span<byte> body = stackalloc byte[FrameHeader.MaxControlPayload];
        BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)code);
        Utf8.FromUtf16(reason, body[sizeof(ushort)..], out _, out var reasonBytes);
        WriteControl(output, Opcode.Close, body[..(sizeof(ushort) + reasonBytes)]);
    }

    /// <summary>How many bytes <see cref="WriteHeader"/> writes for a payload of that many bytes: 2, 4 or 10.</summary>
    public static int GetHeaderLength(long payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        return payloadLength switch
        {
            <= 125 => 2,
            <= ushort.MaxValue => 4,
            _ => MaxHeaderLength,
        };
    }

    /// <summary>
    /// Writes only a header, for a caller that has the payload in place already, and returns its length
    /// (<see cref="GetHeaderLength"/>), which <paramref name="destination"/> must hold.
    /// </summary>
    public static int WriteHeader(Span<byte> destination, Opcode opcode, long payloadLength, bool fin = true)
    {
        var length = GetHeaderLength(payloadLength);
        destination = destination[..length];
        destination[0] = (byte)((fin ? FinBit : 0) | (int)opcode);
        switch (length)
        {
            case 2:
                destination[1] = (byte)payloadLength;
                break;
            case 4:
                destination[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payloadLength);
                break;
            default:
                destination[1] = 127;
                BinaryPrimitives.WriteInt64BigEndian(destination[2..], payloadLength);
                break;
        }

        return length;
    }

    private static void WriteControl(IBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, FrameHeader.MaxControlPayload, nameof(payload));
        Write(output, opcode, payload);
    }

    private static void Write(IBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        output.Advance(WriteHeader(output.GetSpan(MaxHeaderLength), opcode, payload.Length));
        output.Write(payload);
    }
}
