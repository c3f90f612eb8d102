using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>Where the messages of a session go, its events as well as the answers to its requests, in one order.</summary>
internal abstract class NativeSink(NativeEncoder encoder) : ISessionSink
{
    public virtual void OnOpened(SignalingSession session)
    {
    }

    public void OnEvent(SignalingEvent signalingEvent) => SendShared(signalingEvent.GetOrEncode(encoder));

    public void OnSignal(in Signal signal) => Send(NativeEncoder.Encode(in signal));

    public abstract void OnClosed(SessionClose close);

    /// <summary>Sends a message of the session. Never waits.</summary>
    /// <param name="message">A JSON object, which has members; copied before this returns.</param>
    public abstract void Send(ReadOnlySpan<byte> message);

    /// <summary>Sends a message that others may get, too. Never waits.</summary>
    /// <param name="message">As in <see cref="Send"/>, but it stays as it is, so that it need not be copied.</param>
    protected abstract void SendShared(ReadOnlyMemory<byte> message);

    /// <summary>
    /// The session has ended, and its connection with it. A client that shall come back later hears so first; that is about the connection, and bears no number.
    /// </summary>
    protected static void Close(IDialectConnection connection, SessionClose close)
    {
        if (close.RetryAfter is { } retryAfter)
        {
            connection.Outbox.Send(NativeAnswers.GoAway(retryAfter));
        }

        connection.Close(close);
    }
}
