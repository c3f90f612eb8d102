using System.Buffers;
using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Messages;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// One client's connection after its handshake: reads messages and hands them to a dialect one by one, answers pings, sends its own, and
/// closes.
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
internal sealed partial class WebSocketConnection : IDialectConnection, IDisposable
{
    /// <summary>How many bytes a peer may still send once we are closing.</summary>
    private const long MaxBytesWhileClosing = 1024 * 1024;

    private readonly IDuplexPipe _transport;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly MessageReader _reader;
    private readonly IConversation _conversation;
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _lock = new();

    private volatile ConnectionPhase _phase;
    private long _phaseSince;
    private long _lastReceived;
    private long _bytesWhileClosing;
    private volatile bool _awaitsHello;
    private bool _isPinged;

    public WebSocketConnection(
        IDuplexPipe transport,
        ConnectionRequest request,
        IDialect dialect,
        SignalingServer server,
        WebSocketOptions options,
        OutboxMetrics metrics,
        TimeProvider time,
        ILogger logger)
    {
        _transport = transport;
        _time = time;
        _logger = logger;
        Request = request;
        Server = server;
        Options = options;
        Ended = _ended.Token;
        Outbox = new Outbox(transport.Output, options.MaxOutboxBytes, request.CanHalfClose, metrics, OnOverflow);
        _reader = new MessageReader(options.MaxMessageBytes);
        _phaseSince = _lastReceived = time.GetTimestamp();
        _awaitsHello = options.RequireHello;
        _conversation = dialect.Open(this);
    }

    public SignalingServer Server { get; }

    public WebSocketOptions Options { get; }

    public ConnectionRequest Request { get; }

    public Outbox Outbox { get; }

    public CancellationToken Ended { get; }

    /// <summary>Serves the connection until it is over. Never throws.</summary>
    public async Task<ConnectionEnd> RunAsync(CancellationToken aborted)
    {
        using CancellationTokenRegistration registration =
            aborted.UnsafeRegister(static connection => ((WebSocketConnection)connection!).Abort(), this);
        try
        {
            await _conversation.StartAsync().ConfigureAwait(false);
            await ReadAsync(_transport.Input).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever fails in here is our fault and must end this connection only.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(_logger, exception);
            Close(new SessionClose(SessionCloseReason.InternalError));
            _conversation.End(SessionCloseReason.InternalError);
            MoveTo(ConnectionPhase.Over);
        }

        if (_phase == ConnectionPhase.Open)
        {
            // The peer ended without a Close: it hears nothing any more.
            Outbox.Abort();
            MoveTo(ConnectionPhase.Over);
        }

        _conversation.End(SessionCloseReason.ConnectionLost);
        await Outbox.Finished.ConfigureAwait(false);
        await CancelRequestsAsync().ConfigureAwait(false);
        return _phase == ConnectionPhase.Aborted ? ConnectionEnd.Abort : ConnectionEnd.Close;
    }

    /// <summary>
    /// Looks at the clock: pings, and gives up on whoever does not answer. Called about every second, by one caller at a time.
    /// </summary>
    public void Tick()
    {
        TimeSpan inPhase = _time.GetElapsedTime(Interlocked.Read(ref _phaseSince));
        if (_phase != ConnectionPhase.Open)
        {
            if (inPhase >= Options.CloseTimeout)
            {
                Abort();
            }
        }
        else if (_awaitsHello && Server.IsStopping)
        {
            // The server ends sessions; this client has none yet.
            Close(new SessionClose(SessionCloseReason.ServerStopping));
        }
        else if (_awaitsHello && inPhase >= Options.HelloTimeout)
        {
            Close(CloseCode.HelloTimeout, "no hello in time");
        }
        else
        {
            TickOpen(_time.GetElapsedTime(Interlocked.Read(ref _lastReceived)));
        }
    }

    public void Introduced() => _awaitsHello = false;

    public void Close(CloseCode code, string reason) => BeginClose(code, reason, discardsWaiting: false);

    public void Close(SessionClose close)
    {
        (CloseCode code, string reason) = CloseCodes.Of(close.Reason);
        BeginClose(code, close.Message ?? reason, discardsWaiting: close.Reason == SessionCloseReason.SlowConsumer);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _ended.Dispose();
    }

    private void TickOpen(TimeSpan silence)
    {
        if (silence < Options.PingInterval)
        {
            _isPinged = false;
        }
        else if (silence >= Options.PingInterval + Options.PongTimeout)
        {
            Close(new SessionClose(SessionCloseReason.HeartbeatTimeout));
            _conversation.End(SessionCloseReason.HeartbeatTimeout);
        }
        else if (!_isPinged)
        {
            _isPinged = true;
            Outbox.SendPing();
        }
    }

    private async Task ReadAsync(PipeReader input)
    {
        while (await TryReadAsync(input).ConfigureAwait(false) is { } result)
        {
            ReadOnlySequence<byte> buffer = result.Buffer;
            Interlocked.Exchange(ref _lastReceived, _time.GetTimestamp());
            while (_phase == ConnectionPhase.Open && _reader.TryRead(ref buffer, out IncomingMessage message) is var status)
            {
                if (status == ReadStatus.NeedMore)
                {
                    break;
                }

                if (status == ReadStatus.Message)
                {
                    await HandleAsync(message).ConfigureAwait(false);
                }
                else
                {
                    Close(_reader.Violation!.Code, _reader.Violation.Reason);
                    _conversation.End(SessionCloseReason.ProtocolError);
                }
            }

            if (_phase == ConnectionPhase.Closing)
            {
                Discard(ref buffer);
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted || _phase > ConnectionPhase.Closing)
            {
                return;
            }
        }
    }

    /// <summary>Reads; <see langword="null"/> once the connection is aborted or its transport broke.</summary>
    private async ValueTask<ReadResult?> TryReadAsync(PipeReader input)
    {
        try
        {
            ReadResult result = await input.ReadAsync().ConfigureAwait(false);
            if (_phase != ConnectionPhase.Aborted)
            {
                return result;
            }

            input.AdvanceTo(result.Buffer.Start);
        }
#pragma warning disable CA1031 // However a transport says that it broke, the connection is lost.
        catch (Exception)
#pragma warning restore CA1031
        {
            Abort();
        }

        return null;
    }

    private ValueTask HandleAsync(in IncomingMessage message)
    {
        switch (message.Kind)
        {
            case MessageKind.Text:
                return _conversation.ReceiveAsync(message.Payload);
            case MessageKind.Ping:
                Outbox.SendPong(message.Payload.Span);
                break;
            case MessageKind.Binary when _conversation is IBinaryConversation conversation:
                return conversation.ReceiveBinaryAsync(message.Payload);
            case MessageKind.Binary:
                Close(CloseCode.UnsupportedData, "only text messages here");
                _conversation.End(SessionCloseReason.ProtocolError);
                break;
            case MessageKind.Close:
                Outbox.SendClose(message.CloseCode, reason: null, discardsWaiting: false);
                MoveTo(ConnectionPhase.Over);
                _conversation.End(SessionCloseReason.Left);
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Throws away what comes after our Close, up to the peer's. Ending before that was read could reset the connection, and the peer would
    /// lose our Close.
    /// </summary>
    private void Discard(ref ReadOnlySequence<byte> buffer)
    {
        long before = buffer.Length;
        ReadStatus status = ReadStatus.Message;
        while (status == ReadStatus.Message)
        {
            status = _reader.TryRead(ref buffer, out IncomingMessage message);
            if (status == ReadStatus.Message && message.Kind == MessageKind.Close)
            {
                MoveTo(ConnectionPhase.Over);
                return;
            }
        }

        if (status != ReadStatus.NeedMore)
        {
            buffer = buffer.Slice(buffer.End);
        }

        _bytesWhileClosing += before - buffer.Length;
        if (_bytesWhileClosing > MaxBytesWhileClosing)
        {
            Abort();
        }
    }

    private void BeginClose(CloseCode code, string reason, bool discardsWaiting)
    {
        Outbox.SendClose(code, reason, discardsWaiting);
        MoveTo(ConnectionPhase.Closing);
    }

    // Called under the outbox's lock, itself perhaps under a room's: the end must come from elsewhere.
    private void OnOverflow() => ThreadPool.UnsafeQueueUserWorkItem(
        static connection =>
        {
            connection.Close(new SessionClose(SessionCloseReason.SlowConsumer));
            connection._conversation.End(SessionCloseReason.SlowConsumer);
        },
        this,
        preferLocal: false);

    private void Abort()
    {
        MoveTo(ConnectionPhase.Aborted);
        Outbox.Abort();
        _transport.Input.CancelPendingRead();
        _conversation.End(SessionCloseReason.ConnectionLost);

        // Here, too, because reading may wait for a request that waits for the host app. It never fails.
        _ = CancelRequestsAsync();
    }

    /// <summary>Tells the host app's code that nobody waits for its answer any more.</summary>
    private async Task CancelRequestsAsync()
    {
        try
        {
            await _ended.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The connection ended meanwhile.
        }
#pragma warning disable CA1031 // The host app may register callbacks that throw.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogCancelFailed(_logger, exception);
        }
    }

    private void MoveTo(ConnectionPhase phase)
    {
        lock (_lock)
        {
            if (phase > _phase)
            {
                Interlocked.Exchange(ref _phaseSince, _time.GetTimestamp());
                _phase = phase;
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A connection failed; it is closed with 1011.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Code that a connection's end cancelled failed.")]
    private static partial void LogCancelFailed(ILogger logger, Exception exception);
}
