using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>
/// The sink of a session that outlives its connection (docs/protocol.md, "Coming back"): numbers each message, keeps it until the client has acknowledged it, and
/// sends it again on the connection with which the client comes back. It also knows which of the client's requests were taken, so that each is carried out once.
/// Safe for concurrent use.
/// </summary>
internal sealed class ResumableSink : NativeSink
{
    // Lock order: _attachment, then rooms, then _order. Who the connection is changes under both; what the session hears comes under a room's lock.
    private readonly Lock _attachment = new();
    private readonly Lock _order = new();
    private SignalingSession? _session;
    private IDialectConnection? _connection;
    private ReplayLog _log;
    private RequestNumbers _requests;
    private TaskCompletionSource? _idle;
    private bool _isBusy;
    private bool _isClosed;
    private bool _hasOfferedToken;

    public ResumableSink(IDialectConnection connection, NativeEncoder encoder)
        : base(encoder)
    {
        _connection = connection;
        _log = new ReplayLog(connection.Options.ResumeBufferBytes);
    }

    /// <summary>How many bytes of pooled memory it holds now.</summary>
    public int BufferedCapacity
    {
        get
        {
            lock (_order)
            {
                return _log.Capacity;
            }
        }
    }

    /// <summary>The number of the last message; one that is sent to its connection from now on goes behind it.</summary>
    public long LastSent
    {
        get
        {
            lock (_order)
            {
                return _log.Last;
            }
        }
    }

    public override void OnOpened(SignalingSession session) => _session = session;

    public override void OnClosed(SessionClose close)
    {
        IDialectConnection? connection;
        lock (_order)
        {
            _isClosed = true;
            _log.Release();
            connection = _connection;
        }

        if (connection is not null)
        {
            Close(connection, close);
        }
    }

    public override void Send(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> members = NumberedHead.MembersOf(message);
        lock (_order)
        {
            if (!_isClosed)
            {
                _log.Append(members);
                SendLast(members);
            }
        }
    }

    protected override void SendShared(ReadOnlyMemory<byte> message)
    {
        ReadOnlySpan<byte> members = NumberedHead.MembersOf(message.Span);
        lock (_order)
        {
            if (!_isClosed)
            {
                _log.AppendShared(message[1..]);
                SendLast(members);
            }
        }
    }

    /// <summary>
    /// A message has come. Waits while another one is dealt with, which a connection that is gone may have brought. Unless the answer is no, <see cref="Exit"/>
    /// follows.
    /// </summary>
    /// <returns>Whether to deal with it: not where another connection has taken over.</returns>
    public ValueTask<bool> EnterAsync(IDialectConnection connection)
    {
        lock (_order)
        {
            if (!ReferenceEquals(_connection, connection))
            {
                return new(false);
            }

            if (_isBusy)
            {
                _idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                return EnterOnceIdleAsync(_idle.Task, connection);
            }

            _isBusy = true;
            if (_hasOfferedToken)
            {
                // A client says nothing before it has its answer, and the token in it.
                _hasOfferedToken = false;
                _session!.Resumption.ConfirmToken();
            }

            return new(true);
        }
    }

    /// <summary>The message has been dealt with.</summary>
    public void Exit()
    {
        TaskCompletionSource? idle;
        lock (_order)
        {
            _isBusy = false;
            idle = _idle;
            _idle = null;
            if (_requests.IsDue && _connection is not null)
            {
                _connection.Outbox.Send(NativeAnswers.Acknowledgement(_requests.Tell()));
            }
        }

        idle?.TrySetResult();
    }

    /// <summary>Takes the numbers that a request bears.</summary>
    /// <param name="number">Its own; <see langword="null"/> for none.</param>
    /// <param name="received">The last of our messages that the client has; <see langword="null"/> if it does not say.</param>
    /// <param name="expected">The number that its next request has.</param>
    public RequestVerdict Take(long? number, long? received, out long expected)
    {
        lock (_order)
        {
            if (received is { } acknowledged)
            {
                _log.DropThrough(acknowledged);
            }

            expected = _requests.Taken + 1;
            return number is { } given ? _requests.Take(given) : RequestVerdict.Take;
        }
    }

    /// <summary>The client has everything up to a number, as the Pong on a connection says; not where another one has taken over meanwhile.</summary>
    public void Acknowledge(IDialectConnection connection, long number)
    {
        lock (_order)
        {
            if (ReferenceEquals(_connection, connection))
            {
                _log.DropThrough(number);

                // A client is asked for a Pong when nothing has come from it for a while.
                _log.Rest();
            }
        }
    }

    /// <summary>
    /// The session goes on with another connection, whose outbox is held: what the client has missed gathers there. The connection that it had, if it still looks
    /// open, is closed.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="received">The last message that the client has.</param>
    /// <returns>How it goes on; <see langword="null"/> if the session has ended.</returns>
    public Attachment? Attach(IDialectConnection connection, long received)
    {
        IDialectConnection? former;
        Attachment attachment;
        lock (_attachment)
        {
            if (_session?.Resumption.Resume().IsSuccess != true)
            {
                return null;
            }

            lock (_order)
            {
                // It may have ended right behind the question above, and then nobody would tell this connection.
                if (_isClosed)
                {
                    return null;
                }

                former = _connection;
                bool isRecovered = _log.Covers(received);
                attachment = new(isRecovered, isRecovered ? received : _log.Last, _requests.Tell());
                _log.DropThrough(attachment.Sent);
                SendAgain(connection);
                _connection = connection;
                _hasOfferedToken = true;
            }
        }

        former?.Close(new SessionClose(SessionCloseReason.Replaced));
        return attachment;
    }

    /// <summary>
    /// The token by which the client of a connection may come back: a new one or, where another connection has taken over, the one that it came with. That is good
    /// until the client has spoken on the other one, and a new one would end that of the other one.
    /// </summary>
    public string? IssueToken(IDialectConnection connection, string used)
    {
        lock (_attachment)
        {
            return ReferenceEquals(_connection, connection) ? _session?.Resumption.IssueToken() : used;
        }
    }

    /// <summary>A connection has ended.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="reason">Why.</param>
    /// <returns>Whether the session goes on: suspended, or with another connection.</returns>
    public bool TryDetach(IDialectConnection connection, SessionCloseReason reason)
    {
        lock (_attachment)
        {
            // Only this lock is needed to read it.
            if (!ReferenceEquals(_connection, connection))
            {
                return true;
            }

            // Before its welcome there is nothing that the client could come back to.
            if (_session is null
                || reason is not (SessionCloseReason.ConnectionLost or SessionCloseReason.HeartbeatTimeout)
                || !_session.Resumption.Suspend(reason).IsSuccess)
            {
                return false;
            }

            lock (_order)
            {
                _connection = null;
                _log.Rest();
            }

            return true;
        }
    }

    private async ValueTask<bool> EnterOnceIdleAsync(Task idle, IDialectConnection connection)
    {
        await idle.ConfigureAwait(false);
        return await EnterAsync(connection).ConfigureAwait(false);
    }

    private void SendLast(ReadOnlySpan<byte> members)
    {
        if (_connection is not null)
        {
            Send(_connection, _log.Last, members);
        }
    }

    private void SendAgain(IDialectConnection connection)
    {
        using ReplayReader kept = _log.Read();
        for (long number = _log.Last - _log.Count + 1; kept.TryRead(out ReadOnlySpan<byte> members); number++)
        {
            Send(connection, number, members);
        }
    }

    /// <summary>Sends a message's members behind its number, and tells which requests were taken where the client does not know.</summary>
    private void Send(IDialectConnection connection, long number, ReadOnlySpan<byte> members)
    {
        Span<byte> head = stackalloc byte[NumberedHead.MaxLength];
        int length = NumberedHead.Write(head, number, _requests.HasNews ? _requests.Tell() : null);
        connection.Outbox.Send(head[..length], members);
    }
}
