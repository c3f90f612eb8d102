namespace WebRtcSignaling.Rooms;

/// <summary>The rooms of an application that are not hidden.</summary>
/// <param name="Rooms">In no particular order.</param>
/// <param name="IsTruncated">Whether there are more than are shown.</param>
public sealed record RoomList(IReadOnlyList<RoomSummary> Rooms, bool IsTruncated);
