using System.Buffers;
using System.Buffers.Text;
using System.Text;
using WebRtcSignaling.Compatibility.EngineIO.Packets;

namespace WebRtcSignaling.Compatibility.EngineIO.Payloads;

/// <summary>
/// The payload of version 3 as text.
/// <code>
///   payload = 1*( length ":" packet )
///   length  = 1*9DIGIT                ; in UTF-16 code units, as JavaScript counts characters
/// </code>
/// </summary>
internal static class LengthPrefixedPayload
{
    private const int MaxDigits = 9;

    /// <summary>Reads the next packet of a body of well-formed UTF-8.</summary>
    /// <returns>The packet; <see cref="EnginePacket.Malformed"/> if there is none.</returns>
    public static EnginePacket ReadNext(ref ReadOnlyMemory<byte> body)
    {
        ReadOnlySpan<byte> head = body.Span[..Math.Min(body.Length, MaxDigits + 1)];
        int colon = head.IndexOf((byte)':');
        if (colon < 1
            || !Utf8Parser.TryParse(head[..colon], out uint units, out int used)
            || used != colon
            || !Utf16Length.TryFindBytes(body.Span[(colon + 1)..], (int)units, out int length))
        {
            return EnginePacket.Malformed;
        }

        ReadOnlyMemory<byte> text = DoubleEncodedText.Repair(body.Slice(colon + 1, length));
        body = body[(colon + 1 + length)..];
        return EnginePacketReader.ReadText(EngineVersion.V3, text);
    }

    /// <summary>
    /// Writes a payload of nothing but ASCII, in which bytes and characters are the same number. Clients of the parser's version 1 expect each packet encoded
    /// twice, those of version 2 once, and nothing in a request tells them apart. Whatever is not ASCII is inside a JSON string here, where it can be
    /// escaped, and then both read the same.
    /// </summary>
    public static void Write(IBufferWriter<byte> output, IReadOnlyList<OutgoingPacket> packets)
    {
        var scratch = new ArrayBufferWriter<byte>();
        foreach (OutgoingPacket packet in packets)
        {
            ReadOnlySpan<byte> text = packet.Bytes;
            if (packet.IsBinary)
            {
                scratch.ResetWrittenCount();
                scratch.Write("b4"u8);
                SeparatedPayload.WriteBase64(scratch, packet.Bytes);
                text = scratch.WrittenSpan;
            }
            else if (!Ascii.IsValid(text))
            {
                scratch.ResetWrittenCount();
                EscapedJson.Write(scratch, text);
                text = scratch.WrittenSpan;
            }

            Span<byte> length = output.GetSpan(MaxDigits + 1);
            Utf8Formatter.TryFormat(text.Length, length, out int digits);
            length[digits] = (byte)':';
            output.Advance(digits + 1);
            output.Write(text);
        }
    }
}
