using System.Text;
using WebRtcSignaling.Compatibility.EngineIO;
using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Compatibility.EngineIO.Payloads;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Payloads;

/// <summary>Reads payloads for tests, and shows packets as text.</summary>
internal static class PayloadText
{
    /// <summary>The packets of a text body; <see langword="null"/> if it is refused.</summary>
    public static string[]? Read(EngineVersion version, string body) => Read(version, Encoding.UTF8.GetBytes(body), isBinary: false);

    public static string[]? Read(EngineVersion version, byte[] body, bool isBinary) =>
        PayloadReader.TryRead(version, isBinary, body, out IEnumerable<EnginePacket> packets) ? [.. packets.Select(Show)] : null;

    /// <summary>The number of the type, and the data: text as it is, bytes as hexadecimal behind a colon.</summary>
    public static string Show(EnginePacket packet) =>
        $"{(int)packet.Type}{(packet.IsBinary ? ":" + Convert.ToHexString(packet.Data.Span) : Encoding.UTF8.GetString(packet.Data.Span))}";
}
