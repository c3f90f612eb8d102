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
    /// <param name="packets">
    /// The packets, each read when its turn comes: two bytes make one, so a list of them would be many times as large as the body. None after a refusal.
    /// </param>
    /// <returns>Whether it is a payload of one packet or more.</returns>
    public static bool TryRead(EngineVersion version, bool isBinary, ReadOnlyMemory<byte> body, out IEnumerable<EnginePacket> packets)
    {
        bool isOfBytes = version == EngineVersion.V3 && isBinary;
        packets = [];
        if (body.IsEmpty || (!isOfBytes && !Utf8.IsValid(body.Span)))
        {
            return false;
        }

        for (ReadOnlyMemory<byte> rest = body; !rest.IsEmpty;)
        {
            if (ReadNext(version, isOfBytes, ref rest).Type == EnginePacketType.Malformed)
            {
                return false;
            }
        }

        packets = Enumerate(version, isOfBytes, body);
        return true;
    }

    private static IEnumerable<EnginePacket> Enumerate(EngineVersion version, bool isOfBytes, ReadOnlyMemory<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            yield return ReadNext(version, isOfBytes, ref rest);
        }
    }

    private static EnginePacket ReadNext(EngineVersion version, bool isOfBytes, ref ReadOnlyMemory<byte> rest) =>
        isOfBytes ? BinaryPayload.ReadNext(ref rest)
        : version == EngineVersion.V3 ? LengthPrefixedPayload.ReadNext(ref rest)
        : SeparatedPayload.ReadNext(ref rest);
}
