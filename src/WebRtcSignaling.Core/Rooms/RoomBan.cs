using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms;

/// <summary>Who may not join. A newcomer is banned if any of the three is its own.</summary>
/// <param name="ClientId">A session.</param>
/// <param name="Username">A username, compared without regard to case.</param>
/// <param name="Identity">An account of the host app; never shown to peers.</param>
/// <param name="Reason">A sentence for people.</param>
/// <param name="Until">When it ends; <see langword="null"/> for never.</param>
internal sealed record RoomBan(SessionId? ClientId, string? Username, string? Identity, string? Reason, DateTimeOffset? Until)
{
    public bool IsOver(DateTimeOffset now) => Until <= now;

    public bool Meets(SessionId clientId, string? username, string? identity) =>
        ClientId == clientId
        || (Username is not null && string.Equals(Username, username, StringComparison.OrdinalIgnoreCase))
        || (Identity is not null && Identity == identity);
}
