using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Calls;

/// <summary>A call as one of its parties sees it at one moment. Immutable.</summary>
/// <param name="Room">The room it belongs to.</param>
/// <param name="Call">Its name.</param>
/// <param name="PeerId">The other party.</param>
/// <param name="Part">What the session does in it.</param>
/// <param name="Phase">How far it has come.</param>
public sealed record CallSummary(RoomId Room, CallId Call, SessionId PeerId, CallPart Part, CallPhase Phase);
