using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>
/// One client's session, over however many requests: a lock around <see cref="SessionState"/> and <see cref="SessionOutput"/>. Under the lock the state
/// moves and packets are put where they go; what others hear of it happens outside. Safe for concurrent use.
/// </summary>
#pragma warning disable CA1001 // The source has no timer and no parent: there is nothing to let go of.
internal sealed partial class EngineSession
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly EngineSessions _sessions;
    private readonly SessionState _state;
    private readonly SessionOutput _output;
    private readonly IEngineConversation _conversation;
    private readonly MessageAllowance _allowance;
    private readonly CancellationTokenSource _ended = new();
    private bool _isPuttingOut;
    private bool _hasEnded;

    /// <param name="id">Its name.</param>
    /// <param name="opening">What the client asked for.</param>
    /// <param name="sessions">The table it is in.</param>
    /// <param name="socket">The WebSocket it begins on; <see langword="null"/> if it begins with polls.</param>
    public EngineSession(string id, SessionOpening opening, EngineSessions sessions, IDialectConnection? socket)
    {
        Id = id;
        Opening = opening;
        Ended = _ended.Token;
        _sessions = sessions;
        _state = new SessionState(opening.Version, sessions.Settings, socket is not null, sessions.Now);
        _output = new SessionOutput(opening.Version, sessions.Settings.MaxBufferedBytes, socket);
        _allowance = new MessageAllowance(sessions.Rates);
        _conversation = opening.Application.Open(this);
    }

    /// <summary>What the client calls it: unguessable, of <c>[A-Za-z0-9_-]</c>.</summary>
    public string Id { get; }

    public SessionOpening Opening { get; }

    public EngineSettings Settings => _sessions.Settings;

    /// <summary>The time; only differences matter.</summary>
    public TimeSpan Now => _sessions.Now;

    /// <summary>Fires when it is over.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Whether it is over because its client did not take what it was sent.</summary>
    public bool EndedBySlowness => _state.EndedBy == SessionCloseReason.SlowConsumer;

    /// <summary>Says the first words. Called once, when the session is in its table.</summary>
    public void Start()
    {
        lock (_lock)
        {
            _output.Send(OpenPacket.Create(Opening.Version, Id, Settings, canUpgrade: _output.Socket is null));
        }

        _conversation.Start();
    }

    /// <summary>
    /// Sends a message, in two pieces, and its attachments right behind it. Never waits, and may be called under a room's lock. Past the budget, the client
    /// is put out.
    /// </summary>
    public void Send(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, IReadOnlyList<byte[]>? attachments = null)
    {
        lock (_lock)
        {
            if (_state.IsOver)
            {
                return;
            }

            _output.Send(head, body);
            for (int i = 0; i < attachments?.Count; i++)
            {
                _output.Send(new OutgoingPacket(attachments[i], IsBinary: true));
            }

            CheckBudget_NeedsLock();
        }
    }

    /// <summary>
    /// Ends the session; what was sent before still goes out first. Only the first call counts. May be called under locks: the conversation hears of it later.
    /// </summary>
    public void Close(SessionClose close)
    {
        Aftermath aftermath;
        lock (_lock)
        {
            aftermath = Apply_NeedsLock(_state.Close(close.Reason, Now));
        }

        Finish(in aftermath, close.Message, endsLater: true);
    }

    /// <summary>A request for a WebSocket names this session; <see cref="TryBind"/> or <see cref="LoseSocket"/> follows.</summary>
    /// <returns>Whether it may have one.</returns>
    public bool TryAttach()
    {
        lock (_lock)
        {
            return _state.TryAttach(Now);
        }
    }

    /// <summary>The WebSocket is there, unless it comes too late.</summary>
    public bool TryBind(IDialectConnection socket)
    {
        lock (_lock)
        {
            bool isAwaited = _state.Phase == SessionPhase.Attached && _output.Socket is null;
            if (isAwaited)
            {
                _output.Attach(socket);
            }

            return isAwaited;
        }
    }

    /// <summary>The WebSocket is lost or closing.</summary>
    /// <param name="socket">Which; <see langword="null"/> if it never came to be. One that was let go of before says nothing about the session.</param>
    /// <param name="reason">Why.</param>
    public void LoseSocket(IDialectConnection? socket, SessionCloseReason reason) => Move(session =>
    {
        if (session._output.Socket != socket)
        {
            return SessionEffects.None;
        }

        session._output.Detach();
        return session._state.LoseSocket(reason, session.Now);
    });

    /// <summary>Deals with a packet.</summary>
    /// <param name="packet">The packet; its data is valid until this completes.</param>
    /// <param name="socket">The WebSocket that it came on; <see langword="null"/> for a POST.</param>
    /// <returns>Whether it was allowed.</returns>
    public ValueTask<bool> ReceiveAsync(EnginePacket packet, IDialectConnection? socket = null)
    {
        // Whatever it is, and on whichever transport it comes.
        SignalingError? tooEarly = _allowance.Take(packet.Data.Length, _sessions.Timestamp, out bool isExhausted);
        if (isExhausted)
        {
            Close(new SessionClose(SessionCloseReason.RateLimited));
            return new(true);
        }

        Aftermath aftermath;
        lock (_lock)
        {
            SessionEffects effects =
                socket is null ? _state.ReceiveFromPost(in packet, Now)
                : socket == _output.Socket ? _state.ReceiveFromSocket(in packet, Now)
                : SessionEffects.None;
            aftermath = Apply_NeedsLock(effects, packet.Data.Span);
        }

        Finish(in aftermath);
        return aftermath.Has(SessionEffects.Deliver) ? DeliverAsync(packet, tooEarly) : new(!aftermath.Has(SessionEffects.Refuse));
    }

    /// <summary>Looks at the clock. Called about every second, by one caller at a time.</summary>
    public void Tick()
    {
        Move(static session => session._state.Tick(session.Now));
        _conversation.Tick();
    }

    private void Move(Func<EngineSession, SessionEffects> step) => Move(session => (true, step(session)));

    /// <summary>Moves the state under the lock, and does outside of it what is to be done.</summary>
    private T Move<T>(Func<EngineSession, (T Result, SessionEffects Effects)> step)
    {
        T result;
        Aftermath aftermath;
        lock (_lock)
        {
            (result, SessionEffects effects) = step(this);
            aftermath = Apply_NeedsLock(effects);
        }

        Finish(in aftermath);
        return result;
    }

    private Aftermath Apply_NeedsLock(SessionEffects effects, ReadOnlySpan<byte> pingData = default)
    {
        Aftermath aftermath = _output.Apply(effects, pingData);
        CheckBudget_NeedsLock();
        return aftermath;
    }

    /// <summary>Puts a client out for which too much waits; from elsewhere, since this may be under a room's lock.</summary>
    private void CheckBudget_NeedsLock()
    {
        if (_output.IsOverflowing && !_isPuttingOut)
        {
            _isPuttingOut = true;
            ThreadPool.UnsafeQueueUserWorkItem(
                static session => session.Close(new SessionClose(SessionCloseReason.SlowConsumer)), this, preferLocal: false);
        }
    }

    /// <summary>Does what others may hear, outside of the lock.</summary>
    private void Finish(in Aftermath aftermath, string? message = null, bool endsLater = false)
    {
        aftermath.CloseSocket(_state.EndedBy, message);
        if (aftermath.Has(SessionEffects.Forget))
        {
            _sessions.Forget(this);
        }

        if (aftermath.Has(SessionEffects.End) && !Interlocked.Exchange(ref _hasEnded, true))
        {
            if (endsLater)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static session => session.End(), this, preferLocal: false);
            }
            else
            {
                End();
            }
        }
    }

    /// <summary>Tells whoever speaks, and whoever waits. Either may be code of the host app, and what fails in it concerns nobody else.</summary>
    private void End()
    {
        Tell(() => _conversation.End(_state.EndedBy!.Value));
        Tell(_ended.Cancel);
    }

    private void Tell(Action ofEnd)
    {
        try
        {
            ofEnd();
        }
#pragma warning disable CA1031 // This may be a work item of the thread pool, where it would end the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogEndFailed(_sessions.Logger, exception);
        }
    }

    private async ValueTask<bool> DeliverAsync(EnginePacket packet, SignalingError? tooEarly)
    {
        try
        {
            await _conversation.ReceiveAsync(packet, tooEarly).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever fails in there is our fault and must end this session only.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(_sessions.Logger, exception);
            Close(new SessionClose(SessionCloseReason.InternalError));
        }

        lock (_lock)
        {
            _state.EndDelivery(Now);
        }

        return true;
    }
}
