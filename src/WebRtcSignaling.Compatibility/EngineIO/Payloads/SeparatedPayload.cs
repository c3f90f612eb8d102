using System.Buffers;
using System.Buffers.Text;
using WebRtcSignaling.Compatibility.EngineIO.Packets;

namespace WebRtcSignaling.Compatibility.EngineIO.Payloads;

/// <summary>
/// The payload of version 4: packets as text, with a separator that JSON never holds unescaped.
/// <code>
///   payload = packet *( %x1E packet )
/// </code>
/// </summary>
internal static class SeparatedPayload
{
    private const byte Separator = 0x1E;

    /// <summary>Reads the next packet of a body of well-formed UTF-8.</summary>
    /// <returns>The packet; <see cref="EnginePacket.Malformed"/> if there is none.</returns>
    public static EnginePacket ReadNext(ref ReadOnlyMemory<byte> body)
    {
        int end = body.Span.IndexOf(Separator);
        ReadOnlyMemory<byte> text = end < 0 ? body : body[..end];
        body = end < 0 ? default : body[(end + 1)..];

        // A packet follows each separator.
        return end >= 0 && body.IsEmpty ? EnginePacket.Malformed : EnginePacketReader.ReadText(EngineVersion.V4, text);
    }

    public static void Write(IBufferWriter<byte> output, IReadOnlyList<OutgoingPacket> packets)
    {
        for (int i = 0; i < packets.Count; i++)
        {
            if (i > 0)
            {
                output.Write([Separator]);
            }

            if (packets[i].IsBinary)
            {
                output.Write("b"u8);
                WriteBase64(output, packets[i].Bytes);
            }
            else
            {
                output.Write(packets[i].Bytes);
            }
        }
    }

    internal static void WriteBase64(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        Span<byte> space = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, space, out _, out int written);
        output.Advance(written);
    }
}
