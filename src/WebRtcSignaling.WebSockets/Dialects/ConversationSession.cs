using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>
/// The session of a conversation, which may be ended while it still begins: it ends once all the same, and the first cause is the one that is told. It is
/// begun by one caller at a time, and ended by anybody; it is its own lock.
/// </summary>
internal sealed class ConversationSession
{
    private SignalingSession? _session;
    private SessionCloseReason? _endedBy;

    /// <summary>The session, once there is one.</summary>
    public SignalingSession? Current => _session;

    /// <summary>Whether <see cref="End"/> was called.</summary>
    public bool IsEnded
    {
        get
        {
            lock (this)
            {
                return _endedBy is not null;
            }
        }
    }

    /// <summary>There is a session now.</summary>
    /// <returns>Whether it is still wanted. If not, it has been ended.</returns>
    public bool TryBegin(SignalingSession session)
    {
        SessionCloseReason? endedBy;
        lock (this)
        {
            _session = session;
            endedBy = _endedBy;
        }

        if (endedBy is not { } reason)
        {
            return true;
        }

        session.Close(new SessionClose(reason));
        return false;
    }

    /// <summary>There is a session now, which existed before and goes on whatever becomes of this conversation.</summary>
    /// <returns>Whether it is still wanted here.</returns>
    public bool TryContinue(SignalingSession session)
    {
        lock (this)
        {
            _session = session;
            return _endedBy is null;
        }
    }

    /// <summary>Ends the session, if there is one or will be one.</summary>
    public void End(SessionCloseReason reason)
    {
        SignalingSession? session;
        lock (this)
        {
            _endedBy ??= reason;
            session = _session;
        }

        session?.Close(new SessionClose(_endedBy.Value));
    }
}
