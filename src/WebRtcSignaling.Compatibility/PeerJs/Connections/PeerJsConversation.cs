using WebRtcSignaling.Compatibility.PeerJs.Messages;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.Compatibility.PeerJs.Connections;

/// <summary>PeerJS with one client, whose session begins with its connection and has the id that it claims.</summary>
internal sealed class PeerJsConversation : IConversation
{
    private const string Full = "Server has reached its concurrent user limit";

    private readonly IDialectConnection _connection;
    private readonly PeerJsServer _server;
    private readonly PeerJsClaim? _claim;
    private readonly string? _refusal;
    private readonly MessagePace _pace;
    private readonly ConversationSession _session = new();
    private readonly Lock _lock = new();

    private SessionClose? _sessionClose;
    private long _lastMessageAt;

    /// <param name="connection">The client's connection.</param>
    /// <param name="server">What all clients share.</param>
    /// <param name="claim">Who it claims to be; <see langword="null"/> if that is refused.</param>
    /// <param name="refusal">Why it is.</param>
    public PeerJsConversation(IDialectConnection connection, PeerJsServer server, PeerJsClaim? claim, string? refusal)
    {
        _connection = connection;
        _server = server;
        _claim = claim;
        _refusal = refusal;
        _pace = new MessagePace(server.Options.MaxMessagesPerSecond, server.Options.MaxBurst);
        _lastMessageAt = server.Now.Ticks;
    }

    /// <summary>Whether it is over.</summary>
    public bool IsEnded => _session.IsEnded;

    public async ValueTask StartAsync()
    {
        _connection.Introduced();
        if (_claim is not { } claim)
        {
            Refuse(PeerJsWriter.Error(_refusal!));
            return;
        }

        // What waits for the client comes behind OPEN, and begins to come as soon as there is a session.
        _connection.Outbox.Hold();
        SignalingResult<SignalingSession> connected = await _connection.Server.ConnectAsync(
            new SessionRequest
            {
                Application = claim.Key,
                Id = claim.Id,
                ReclaimSecret = claim.Token,
                User = _connection.Request.User,
                AuthenticationExpiresAt = _connection.Request.AuthenticationExpiresAt,
                RemoteAddress = _connection.Request.RemoteAddress,
            },
            new PeerJsSink(this, _connection, claim.Id),
            _connection.Ended).ConfigureAwait(false);
        if (connected.Error is { } error)
        {
            _connection.Outbox.Release([]);
            Refuse(error);
            return;
        }

        _server.Watch(this);
        _connection.Outbox.Release(connected.Value.IsReclaimed && !_server.Options.OpenWhenReclaimed ? [] : PeerJsWriter.Open);
        Begin(connected.Value);
    }

    public async ValueTask ReceiveAsync(ReadOnlyMemory<byte> message)
    {
        if (_session.Current is not { } session)
        {
            return;
        }

        Interlocked.Exchange(ref _lastMessageAt, _server.Now.Ticks);
        if (_pace.Count(_server.Now) is var pause && pause > TimeSpan.Zero && !await WaitAsync(pause).ConfigureAwait(false))
        {
            return;
        }

        // Neither heartbeats nor what makes no sense is answered.
        if (PeerJsMessage.TryRead(message, out PeerJsMessage read)
            && PeerJsMessageType.ToKind(read.Type) is { } kind
            && read.Target is { Length: > 0 } target)
        {
            await RelayAsync(session, target, kind, read.Payload).ConfigureAwait(false);
        }
    }

    public void End(SessionCloseReason reason)
    {
        _session.End(reason);
        _server.Forget(this);
    }

    /// <summary>The session is over. One that ends while it begins may be a refusal, which is said in other words.</summary>
    public void OnSessionClosed(SessionClose close)
    {
        lock (_lock)
        {
            _sessionClose = close;
            if (_session.Current is null)
            {
                return;
            }
        }

        _connection.Close(close);
    }

    /// <summary>Looks at the clock: a client that has been silent for too long is closed.</summary>
    public void Tick()
    {
        if (_server.Now - TimeSpan.FromTicks(Interlocked.Read(ref _lastMessageAt)) >= _server.Options.AliveTimeout)
        {
            End(SessionCloseReason.HeartbeatTimeout);
        }
    }

    private void Begin(SignalingSession session)
    {
        if (!_session.TryBegin(session))
        {
            return;
        }

        SessionClose? sessionClose;
        lock (_lock)
        {
            sessionClose = _sessionClose;
        }

        if (sessionClose is not null)
        {
            _connection.Close(sessionClose);
        }
    }

    private async ValueTask RelayAsync(SignalingSession session, string target, SignalKind kind, ReadOnlyMemory<byte> payload)
    {
        bool isFound = SessionId.TryParse(target, out SessionId id)
            && (await session.SendSignalAsync(null, id, kind, payload, _connection.Ended).ConfigureAwait(false)).IsSuccess;

        // Of a connection that cannot come about its client is told once, as of one whose other side is not there.
        if (!isFound && kind == SignalKind.Offer)
        {
            _connection.Outbox.Send(PeerJsWriter.Expire(target, session.Id.Value));
        }
    }

    private async ValueTask<bool> WaitAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, _server.Time, _connection.Ended).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Refuse(SignalingError error)
    {
        switch (error.Code)
        {
            case SignalingErrorCode.IdTaken:
                Refuse(PeerJsWriter.IdTaken);
                break;
            case SignalingErrorCode.LimitExceeded:
                Refuse(PeerJsWriter.Error(Full));
                break;
            case SignalingErrorCode.ServerStopping:
                _connection.Close(new SessionClose(SessionCloseReason.ServerStopping));
                break;
            default:
                Refuse(PeerJsWriter.Error(error.Message));
                break;
        }
    }

    private void Refuse(ReadOnlySpan<byte> message)
    {
        _connection.Outbox.Send(message);
        _connection.Close(CloseCode.NormalClosure, "refused");
    }
}
