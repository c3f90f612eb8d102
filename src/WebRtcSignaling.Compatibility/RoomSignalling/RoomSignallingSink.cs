using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.RoomSignalling;

/// <summary>Sends a client what its session hears.</summary>
internal sealed class RoomSignallingSink(IEventPeer peer, RoomSignallingEncoder encoder) : ISessionSink
{
    public void OnOpened(SignalingSession session)
    {
    }

    public void OnEvent(SignalingEvent signalingEvent)
    {
        if (signalingEvent.GetOrEncode(encoder) is { IsEmpty: false } bytes)
        {
            peer.Send(bytes.Span);
        }
    }

    public void OnSignal(in Signal signal)
    {
        // Its clients know no calls, and no signals outside rooms.
        if (signal.Call.Value is null && signal.Room.Value is not null)
        {
            peer.Send(RoomSignallingEncoder.Encode(in signal));
        }
    }

    public void OnClosed(SessionClose close) => peer.Close(close);
}
