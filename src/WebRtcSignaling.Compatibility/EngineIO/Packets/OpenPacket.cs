using System.Globalization;
using System.Text;

namespace WebRtcSignaling.Compatibility.EngineIO.Packets;

/// <summary>Writes the first packet of a session: what it is called, and what the client may do and must keep to.</summary>
internal static class OpenPacket
{
    /// <param name="version">The client's version.</param>
    /// <param name="sessionId">Its name, of <c>[A-Za-z0-9_-]</c>.</param>
    /// <param name="settings">What the client has to know.</param>
    /// <param name="canUpgrade">Whether the session may still move to a WebSocket.</param>
    public static OutgoingPacket Create(EngineVersion version, string sessionId, EngineSettings settings, bool canUpgrade)
    {
        StringBuilder json = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"0{{\"sid\":\"{sessionId}\",\"upgrades\":[{(canUpgrade ? "\"websocket\"" : "")}],")
            .Append(CultureInfo.InvariantCulture, $"\"pingInterval\":{(long)settings.PingInterval.TotalMilliseconds},")
            .Append(CultureInfo.InvariantCulture, $"\"pingTimeout\":{(long)settings.PingTimeout.TotalMilliseconds}");
        if (version == EngineVersion.V4)
        {
            json.Append(CultureInfo.InvariantCulture, $",\"maxPayload\":{settings.MaxPayloadBytes}");
        }

        return OutgoingPacket.Text(Encoding.UTF8.GetBytes(json.Append('}').ToString()));
    }
}
