using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>Sends a client what its session hears.</summary>
internal sealed class EasyRtcSink(IEventPeer peer, EasyRtcOutput output, EasyRtcEncoder encoder) : ISessionSink
{
    private SignalingSession? _session;

    public void OnOpened(SignalingSession session) => _session = session;

    public void OnEvent(SignalingEvent signalingEvent)
    {
        if (!IsAboutItself(signalingEvent))
        {
            Push(signalingEvent.GetOrEncode(encoder).Span);
        }
    }

    public void OnSignal(in Signal signal)
    {
        // Its clients know no calls of the server.
        if (signal.Call.Value is null)
        {
            Push(EasyRtcPush.Signal(signal.Sender, signal.Kind, signal.Payload));
        }
    }

    public void OnClosed(SessionClose close)
    {
        if (close.Reason == SessionCloseReason.ServerStopping)
        {
            output.TryPush(EasyRtcPush.Error(EasyRtcError.ServerShutdown, EasyRtcError.TextOf(EasyRtcError.ServerShutdown)));
        }

        peer.Close(close);
    }

    /// <summary>What a client changes of itself, it is told in the answer.</summary>
    private bool IsAboutItself(SignalingEvent signalingEvent) => signalingEvent switch
    {
        SignalingEvent.MemberFieldsChanged e => e.ClientId == _session?.Id,
        SignalingEvent.PresenceChanged e => e.ClientId == _session?.Id,
        _ => false,
    };

    private void Push(ReadOnlySpan<byte> push)
    {
        if (!output.TryPush(push))
        {
            _session?.CloseLater(new SessionClose(SessionCloseReason.SlowConsumer));
        }
    }
}
