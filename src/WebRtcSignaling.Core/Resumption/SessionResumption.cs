using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Resumption;

/// <summary>
/// Lets a session outlive its connection. When the connection is lost, the transport suspends the session: it keeps its rooms, calls and groups, its sink still
/// receives what is addressed to it, and other members of its rooms are told that the client is away. The client can resume the session with its resume token; if it
/// does not do so within <see cref="SessionOptions.ResumeTimeout"/>, the session ends. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Native WebSocket connections do all of this by themselves. In-process, <see cref="SessionEventQueue"/> keeps what was not read, so that a reader that comes back
/// misses nothing and reads nothing twice.
/// </remarks>
public sealed class SessionResumption
{
    private readonly SignalingSession _session;
    private readonly SignalingServices _services;
    private readonly Lock _lock = new();
    private Suspension? _suspension;

    // A token that was used stays good until its successor has arrived: the connection may be lost again before it does.
    private UInt128? _used;
    private UInt128? _offered;
    private bool _isOver;

    internal SessionResumption(SignalingSession session, SignalingServices services)
    {
        _session = session;
        _services = services;
    }

    /// <summary>Whether sessions outlive their connections: <see cref="SessionOptions.ResumeTimeout"/> is not zero.</summary>
    public bool IsEnabled => Timeout > TimeSpan.Zero;

    /// <summary>Whether the client is away.</summary>
    public bool IsSuspended => Volatile.Read(ref _suspension) is not null;

    private TimeSpan Timeout => _services.Options.Sessions.ResumeTimeout;

    /// <summary>
    /// Creates a new token for the client: 192 random bits in 32 characters, of which only a hash is kept here. The previous token becomes invalid, except when the
    /// client has just come back with it and may not have received the new one yet; see <see cref="ConfirmToken"/>.
    /// </summary>
    /// <returns>The token; <see langword="null"/> if the session cannot be resumed, or has ended.</returns>
    public string? IssueToken()
    {
        lock (_lock)
        {
            if (_isOver || !IsEnabled)
            {
                return null;
            }

            Forget(ref _offered);
            string token = _services.ResumeTokens.Create(_session, out UInt128 key);
            _offered = key;
            return token;
        }
    }

    /// <summary>Tells that the client has received the last token: the one that it came back with becomes invalid.</summary>
    public void ConfirmToken()
    {
        lock (_lock)
        {
            Forget(ref _used);
        }
    }

    /// <summary>
    /// Suspends the session, because its client is away. Other members of its rooms receive <see cref="Events.SignalingEvent.ClientSuspended"/>, and the resume
    /// timeout begins. If the session is suspended already, nothing changes, and the timeout is not extended.
    /// </summary>
    /// <param name="cause">The close reason to report if the client does not return in time.</param>
    /// <returns>
    /// Refusals: <c>session-closed</c>; also if sessions cannot be resumed (<see cref="IsEnabled"/>), and if its address has too many suspended sessions
    /// (<see cref="Limits.AdmissionOptions.MaxSuspendedPerAddress"/>).
    /// </returns>
    public SignalingResult Suspend(SessionCloseReason cause = SessionCloseReason.ConnectionLost)
    {
        lock (_lock)
        {
            if (_isOver || !IsEnabled)
            {
                return SignalingErrors.SessionClosed;
            }

            if (_suspension is not null)
            {
                return SignalingResult.Success;
            }

            if (!_services.Admission.Suspended.TryEnter(_session.RemoteAddress))
            {
                return SignalingErrors.SessionClosed;
            }

            var suspension = new Suspension(this, cause);
            suspension.Timer = _services.Time.CreateTimer(
                static state => ((Suspension)state!).Resumption.End((Suspension)state), suspension, Timeout, System.Threading.Timeout.InfiniteTimeSpan);
            Volatile.Write(ref _suspension, suspension);
            _services.Metrics.Suspended();
        }

        _session.ShowSuspension();
        return SignalingResult.Success;
    }

    /// <summary>
    /// Resumes the session, because its client is back, or because another connection takes over. Other members of its rooms receive
    /// <see cref="Events.SignalingEvent.ClientResumed"/> if they were told that the client was away.
    /// </summary>
    /// <returns>Refusals: <c>session-closed</c>.</returns>
    public SignalingResult Resume()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return SignalingErrors.SessionClosed;
            }

            _services.Metrics.Resumed();
            EndSuspension();
        }

        _session.ShowSuspension();
        return SignalingResult.Success;
    }

    /// <summary>The client has come back with a token.</summary>
    /// <returns>Whether the token is still good.</returns>
    internal bool TryUse(UInt128 key)
    {
        lock (_lock)
        {
            if (_offered == key)
            {
                Forget(ref _used);
                _used = _offered;
                _offered = null;
            }

            return _used == key;
        }
    }

    /// <summary>
    /// The session ends. If the host puts out a client that is away, its tokens live on until its time is over, so that it hears of that instead of getting a
    /// session anew.
    /// </summary>
    internal void End(SessionClose close)
    {
        lock (_lock)
        {
            _isOver = true;
            if (close.Reason == SessionCloseReason.Removed && _suspension is not null)
            {
                return;
            }

            Clear();
        }
    }

    private void End(Suspension suspension)
    {
        lock (_lock)
        {
            // The client may have come back while the timer was about to fire.
            if (!ReferenceEquals(_suspension, suspension))
            {
                return;
            }

            if (_isOver)
            {
                Clear();
                return;
            }
        }

        _session.Close(new(suspension.Cause));
    }

    /// <summary>Nothing waits for the client any more.</summary>
    private void Clear()
    {
        EndSuspension();
        Forget(ref _used);
        Forget(ref _offered);
    }

    private void EndSuspension()
    {
        if (_suspension is { } suspension)
        {
            suspension.Timer?.Dispose();
            Volatile.Write(ref _suspension, null);
            _services.Admission.Suspended.Leave(_session.RemoteAddress);
            _services.Metrics.SuspensionEnded();
        }
    }

    private void Forget(ref UInt128? key)
    {
        if (key is { } known)
        {
            _services.ResumeTokens.Remove(known);
            key = null;
        }
    }
}
