using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using WebRtcSignaling.Compatibility.EngineIO.Packets;

namespace WebRtcSignaling.Compatibility.EngineIO.Payloads;

/// <summary>
/// The payload of version 3 as bytes.
/// <code>
///   payload = 1*( kind length %xFF packet )
///   kind    = %x00                     ; the packet is text, as UTF-8
///           / %x01                     ; the packet is binary
///   length  = 1*9( %x00-09 )           ; decimal digits, in bytes
/// </code>
/// </summary>
internal static class BinaryPayload
{
    private const byte TextKind = 0;
    private const byte BinaryKind = 1;
    private const byte LengthEnd = 0xFF;
    private const int MaxDigits = 9;

    /// <summary>Reads the next packet of a body.</summary>
    /// <returns>The packet; <see cref="EnginePacket.Malformed"/> if there is none.</returns>
    public static EnginePacket ReadNext(ref ReadOnlyMemory<byte> body)
    {
        byte kind = body.Span[0];
        if (kind > BinaryKind || !TryReadLength(body.Span[1..], out int length, out int used) || body.Length - 1 - used < length)
        {
            return EnginePacket.Malformed;
        }

        ReadOnlyMemory<byte> bytes = body.Slice(1 + used, length);
        body = body[(1 + used + length)..];
        return kind == BinaryKind ? EnginePacketReader.ReadBinary(EngineVersion.V3, bytes)
            : Utf8.IsValid(bytes.Span) ? EnginePacketReader.ReadText(EngineVersion.V3, bytes)
            : EnginePacket.Malformed;
    }

    public static void Write(IBufferWriter<byte> output, IReadOnlyList<OutgoingPacket> packets)
    {
        Span<byte> head = stackalloc byte[MaxDigits + 2];
        foreach (OutgoingPacket packet in packets)
        {
            int length = packet.Bytes.Length + (packet.IsBinary ? 1 : 0);
            head[0] = packet.IsBinary ? BinaryKind : TextKind;
            length.TryFormat(head[1..], out int digits, default, CultureInfo.InvariantCulture);
            foreach (ref byte digit in head.Slice(1, digits))
            {
                digit -= (byte)'0';
            }

            head[1 + digits] = LengthEnd;
            output.Write(head[..(2 + digits)]);
            if (packet.IsBinary)
            {
                output.Write([(byte)EnginePacketType.Message]);
            }

            output.Write(packet.Bytes);
        }
    }

    /// <summary>Reads the digits and the byte behind them.</summary>
    private static bool TryReadLength(ReadOnlySpan<byte> bytes, out int length, out int used)
    {
        length = 0;
        for (used = 0; used < bytes.Length && used <= MaxDigits; used++)
        {
            byte digit = bytes[used];
            if (digit == LengthEnd)
            {
                used++;
                return used > 1;
            }

            if (digit > 9 || used == MaxDigits)
            {
                return false;
            }

            length = (10 * length) + digit;
        }

        return false;
    }
}
