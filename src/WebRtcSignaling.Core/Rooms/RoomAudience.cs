namespace WebRtcSignaling.Rooms;

/// <summary>Who hears a notice.</summary>
internal enum RoomAudience
{
    /// <summary>All members.</summary>
    Everybody,

    /// <summary>All members but one.</summary>
    Others,

    /// <summary>One.</summary>
    Only,
}
