using System.Net;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Rooms.Rules;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Rooms;

/// <summary>
/// A lock around a <see cref="RoomState"/>. Whatever is decided is delivered while the lock is held, so that all members hear one order;
/// delivering
/// is a bounded append to each member's sink, never I/O. Lock order: room, then session, then sink.
/// </summary>
internal sealed class Room
{
    /// <summary>A timer waits for 49 days at most, so a longer wait is cut into several.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private static readonly RoomCommand.Tick _tick = new();

    private readonly Lock _lock = new();
    private readonly Application _application;
    private readonly TimeProvider _time;
    private readonly Dictionary<SessionId, SignalingSession> _present = [];
    private volatile RoomState _state;
    private ITimer? _timer;
    private DateTimeOffset? _timerIsSetFor;

    /// <param name="application">Where it is.</param>
    /// <param name="state">What it is like.</param>
    /// <param name="origin">Where its creator comes from; <see langword="null"/> for the host, or if that is not known.</param>
    /// <param name="time">The clock.</param>
    public Room(Application application, RoomState state, IPAddress? origin, TimeProvider time)
    {
        _application = application;
        _state = state;
        Origin = origin;
        _time = time;
    }

    /// <summary>Where its creator came from.</summary>
    public IPAddress? Origin { get; }

    /// <summary>The room as it is now. Immutable, so it can be read without the lock.</summary>
    public RoomState State => _state;

    /// <summary>Makes the room known and lets its creator in, in one step for all others.</summary>
    /// <param name="creator">Who creates it; <see langword="null"/> for the host, whose room begins empty.</param>
    /// <param name="enter">How the creator comes in.</param>
    /// <returns>The room, or why there can be none.</returns>
    public SignalingResult<RoomSnapshot> Open(SignalingSession? creator, RoomCommand.Enter? enter)
    {
        lock (_lock)
        {
            if (creator is { IsClosed: true })
            {
                return SignalingErrors.SessionClosed;
            }

            if (_application.Add(this).Error is { } refusal)
            {
                return refusal;
            }

            if (creator is not null && enter is not null)
            {
                return Admit(creator, enter);
            }

            SetTimer();
            return _state.Snapshot();
        }
    }

    /// <summary>Takes a token for a guess at the password, which is then checked outside the lock.</summary>
    public SignalingResult BeginGuess()
    {
        lock (_lock)
        {
            (GuessBucket bucket, TimeSpan? wait) = _state.Guesses.Take(_time.GetUtcNow());
            _state = _state with { Guesses = bucket };
            return wait is { } retryAfter ? SignalingErrors.TooManyAttempts(_state.Id, retryAfter) : SignalingResult.Success;
        }
    }

    /// <summary>Lets a session in.</summary>
    /// <returns>The room with the newcomer in it, or why it may not come in.</returns>
    public SignalingResult<RoomSnapshot> Enter(SignalingSession newcomer, RoomCommand.Enter command)
    {
        lock (_lock)
        {
            // A session that has ended meanwhile has looked for its rooms already and would stay here as a ghost.
            if (newcomer.IsClosed)
            {
                return SignalingErrors.SessionClosed;
            }

            return Admit(newcomer, command);
        }
    }

    /// <summary>Carries out any command but <see cref="RoomCommand.Enter"/>.</summary>
    public SignalingResult Execute(RoomCommand command)
    {
        lock (_lock)
        {
            RoomDecision decision = _state.Decide(command, _time.GetUtcNow());
            Carry(decision);
            return decision.Error is { } refusal ? refusal : SignalingResult.Success;
        }
    }

    /// <summary>Takes over what a member shows of itself now. One that is still entering, or has left, is passed over.</summary>
    public void Refresh(SignalingSession session)
    {
        lock (_lock)
        {
            Carry(_state.Decide(new RoomCommand.ChangeProfile(session.Id, session.Profile), _time.GetUtcNow()));
        }
    }

    /// <summary>Passes a signal from one member to another.</summary>
    public SignalingResult Relay(SessionId target, in Signal signal)
    {
        lock (_lock)
        {
            if (_state.IsClosed)
            {
                return SignalingErrors.NotInRoom(_state.Id);
            }

            if (_state.CheckSignal(signal.Sender, target) is { } refusal)
            {
                return refusal;
            }

            _present[target].Deliver(in signal);
            return SignalingResult.Success;
        }
    }

    /// <summary>Passes a signal within a call to its other party.</summary>
    public SignalingResult RelayInCall(in Signal signal)
    {
        lock (_lock)
        {
            SignalingResult<SessionId> target = Calling.Route(_state, signal.Sender, signal.Call, signal.Kind);
            if (!target.IsSuccess)
            {
                return target.Error;
            }

            _present[target.Value].Deliver(in signal);
            return SignalingResult.Success;
        }
    }

    private SignalingResult<RoomSnapshot> Admit(SignalingSession newcomer, RoomCommand.Enter command)
    {
        RoomDecision decision = _state.Decide(command with { Profile = newcomer.Profile }, _time.GetUtcNow());
        if (decision.Error is { } refusal)
        {
            _state = decision.State;
            return refusal;
        }

        _present.Add(newcomer.Id, newcomer);
        Carry(decision);
        return decision.State.Snapshot();
    }

    private void Carry(RoomDecision decision)
    {
        bool wasHidden = _state.Settings.Hidden;
        _state = decision.State;
        if (_state.Settings.Hidden != wasHidden)
        {
            _application.SetListed(this);
        }

        foreach (RoomNotice notice in decision.Notices)
        {
            Deliver(notice);
        }

        if (_state.IsClosed)
        {
            _application.Remove(this);
        }

        SetTimer();
    }

    private void Deliver(RoomNotice notice)
    {
        if (notice.Event is null)
        {
            if (_present.Remove(notice.Client, out SignalingSession? gone))
            {
                gone.Forget(this);
            }
        }
        else if (notice.Audience == RoomAudience.Only)
        {
            if (_present.TryGetValue(notice.Client, out SignalingSession? one))
            {
                one.Deliver(notice.Event);
            }
        }
        else
        {
            // Looked up once, so that no name is compared for each of the others.
            SignalingSession? leftOut = notice.Audience == RoomAudience.Everybody ? null : _present.GetValueOrDefault(notice.Client);
            foreach (SignalingSession session in _present.Values)
            {
                if (session != leftOut)
                {
                    session.Deliver(notice.Event);
                }
            }
        }
    }

    private void SetTimer()
    {
        DateTimeOffset? deadline = _state.IsClosed ? null : _state.NextDeadline;
        if (deadline is not { } at)
        {
            _timer?.Dispose();
            _timer = null;
            _timerIsSetFor = null;
            return;
        }

        if (deadline == _timerIsSetFor)
        {
            return;
        }

        _timerIsSetFor = deadline;
        TimeSpan due = at - _time.GetUtcNow();
        due = due < TimeSpan.Zero ? TimeSpan.Zero : due > LongestWait ? LongestWait : due;
        if (_timer is null)
        {
            _timer = _time.CreateTimer(static room => ((Room)room!).OnTimer(), this, due, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            _timerIsSetFor = null;
            if (!_state.IsClosed)
            {
                Carry(_state.Decide(_tick, _time.GetUtcNow()));
            }
        }
    }
}
