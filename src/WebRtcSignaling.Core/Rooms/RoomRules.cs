using WebRtcSignaling.Calls;

namespace WebRtcSignaling.Rooms;

/// <summary>The settings that a room's decisions depend on.</summary>
internal sealed record RoomRules(RoomOptions Rooms, CallOptions Calls);
