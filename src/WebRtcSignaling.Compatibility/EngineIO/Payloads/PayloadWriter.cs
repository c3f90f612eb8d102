using System.Buffers;
using System.Text;
using WebRtcSignaling.Compatibility.EngineIO.Packets;

namespace WebRtcSignaling.Compatibility.EngineIO.Payloads;

/// <summary>Writes the body that answers a poll.</summary>
internal static class PayloadWriter
{
    private const string TextType = "text/plain; charset=UTF-8";

    /// <summary>Exactly so, without parameters: clients compare it as a string.</summary>
    private const string BinaryType = "application/octet-stream";

    /// <summary>Writes packets.</summary>
    /// <param name="version">The session's version.</param>
    /// <param name="base64">Whether the client cannot read bytes (<c>b64=1</c>); version 4 never sends any.</param>
    /// <param name="packets">One or more.</param>
    /// <param name="output">Where to.</param>
    /// <returns>The media type of the body.</returns>
    public static string Write(EngineVersion version, bool base64, IReadOnlyList<OutgoingPacket> packets, IBufferWriter<byte> output)
    {
        if (version == EngineVersion.V4)
        {
            SeparatedPayload.Write(output, packets);
            return TextType;
        }

        if (base64 || packets.All(static packet => !packet.IsBinary && Ascii.IsValid(packet.Bytes)))
        {
            LengthPrefixedPayload.Write(output, packets);
            return TextType;
        }

        // The one form of text beyond ASCII that all clients of version 3 read alike.
        BinaryPayload.Write(output, packets);
        return BinaryType;
    }
}
