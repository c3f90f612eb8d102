namespace WebRtcSignaling.Rooms;

/// <summary>How somebody comes into a room; it decides which event tells so.</summary>
internal enum RoomEntrance
{
    /// <summary>By joining one that exists.</summary>
    Join,

    /// <summary>By joining one that did not exist and is created for it.</summary>
    JoinNew,

    /// <summary>By creating it.</summary>
    Create,
}
