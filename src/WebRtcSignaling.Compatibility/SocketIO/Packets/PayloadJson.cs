using System.Text.Json;

namespace WebRtcSignaling.Compatibility.SocketIO.Packets;

/// <summary>Looks at a packet's payload without keeping anything of it.</summary>
internal static class PayloadJson
{
    /// <summary>Whether it is JSON of that kind.</summary>
    public static bool Is(ReadOnlyMemory<byte> payload, JsonValueKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.ValueKind == kind;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
