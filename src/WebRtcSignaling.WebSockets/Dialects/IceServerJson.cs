using System.Text.Json;
using WebRtcSignaling.Ice;

namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>ICE servers as browsers take them: <c>RTCConfiguration.iceServers</c> of the W3C WebRTC API.</summary>
internal static class IceServerJson
{
    /// <summary>Writes <c>"iceServers":[{"urls":[…],"username"?,"credential"?}]</c>.</summary>
    public static void WriteIceServers(this Utf8JsonWriter writer, IReadOnlyList<IceServer> servers)
    {
        writer.WriteStartArray("iceServers");
        foreach (IceServer server in servers)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("urls");
            foreach (string url in server.Urls)
            {
                writer.WriteStringValue(url);
            }

            writer.WriteEndArray();
            if (server.Username is { } username)
            {
                writer.WriteString("username", username);
            }

            if (server.Credential is { } credential)
            {
                writer.WriteString("credential", credential);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
