using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms;

/// <summary>A session in a room, as the other members see it. Immutable.</summary>
public sealed record RoomMember
{
    /// <summary>The session.</summary>
    public required SessionId ClientId { get; init; }

    /// <summary>Its role in this room.</summary>
    public required RoomRole Role { get; init; }

    /// <summary>When it joined.</summary>
    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>What it shows to others in all its rooms.</summary>
    public required SessionProfile Profile { get; init; }

    /// <summary>Its fields in this room.</summary>
    public FieldMap Fields { get; init; } = FieldMap.Empty;

    /// <summary>Counts up with each join, so that it tells the order in which members came.</summary>
    internal long Order { get; init; }

    /// <summary>The role that the host app last gave it; <see langword="null"/> if it was not asked, as of whoever created the room.</summary>
    internal RoomRole? Granted { get; init; }

    /// <summary>The account behind the session, for bans; never shown to peers.</summary>
    internal string? Identity { get; init; }
}
