using System.Buffers;
using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Messages;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// One client's connection after its handshake: reads messages, hands them to a dialect one by one, pings and answers pings, and closes.
/// <code>
///   open    -- the peer's Close: answered ----------------------> over
///   open    -- its end without a Close --------------------------> over
///   open    -- our Close: violation, session ended, time-out ---> closing
///   closing -- the peer's Close, or its end --------------------> over
///   closing -- CloseTimeout, or too much to read ---------------> aborted
///   over    -- CloseTimeout, with bytes still unsent -----------> aborted
///   any     -- aborted from outside, transport broken ----------> aborted
/// </code>
/// However it ends, the session ends with it, once; the first cause is the one that is told.
/// </summary>
internal sealed partial class WebSocketConnection : IDialectConnection, IOutboxOwner, IDisposable
{
    private readonly IDuplexPipe _transport;
    private readonly ILogger _logger;
    private readonly MessageReader _reader;
    private readonly IConversation _conversation;
    private readonly MessageAllowance _allowance;
    private readonly Liveness _liveness;
    private readonly ConnectionProgress _progress;

    private Leftovers _leftovers;
    private ReadTurn _turn;
    private FlushStall _stall;
    private volatile bool _awaitsHello;
    private volatile bool _isBusy;
    private ConnectionTable.Place _place;

    public WebSocketConnection(
        IDuplexPipe transport,
        ConnectionRequest request,
        IDialect dialect,
        SignalingServer server,
        WebSocketOptions options,
        OutboxLimits outboxLimits,
        MessageRates rates,
        TicketRedemption tickets,
        TimeProvider time,
        ILogger logger)
    {
        _transport = transport;
        _logger = logger;
        Request = request;
        Server = server;
        Options = options;
        Tickets = tickets;
        Outbox = new Outbox(transport.Output, outboxLimits, request.CanHalfClose, this);
        _reader = new MessageReader(options.MaxMessageBytes);
        _allowance = new MessageAllowance(rates);
        _liveness = new Liveness(time, options.PingInterval, options.PongTimeout);
        _turn = new ReadTurn(time);
        _stall = new FlushStall(time, options.WriteTimeout);
        _progress = new ConnectionProgress(time);
        _awaitsHello = options.RequireHello || request.AnnouncesHello;
        _conversation = dialect.Open(this);
    }

    public SignalingServer Server { get; }

    public WebSocketOptions Options { get; }

    public ConnectionRequest Request { get; }

    public Outbox Outbox { get; }

    public TicketRedemption Tickets { get; }

    public CancellationToken Ended => _progress.Ended;

    /// <summary>How many bytes of pooled memory it holds now.</summary>
    public int BufferedCapacity => _reader.BufferedCapacity + Outbox.BufferedCapacity;

    /// <summary>Serves the connection until it is over, and lets go of it. Never throws.</summary>
    /// <param name="loss">How it hears of its end.</param>
    /// <param name="served">The connections that are served: it is one of them until then.</param>
    public async Task<ConnectionEnd> RunAsync(ConnectionLoss loss, ConnectionTable served)
    {
        _liveness.ClientGone = loss.ClientGone;
        _place = served.Add(this);
        try
        {
            using CancellationTokenRegistration registration =
                loss.Aborted.UnsafeRegister(static connection => ((WebSocketConnection)connection!).Abort(), this);
            await StartAsync().ConfigureAwait(false);
            try
            {
                await ReadAsync(_transport.Input).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // However a transport says that it broke, the connection is lost.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogLost(_logger, exception);
                Abort();
            }

            if (_progress.Phase == ConnectionPhase.Open)
            {
                // The peer ended without a Close: it hears nothing any more.
                Outbox.Abort();
            }

            MoveTo(ConnectionPhase.Over);
            EndSession(SessionCloseReason.ConnectionLost);
            await Outbox.Finished.ConfigureAwait(false);

            // As in EndSession, what waited may be code of the host app.
            await _progress.Ending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return _progress.Phase == ConnectionPhase.Aborted ? ConnectionEnd.Abort : ConnectionEnd.Close;
        }
        finally
        {
            _place.Remove();
            Dispose();
        }
    }

    /// <summary>Looks at the clock: pings, gives up on whoever does not answer. Called with a tick, by one caller at a time.</summary>
    /// <returns>After what time to look again, unless the place in the table is asked for it sooner.</returns>
    public TimeSpan Tick()
    {
        ConnectionPhase phase = _progress.Phase;

        // Behind the phase, so that it is not the time of one before.
        TimeSpan inPhase = _progress.InPhase;
        switch (phase)
        {
            case < ConnectionPhase.Aborted when _liveness.IsGoneForATick():
                Abort();
                break;
            case ConnectionPhase.Open when Server.Stopped.IsCancellationRequested:
                End(SessionCloseReason.ServerStopping);
                break;
            case ConnectionPhase.Open when _isBusy:
                // The host app takes its time, and nothing is read meanwhile: the silence is not the client's.
                break;
            case ConnectionPhase.Open when !_awaitsHello:
                CheckLife();
                break;
            case ConnectionPhase.Open when inPhase >= Options.HelloTimeout:
                Refuse(CloseCode.HelloTimeout);
                break;
            case ConnectionPhase.Closing or ConnectionPhase.Over when inPhase >= Options.CloseTimeout:
                Abort();
                break;
        }

        return phase switch
        {
            ConnectionPhase.Open when _isBusy => TimeSpan.Zero,
            ConnectionPhase.Open when _awaitsHello => Options.HelloTimeout - inPhase,
            ConnectionPhase.Open => Min(_liveness.UntilNextCheck, Options.WriteTimeout),
            _ => Options.CloseTimeout - inPhase,
        };
    }

    /// <summary>Ends it, and its session with it, because the server it came by goes away.</summary>
    public void SendAway()
    {
        // First the session, which tells its client when to come back.
        EndSession(SessionCloseReason.ServerStopping);
        End(SessionCloseReason.ServerStopping);
    }

    /// <summary>Ends it at once, and its session with it, as if it had been lost.</summary>
    public void Abort()
    {
        MoveTo(ConnectionPhase.Aborted);
        Outbox.Abort();
        TransportCalls.CancelRead(_transport.Input);
        EndSession(SessionCloseReason.ConnectionLost);
    }

    public void Introduced()
    {
        _awaitsHello = false;
        _place.LookSoon();
    }

    public void Close(CloseCode code, string reason) => BeginClose(code, reason, discardsWaiting: false);

    public void Close(SessionClose close)
    {
        (CloseCode code, string reason) = CloseCodes.Of(close.Reason);
        BeginClose(code, close.Message ?? reason, discardsWaiting: close.Reason == SessionCloseReason.SlowConsumer);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _progress.Dispose();
    }

    void IOutboxOwner.OnOverflow() => ThreadPool.UnsafeQueueUserWorkItem(
        static connection => connection.End(SessionCloseReason.SlowConsumer), this, preferLocal: false);

    void IOutboxOwner.OnBroken() => Abort();

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void CheckLife()
    {
        if (_stall.IsTooLong(Outbox.PendingFlush))
        {
            End(SessionCloseReason.SlowConsumer);
            return;
        }

        switch (_liveness.Check())
        {
            case LivenessVerdict.Ping:
                Outbox.SendPing(PingPayload.Write(stackalloc byte[PingPayload.Length], (_conversation as IAcknowledgedConversation)?.LastSent ?? 0));
                break;
            case LivenessVerdict.Dead:
                End(SessionCloseReason.HeartbeatTimeout);
                break;
        }
    }

    private ValueTask StartAsync()
    {
        using OutboxBatch.Gathering gathering = OutboxBatch.Gather();
        return ConverseAsync(message: null);
    }

    private async Task ReadAsync(PipeReader input)
    {
        while (_progress.Phase <= ConnectionPhase.Closing)
        {
            ReadResult result = await input.ReadAsync().ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            _liveness.Received();
            _turn.Read(_liveness.LastReceived);
            while (!TryHandleAll(ref buffer, out ValueTask handling))
            {
                // While code of the host app takes its time, each tick looks whether the client is gone.
                _place.LookSoon();
                await handling.ConfigureAwait(false);
            }

            if (_progress.Phase == ConnectionPhase.Closing)
            {
                PassOver(ref buffer);
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return;
            }

            if (_turn.IsOver())
            {
                // To the end of the pool's queue, behind all others; another way to yield would queue it on this thread, to be the next.
                await Task.Yield();
            }
        }
    }

    /// <summary>Deals with one message after the other, up to one that has to be waited for, and flushes what all of them have sent.</summary>
    /// <param name="buffer">What has been read; moved past the messages that were dealt with.</param>
    /// <param name="handling">What to wait for before the rest.</param>
    /// <returns>Whether there is no rest.</returns>
    private bool TryHandleAll(ref ReadOnlySequence<byte> buffer, out ValueTask handling)
    {
        handling = default;
        using OutboxBatch.Gathering gathering = OutboxBatch.Gather();
        while (_progress.Phase == ConnectionPhase.Open && _reader.TryRead(ref buffer, out IncomingMessage message) is var status and not ReadStatus.NeedMore)
        {
            if (status != ReadStatus.Message)
            {
                Refuse(_reader.Violation!.Code, _reader.Violation.Reason);
                continue;
            }

            handling = HandleAsync(message);
            if (!handling.IsCompletedSuccessfully)
            {
                return false;
            }
        }

        return true;
    }

    private void PassOver(ref ReadOnlySequence<byte> buffer)
    {
        if (_leftovers.Discard(_reader, ref buffer))
        {
            MoveTo(ConnectionPhase.Over);
        }
        else if (_leftovers.IsTooMuch)
        {
            Abort();
        }
    }

    private ValueTask HandleAsync(in IncomingMessage message)
    {
        if (Meter(in message) is { } refusal)
        {
            return message.Kind == MessageKind.Text && _progress.Phase == ConnectionPhase.Open ? ConverseAsync(message, refusal) : default;
        }

        switch (message.Kind)
        {
            case MessageKind.Text:
            case MessageKind.Binary when _conversation is IBinaryConversation:
                return ConverseAsync(message);
            case MessageKind.Ping:
                Outbox.SendPong(message.Payload.Span);
                break;
            case MessageKind.Pong when PingPayload.TryRead(message.Payload.Span, out long number):
                (_conversation as IAcknowledgedConversation)?.Acknowledge(number);
                break;
            case MessageKind.Binary:
                Refuse(CloseCode.UnsupportedData);
                break;
            case MessageKind.Close:
                MoveTo(ConnectionPhase.Over);
                Outbox.SendClose(message.CloseCode, reason: null, discardsWaiting: false);
                EndSession(message.CloseCode == CloseCode.HeartbeatTimeout ? SessionCloseReason.ConnectionLost : SessionCloseReason.Left);
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Counts a message, by the time at which it came, so that the clock need not be asked once more. One that is too much is dropped.</summary>
    /// <returns>Why it is dropped; <see langword="null"/> if it is not.</returns>
    private SignalingError? Meter(in IncomingMessage message)
    {
        if (message.Kind == MessageKind.Close || (Options.IsMeteredAbove && message.Kind is MessageKind.Text or MessageKind.Binary))
        {
            return null;
        }

        SignalingError? refusal = _allowance.Take(message.Payload.Length, _liveness.LastReceived, out bool isExhausted);
        if (refusal is not null)
        {
            Server.Admission.CountRefusal(refusal);
            if (isExhausted)
            {
                End(SessionCloseReason.RateLimited);
            }
        }

        return refusal;
    }

    /// <summary>Lets the dialect begin, deal with a message, or refuse it. If it fails, that is our fault, and ends this connection only.</summary>
    private ValueTask ConverseAsync(IncomingMessage? message, SignalingError? refusal = null)
    {
        _isBusy = true;
        ValueTask conversing = ConversationCalls.CallAsync(_conversation, message, refusal);
        if (!conversing.IsCompletedSuccessfully)
        {
            return AwaitDialectAsync(conversing);
        }

        _isBusy = false;
        return default;
    }

    /// <summary>For what takes its time: meanwhile nothing is read, and the client's silence is not its own.</summary>
    private async ValueTask AwaitDialectAsync(ValueTask conversing)
    {
        try
        {
            await conversing.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // See above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(_logger, exception);
            End(SessionCloseReason.InternalError);
        }

        _liveness.Received();
        _isBusy = false;
    }

    private void MoveTo(ConnectionPhase phase)
    {
        _progress.MoveTo(phase);
        _place.LookSoon();
    }

    /// <summary>Closes because of something on this side, and ends the session with it.</summary>
    private void End(SessionCloseReason reason)
    {
        Close(new SessionClose(reason));
        EndSession(reason);
    }

    /// <summary>Closes because the peer broke a rule of the wire.</summary>
    private void Refuse(CloseCode code, string reason)
    {
        Close(code, reason);
        EndSession(SessionCloseReason.ProtocolError);
    }

    private void Refuse(CloseCode code) => Refuse(code, CloseCodes.With(code).Reason);

    private void BeginClose(CloseCode code, string reason, bool discardsWaiting)
    {
        MoveTo(ConnectionPhase.Closing);
        Outbox.SendClose(code, reason, discardsWaiting);
    }

    private void EndSession(SessionCloseReason reason)
    {
        try
        {
            _conversation.End(reason);
        }
#pragma warning disable CA1031 // What waits for a session's end is code of the host app; its mistakes must not keep the connection.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogEndFailed(_logger, exception);
        }
    }
}
