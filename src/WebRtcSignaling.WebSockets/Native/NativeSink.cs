using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>Puts what a session hears into its connection's outbox.</summary>
internal sealed class NativeSink(IDialectConnection connection, NativeEncoder encoder) : ISessionSink
{
    public void OnOpened(SignalingSession session)
    {
    }

    public void OnEvent(SignalingEvent signalingEvent) => connection.Outbox.Send(signalingEvent.GetOrEncode(encoder).Span);

    public void OnSignal(in Signal signal) => connection.Outbox.Send(NativeEncoder.Encode(in signal));

    public void OnClosed(SessionClose close)
    {
        if (close.RetryAfter is { } retryAfter)
        {
            connection.Outbox.Send(NativeAnswers.GoAway(retryAfter));
        }

        connection.Close(close);
    }
}
