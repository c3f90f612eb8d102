using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Calls;

/// <summary>A call as one of its parties sees it at one moment. Immutable.</summary>
/// <param name="Room">The room it belongs to.</param>
/// <param name="Call">Its name.</param>
/// <param name="PeerId">The other party.</param>
/// <param name="Part">Whether the session is the offerer or the answerer.</param>
/// <param name="Phase">Its state.</param>
public sealed record CallSummary(RoomId Room, CallId Call, SessionId PeerId, CallPart Part, CallPhase Phase);
