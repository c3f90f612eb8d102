using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The native dialect with one client: begins the session, passes each request to its handler, and writes the answer.</summary>
internal sealed class NativeConversation : IAcknowledgedConversation
{
    private readonly NativePeer _peer;
    private readonly NativeGreeting _greeting;

    private bool _mayHello = true;

    public NativeConversation(IDialectConnection connection, NativeEncoder encoder)
    {
        _peer = new NativePeer(connection, encoder);
        _greeting = new NativeGreeting(_peer);
    }

    public long LastSent => (_peer.Sink as ResumableSink)?.LastSent ?? 0;

    public ValueTask StartAsync() => _greeting.StartAsync();

    public ValueTask ReceiveAsync(ReadOnlyMemory<byte> message) => TakeInTurnAsync(message, tooEarly: null);

    public ValueTask RefuseAsync(ReadOnlyMemory<byte> message, SignalingError refusal) => TakeInTurnAsync(message, refusal);

    public void End(SessionCloseReason reason)
    {
        if (_peer.Sink is not ResumableSink sink || !sink.TryDetach(_peer.Connection, reason))
        {
            _peer.Session.End(reason);
        }
    }

    public void Acknowledge(long number) => (_peer.Sink as ResumableSink)?.Acknowledge(_peer.Connection, number);

    private async ValueTask TakeInTurnAsync(ReadOnlyMemory<byte> message, SignalingError? tooEarly)
    {
        if (_peer.Sink is not ResumableSink sink)
        {
            await AnswerAsync(message, tooEarly).ConfigureAwait(false);
        }
        else if (await sink.EnterAsync(_peer.Connection).ConfigureAwait(false))
        {
            try
            {
                await AnswerAsync(message, tooEarly).ConfigureAwait(false);
            }
            finally
            {
                sink.Exit();
            }
        }
    }

    private ValueTask AnswerAsync(ReadOnlyMemory<byte> message, SignalingError? tooEarly)
    {
        ValueTask<SignalingResult> handling = Handle(message, tooEarly, out RequestId id, out bool isAnswered);
        if (!handling.IsCompletedSuccessfully)
        {
            return AnswerOnceHandledAsync(handling, id, isAnswered);
        }

        Answer(handling.Result, id, isAnswered);
        return default;
    }

    private async ValueTask AnswerOnceHandledAsync(ValueTask<SignalingResult> handling, RequestId id, bool isAnswered) =>
        Answer(await handling.ConfigureAwait(false), id, isAnswered);

    private void Answer(SignalingResult result, RequestId id, bool isAnswered)
    {
        if (result.Error is { } refusal)
        {
            Answer(NativeAnswers.Refusal(id, refusal));
        }
        else if (!isAnswered && id.IsPresent)
        {
            Answer(NativeAnswers.Ok(id));
        }
    }

    /// <summary>Answers in the session's order; before there is a session, at once.</summary>
    private void Answer(ReadOnlySpan<byte> message)
    {
        if (_peer.Session.Current is null)
        {
            _peer.Connection.Outbox.Send(message);
        }
        else
        {
            _peer.Sink.Send(message);
        }
    }

    /// <summary>Passes a request on.</summary>
    /// <param name="message">The request.</param>
    /// <param name="tooEarly">Why it is dropped; <see langword="null"/> if it is not.</param>
    /// <param name="id">Its id.</param>
    /// <param name="isAnswered">Whether success is answered by something else than <c>ok</c>, or by nothing.</param>
    private ValueTask<SignalingResult> Handle(
        ReadOnlyMemory<byte> message, SignalingError? tooEarly, out RequestId id, out bool isAnswered)
    {
        var request = new NativeRequest(message);
        id = request.Id;
        isAnswered = true;
        if (request.Type == "hello" && request.Problem is null && tooEarly is null)
        {
            return _mayHello ? HelloAsync(_greeting.HelloAsync(ref request)) : new(NotNow("hello comes first, and once."));
        }

        // The number of a request counts whatever else is wrong with it, and one that was taken before is none that comes too early.
        RequestVerdict verdict = TakeNumbers(ref request, out long expected);
        SignalingError? refusal = verdict == RequestVerdict.Take && tooEarly is not null ? tooEarly : request.Problem;
        if (refusal is not null)
        {
            return new(refusal);
        }

        if (_peer.Session.Current is not { } session)
        {
            return new(NotNow("Say hello first."));
        }

        _mayHello = false;
        return verdict switch
        {
            RequestVerdict.PassOver => new(SignalingResult.Success),
            RequestVerdict.Refuse => new(new SignalingError(SignalingErrorCode.OutOfSequence, $"The next request has the seq {expected}.")),
            _ => Dispatch(session, ref request, out isAnswered),
        };
    }

    private RequestVerdict TakeNumbers(ref NativeRequest request, out long expected)
    {
        expected = 0;
        if (_peer.Sink is not ResumableSink sink || _peer.Session.Current is null)
        {
            return RequestVerdict.Take;
        }

        long? number = request.GetInteger(NativeMember.Seq);
        if (number < 1)
        {
            // It would pass for one that was taken before, and never be carried out.
            request.Fail(SignalingErrorCode.InvalidArgument, "seq must be at least 1.");
            number = null;
        }

        return sink.Take(number, request.GetInteger(NativeMember.Ack), out expected);
    }

    private ValueTask<SignalingResult> Dispatch(SignalingSession session, ref NativeRequest request, out bool isAnswered)
    {
        CancellationToken ended = _peer.Abandoned;
        isAnswered = false;
        switch (request.Type)
        {
            case "signal-send":
                return NativeSignalRequests.SendSignal(session, ref request, ended);
            case "message-send":
                return NativeSignalRequests.SendMessage(session, ref request, ended);
            case "call-offer" or "call-answer" or "call-candidate":
                return NativeCallRequests.SendSignal(session, ref request, ended);
            case "call-accept":
                return NativeCallRequests.Accept(session, ref request, ended);
            case "call-reject":
                return NativeCallRequests.Reject(session, ref request);
            case "call-hangup":
                return NativeCallRequests.HangUp(session, ref request);
            case "room-update":
                return NativeRoomRequests.Update(session, ref request, ended);
            case "room-kick":
                return NativeRoomRequests.Kick(session, ref request, ended);
            case "room-ban":
                return NativeRoomRequests.Ban(session, ref request, ended);
            case "room-unban":
                return NativeRoomRequests.Unban(session, ref request, ended);
            case "role-set":
                return NativeRoomRequests.SetRole(session, ref request, ended);
            case "field-set":
                return NativeStateRequests.SetFields(session, ref request, ended);
            case "resource-toggle":
                return NativeStateRequests.Toggle(session, ref request, ended);
            case "presence-set":
                return NativeStateRequests.SetPresence(session, ref request, ended);
            case "group-join":
                return NativeStateRequests.JoinGroup(session, ref request, ended);
            case "group-leave":
                return NativeStateRequests.LeaveGroup(session, ref request);
            case "ack":
                return new(SignalingResult.Success);
        }

        // The rest is answered by an event in its place among the others, or by a message of its own.
        isAnswered = true;
        switch (request.Type)
        {
            case "call-start":
                return NativeCallRequests.Start(session, ref request, ended);
            case "room-create":
                return NativeRoomRequests.Create(session, ref request, ended);
            case "room-join":
                return NativeRoomRequests.Join(session, ref request, ended);
            case "room-leave":
                return NativeRoomRequests.Leave(session, ref request);
            case "room-close":
                return NativeRoomRequests.Close(session, ref request, ended);
            case "room-list":
                return ListRoomsAsync(session, ref request);
            case "auth-refresh":
                return NativeAuthRequests.Refresh(_peer, session, ref request);
            case "ice-get":
                return GetIceServersAsync(session, request.Id);
            case "ping":
                _peer.Sink.Send(NativeAnswers.Pong(request.Id));
                return new(SignalingResult.Success);
            default:
                return new(new SignalingError(SignalingErrorCode.UnknownType, "There is no message of that type."));
        }
    }

    private async ValueTask<SignalingResult> HelloAsync(ValueTask<SignalingResult> greeting)
    {
        SignalingResult result = await greeting.ConfigureAwait(false);
        if (result.IsSuccess)
        {
            _mayHello = false;
            _peer.Connection.Introduced();
        }

        return result;
    }

    private ValueTask<SignalingResult> ListRoomsAsync(SignalingSession session, ref NativeRequest request)
    {
        string? prefix = request.GetString(NativeMember.Prefix);
        return request.Problem is { } problem ? new(problem) : ListRoomsAsync(session, request.Id, prefix);
    }

    private async ValueTask<SignalingResult> ListRoomsAsync(SignalingSession session, RequestId id, string? prefix)
    {
        var list = await session.Rooms.ListAsync(prefix, _peer.Abandoned).ConfigureAwait(false);
        if (!list.IsSuccess)
        {
            return list.Error;
        }

        _peer.Sink.Send(NativeAnswers.RoomList(id, list.Value));
        return SignalingResult.Success;
    }

    private async ValueTask<SignalingResult> GetIceServersAsync(SignalingSession session, RequestId id)
    {
        var servers = await session.GetIceServersAsync(_peer.Abandoned).ConfigureAwait(false);
        if (!servers.IsSuccess)
        {
            return servers.Error;
        }

        _peer.Sink.Send(NativeAnswers.IceServers(id, servers.Value));
        return SignalingResult.Success;
    }

    private static SignalingError NotNow(string sentence) => new(SignalingErrorCode.InvalidMessage, sentence);
}
