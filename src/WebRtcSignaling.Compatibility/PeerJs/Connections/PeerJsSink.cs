using WebRtcSignaling.Compatibility.PeerJs.Messages;
using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.Compatibility.PeerJs.Connections;

/// <summary>Sends a client what its session hears. What PeerJS has no word for is left out.</summary>
internal sealed class PeerJsSink(PeerJsConversation conversation, IDialectConnection connection, SessionId id) : ISessionSink
{
    public void OnOpened(SignalingSession session)
    {
    }

    public void OnEvent(SignalingEvent signalingEvent)
    {
        if (signalingEvent is SignalingEvent.SignalExpired expired)
        {
            connection.Outbox.Send(PeerJsWriter.Expire(expired.TargetId.Value, id.Value));
        }
    }

    public void OnSignal(in Signal signal)
    {
        // Its clients know no rooms and no calls.
        if (signal.Room.Value is null && PeerJsMessageType.FromKind(signal.Kind) is { } type)
        {
            connection.Outbox.Send(PeerJsWriter.Relayed(type, signal.Sender.Value, id.Value, signal.Payload));
        }
    }

    public void OnClosed(SessionClose close) => conversation.OnSessionClosed(close);
}
