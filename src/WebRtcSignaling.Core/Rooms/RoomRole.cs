namespace WebRtcSignaling.Rooms;

/// <summary>
/// The role of a member in a room. A member may act on members with a lower role, and never on those with the same or a higher
/// one.
/// </summary>
public enum RoomRole
{
    /// <summary>The role of everybody who joins.</summary>
    Member,

    /// <summary>Helps the owner to keep order.</summary>
    Moderator,

    /// <summary>Created the room, or became its owner later. A room has at most one.</summary>
    Owner,
}
