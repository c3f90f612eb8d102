using System.Text.Json;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>What a client wants to change of its presence.</summary>
/// <param name="Show">One of the four words; <see langword="null"/> to leave it.</param>
/// <param name="Status">A line; <see langword="null"/> to leave it.</param>
internal readonly record struct EasyRtcPresence(PresenceShow? Show, string? Status)
{
    /// <summary>Takes <c>{"show"?:…,"status"?:…}</c>, which must not be empty.</summary>
    public static bool TryRead(JsonElement element, out EasyRtcPresence presence)
    {
        presence = default;
        if (EasyRtcObject.Of(element) is not { IsEmpty: false } wanted)
        {
            return false;
        }

        PresenceShow? show = wanted.Text("show") switch
        {
            "chat" => PresenceShow.Chat,
            "away" => PresenceShow.Away,
            "dnd" => PresenceShow.Dnd,
            "xa" => PresenceShow.Xa,
            _ => null,
        };
        string? status = wanted.Text("status");
        presence = new EasyRtcPresence(show, status);
        return (show is not null || !wanted.Has("show")) && (EasyRtcNames.IsStatus(status) || !wanted.Has("status"));
    }

    /// <summary>The presence after the change.</summary>
    public Presence ApplyTo(Presence? current) => new(Show ?? current?.Show ?? PresenceShow.Chat, Status ?? current?.Status);
}
