using WebRtcSignaling.Events;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// Receives everything that is delivered to a session: a connection's outbox, or a queue (<see cref="SessionEventQueue"/>) for C#
/// in-process. Whether a sink outlives its connection is up to whoever made it; the core only knows the sink.
/// </summary>
/// <remarks>
/// The methods are called in the order of the session's events. <see cref="OnEvent"/> and <see cref="OnSignal"/> are often called while
/// the server holds the lock of a room, so an implementation only appends to something bounded: it must not wait, call back into the
/// server, or throw. When its bound is reached, it ends the session with <see cref="SignalingSession.CloseLater"/>. Calls for different
/// rooms of one session may come concurrently.
/// </remarks>
public interface ISessionSink
{
    /// <summary>The session has begun. Called once, before anything else.</summary>
    void OnOpened(SignalingSession session);

    /// <summary>An event for the session. It is shared with other sinks, and immutable.</summary>
    void OnEvent(SignalingEvent signalingEvent);

    /// <summary>A signal for the session. Its payload must be copied before this returns.</summary>
    void OnSignal(in Signal signal);

    /// <summary>The session has ended. Called once; nothing is delivered afterwards.</summary>
    void OnClosed(SessionClose close);
}
