namespace WebRtcSignaling.Rooms;

/// <summary>What a member is in a room. A higher one may act on a lower one, never on its like.</summary>
public enum RoomRole
{
    /// <summary>Whoever joined.</summary>
    Member,

    /// <summary>Helps the owner to keep order.</summary>
    Moderator,

    /// <summary>Whoever created the room or took it over; at most one.</summary>
    Owner,
}
