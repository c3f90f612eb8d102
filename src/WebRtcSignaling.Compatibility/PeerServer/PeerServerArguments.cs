using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.PeerServer;

/// <summary>Arguments as PHP takes them.</summary>
internal static class PeerServerArguments
{
    /// <summary>The longest password that a room takes.</summary>
    private const int MaxPasswordLength = 128;

    /// <summary>
    /// A password as text: 1234 is "1234"; <see langword="null"/>, false and "" are none. What is no text counts by its JSON, so that no room is open that
    /// was meant to be closed. A longer one than a room takes is replaced by its digest, so that it still opens what it locked.
    /// </summary>
    public static string? GetPassword(JsonElement element)
    {
        string? text = element.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => null,
            JsonValueKind.True => "1",
            JsonValueKind.String => EventArguments.GetString(element) ?? element.GetRawText(),
            _ => element.GetRawText(),
        };
        return text?.Length > MaxPasswordLength ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) : text;
    }

    /// <summary>Whether PHP's <c>empty</c> would say so: <c>""</c>, <c>"0"</c>, 0, null, false and <c>[]</c> are no messages.</summary>
    public static bool IsEmpty(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => EventArguments.GetString(element) is "" or "0",
        JsonValueKind.Number => element.TryGetDouble(out double number) && number == 0,
        JsonValueKind.Array => element.GetArrayLength() == 0,
        _ => false,
    };

    /// <summary>The resource of that name; <see langword="null"/> if there is none. Older clients have a screen, newer ones a microphone.</summary>
    public static MediaResources? GetResource(JsonElement element) => EventArguments.GetString(element) switch
    {
        "video" => MediaResources.Video,
        "microphone" => MediaResources.Microphone,
        "audio" => MediaResources.Audio,
        "screen" => MediaResources.Screen,
        _ => null,
    };
}
