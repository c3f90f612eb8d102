using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Benchmarks.Sessions;

/// <summary>The cheapest sink that takes over what it hears: it copies each payload to the same place, as an outbox does.</summary>
public sealed class CopyingSink : ISessionSink
{
    private readonly byte[] _buffer = new byte[4_096];

    public int Events { get; private set; }

    public void OnOpened(SignalingSession session)
    {
    }

    public void OnEvent(SignalingEvent signalingEvent)
    {
        Events++;
        if (signalingEvent is SignalingEvent.MessageReceived message)
        {
            message.Data.Span.CopyTo(_buffer);
        }
    }

    public void OnSignal(in Signal signal) => signal.Payload.CopyTo(_buffer);

    public void OnClosed(SessionClose close)
    {
    }
}
