using System.Text.Unicode;
using WebRtcSignaling.Compatibility.EngineIO.Packets;

namespace WebRtcSignaling.Compatibility.EngineIO.Payloads;

/// <summary>Takes the body of a POST apart into packets. Nothing is lenient: a body is right to its last byte or refused as a whole.</summary>
internal static class PayloadReader
{
    /// <summary>Reads all packets of a body.</summary>
    /// <param name="version">The session's version.</param>
    /// <param name="isBinary">Whether the body came as <c>application/octet-stream</c>.</param>
    /// <param name="body">The body. The packets lie in it.</param>
    /// <param name="packets">Where to put them; what is in it after a refusal means nothing.</param>
    /// <returns>Whether it is a payload of one packet or more.</returns>
    public static bool TryRead(EngineVersion version, bool isBinary, ReadOnlyMemory<byte> body, ICollection<EnginePacket> packets)
    {
        if (body.IsEmpty)
        {
            return false;
        }

        return version == EngineVersion.V3 && isBinary
            ? BinaryPayload.TryRead(body, packets)
            : Utf8.IsValid(body.Span)
                && (version == EngineVersion.V3 ? LengthPrefixedPayload.TryRead(body, packets) : SeparatedPayload.TryRead(body, packets));
    }
}
