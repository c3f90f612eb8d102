using WebRtcSignaling.Events;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// Where what a session hears goes: a connection's outbox, or a queue (<see cref="SessionEventQueue"/>) for C# in-process. A sink outlives
/// its
/// connection if whoever made it wants so; the core only knows the sink.
/// </summary>
/// <remarks>
/// All methods are called in the session's order, and <see cref="OnEvent"/> and <see cref="OnSignal"/> often while the server holds the
/// lock of a room.
/// An implementation therefore only appends to something bounded: it must not wait, call back into the server, or throw. When its bound is
/// reached it ends the session with <see cref="SignalingSession.CloseLater"/>. Calls for different rooms of one session may come
/// concurrently.
/// </remarks>
public interface ISessionSink
{
    /// <summary>The session exists from now on. Called once, before anything else.</summary>
    void OnOpened(SignalingSession session);

    /// <summary>Something happened. The event is shared with others and immutable.</summary>
    void OnEvent(SignalingEvent signalingEvent);

    /// <summary>A signal came. Its payload must be copied before returning.</summary>
    void OnSignal(in Signal signal);

    /// <summary>The session has ended, for the first and only time. Nothing that happens afterwards concerns it.</summary>
    void OnClosed(SessionClose close);
}
