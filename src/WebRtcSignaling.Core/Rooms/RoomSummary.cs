namespace WebRtcSignaling.Rooms;

/// <summary>A line of a room list.</summary>
/// <param name="Id">The room's name.</param>
/// <param name="Members">How many are in it.</param>
/// <param name="Settings">How it is set up.</param>
public readonly record struct RoomSummary(RoomId Id, int Members, RoomSettings Settings);
