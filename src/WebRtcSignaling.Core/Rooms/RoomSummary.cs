namespace WebRtcSignaling.Rooms;

/// <summary>A line of a room list.</summary>
/// <param name="Id">The room's name.</param>
/// <param name="Members">How many members are in it.</param>
/// <param name="Settings">Its settings.</param>
public readonly record struct RoomSummary(RoomId Id, int Members, RoomSettings Settings);
