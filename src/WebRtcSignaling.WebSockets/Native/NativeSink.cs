using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>Where the messages of a session go, its events as well as the answers to its requests, in one order.</summary>
internal abstract class NativeSink(NativeEncoder encoder) : ISessionSink
{
    public virtual void OnOpened(SignalingSession session)
    {
    }

    public void OnEvent(SignalingEvent signalingEvent) => Send(signalingEvent.GetOrEncode(encoder).Span);

    public void OnSignal(in Signal signal) => Send(NativeEncoder.Encode(in signal));

    public abstract void OnClosed(SessionClose close);

    /// <summary>Sends a message of the session. Never waits.</summary>
    /// <param name="message">A JSON object, which has members; copied before this returns.</param>
    public abstract void Send(ReadOnlySpan<byte> message);
}
