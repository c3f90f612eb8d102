using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms;

/// <summary>What a room made of a command: its state from now on, and either what is heard, in order, or why nothing is done.</summary>
internal sealed class RoomDecision(RoomState state)
{
    private readonly List<RoomNotice> _notices = [];

    public RoomState State { get; set; } = state;

    public SignalingError? Error { get; private init; }

    public IReadOnlyList<RoomNotice> Notices => _notices;

    public static RoomDecision Refuse(RoomState state, SignalingError error) => new(state) { Error = error };

    public void TellAll(SignalingEvent signalingEvent) => _notices.Add(new(signalingEvent, RoomAudience.Everybody, default));

    public void TellOthers(SessionId than, SignalingEvent signalingEvent) => _notices.Add(new(signalingEvent, RoomAudience.Others, than));

    public void Tell(SessionId client, SignalingEvent signalingEvent) => _notices.Add(new(signalingEvent, RoomAudience.Only, client));

    /// <summary>The client hears nothing more from this room.</summary>
    public void Dismiss(SessionId client) => _notices.Add(new(null, RoomAudience.Only, client));
}
