using WebRtcSignaling.Errors;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The native dialect with one client: begins the session, passes each request to its handler, and writes the answer.</summary>
internal sealed class NativeConversation : IConversation
{
    private readonly IDialectConnection _connection;
    private readonly NativeSink _sink;
    private readonly ConversationSession _session = new();

    private bool _mayHello = true;

    public NativeConversation(IDialectConnection connection, NativeEncoder encoder)
    {
        _connection = connection;
        _sink = new NativeSink(connection, encoder);
    }

    private NativeLimits Limits
    {
        get
        {
            SignalingOptions options = _connection.Server.Options;
            return new(_connection.Options.MaxMessageBytes, options.Sessions.MaxRooms, RoomId.MaxLength, options.Rooms.MaxFieldBytes);
        }
    }

    public async ValueTask StartAsync()
    {
        if (!_connection.Options.RequireHello)
        {
            await ConnectAsync(default, username: null, ticket: null).ConfigureAwait(false);
        }
    }

    public async ValueTask ReceiveAsync(ReadOnlyMemory<byte> message)
    {
        SignalingResult result = await Handle(message, out RequestId id, out bool isAnswered).ConfigureAwait(false);
        if (result.Error is { } refusal)
        {
            _connection.Outbox.Send(NativeAnswers.Refusal(id, refusal));
        }
        else if (!isAnswered && id.IsPresent)
        {
            _connection.Outbox.Send(NativeAnswers.Ok(id));
        }
    }

    public ValueTask RefuseAsync(ReadOnlyMemory<byte> message, SignalingError refusal)
    {
        _connection.Outbox.Send(NativeAnswers.Refusal(NativeRequest.Read(message).Id, refusal));
        return ValueTask.CompletedTask;
    }

    public void End(SessionCloseReason reason) => _session.End(reason);

    /// <summary>Passes a request on.</summary>
    /// <param name="message">The request.</param>
    /// <param name="id">Its id.</param>
    /// <param name="isAnswered">Whether success is answered by something else than <c>ok</c>.</param>
    private ValueTask<SignalingResult> Handle(ReadOnlyMemory<byte> message, out RequestId id, out bool isAnswered)
    {
        NativeRequest request = NativeRequest.Read(message);
        id = request.Id;
        isAnswered = true;
        if (request.Problem is { } unreadable)
        {
            return new(unreadable);
        }

        if (request.Type == "hello")
        {
            return _mayHello ? HelloAsync(ref request) : new(NotNow("hello comes first, and once."));
        }

        if (_session.Current is not { } session)
        {
            return new(NotNow("Say hello first."));
        }

        _mayHello = false;
        return Dispatch(session, ref request, out isAnswered);
    }

    private ValueTask<SignalingResult> Dispatch(SignalingSession session, ref NativeRequest request, out bool isAnswered)
    {
        CancellationToken ended = _connection.Ended;
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
            case "ice-get":
                return GetIceServersAsync(session, request.Id);
            case "ping":
                _connection.Outbox.Send(NativeAnswers.Pong(request.Id));
                return new(SignalingResult.Success);
            default:
                return new(new SignalingError(SignalingErrorCode.UnknownType, "There is no message of that type."));
        }
    }

    private ValueTask<SignalingResult> HelloAsync(ref NativeRequest request)
    {
        string? username = request.GetString(NativeMember.Username);
        string? ticket = request.GetString(NativeMember.Ticket);
        return request.Problem is { } problem ? new(problem)
            : ticket is not null && _session.Current is not null ? new(TicketRefusals.TooLate)
            : HelloAsync(request.Id, username, ticket);
    }

    private async ValueTask<SignalingResult> HelloAsync(RequestId id, string? username, string? ticket)
    {
        SignalingResult result = _session.Current is { } session
            ? await RenameAsync(session, id, username).ConfigureAwait(false)
            : await ConnectAsync(id, username, ticket).ConfigureAwait(false);
        if (result.IsSuccess)
        {
            _mayHello = false;
            _connection.Introduced();
        }

        return result;
    }

    private async ValueTask<SignalingResult> RenameAsync(SignalingSession session, RequestId id, string? username)
    {
        if (username is not null && session.SetUsername(username) is { IsSuccess: false } refused)
        {
            return refused;
        }

        IReadOnlyList<IceServer> servers = await GetIceServersAsync(session).ConfigureAwait(false);
        _connection.Outbox.Send(NativeAnswers.Welcome(id, session, servers, Limits));
        return SignalingResult.Success;
    }

    /// <summary>Begins the session. What it hears while its welcome is made waits behind the welcome.</summary>
    /// <returns>A refusal that is still to be told, where the client may try again; any other closes the connection.</returns>
    private async ValueTask<SignalingResult> ConnectAsync(RequestId id, string? username, string? ticket)
    {
        SignalingResult<SessionRequest> admitted = await NativeTicket.AdmitAsync(_connection, username, ticket).ConfigureAwait(false);
        if (!admitted.TryGetValue(out SessionRequest? wanted))
        {
            _connection.Outbox.Send(NativeAnswers.Refusal(id, admitted.Error!));
            (CloseCode code, string reason) = CloseCodeOf(admitted.Error!);
            _connection.Close(code, reason);
            return SignalingResult.Success;
        }

        _connection.Outbox.Hold();
        SignalingResult<SignalingSession> connected =
            await _connection.Server.ConnectAsync(wanted, _sink, _connection.Ended).ConfigureAwait(false);
        if (connected.Error is { Code: SignalingErrorCode.InvalidArgument } mistake)
        {
            _connection.Outbox.Release([]);
            return mistake;
        }

        if (connected.Error is { } refusal)
        {
            _connection.Outbox.Release(NativeAnswers.Refusal(id, refusal));
            (CloseCode code, string reason) = CloseCodeOf(refusal);
            _connection.Close(code, reason);
            return SignalingResult.Success;
        }

        SignalingSession session = connected.Value;
        if (!_session.TryBegin(session))
        {
            return SignalingResult.Success;
        }

        IReadOnlyList<IceServer> servers = await GetIceServersAsync(session).ConfigureAwait(false);
        _connection.Outbox.Release(NativeAnswers.Welcome(id, session, servers, Limits));
        return SignalingResult.Success;
    }

    private ValueTask<SignalingResult> ListRoomsAsync(SignalingSession session, ref NativeRequest request)
    {
        string? prefix = request.GetString(NativeMember.Prefix);
        return request.Problem is { } problem ? new(problem) : ListRoomsAsync(session, request.Id, prefix);
    }

    private async ValueTask<SignalingResult> ListRoomsAsync(SignalingSession session, RequestId id, string? prefix)
    {
        var list = await session.Rooms.ListAsync(prefix, _connection.Ended).ConfigureAwait(false);
        if (!list.IsSuccess)
        {
            return list.Error;
        }

        _connection.Outbox.Send(NativeAnswers.RoomList(id, list.Value));
        return SignalingResult.Success;
    }

    private async ValueTask<SignalingResult> GetIceServersAsync(SignalingSession session, RequestId id)
    {
        var servers = await session.GetIceServersAsync(_connection.Ended).ConfigureAwait(false);
        if (!servers.IsSuccess)
        {
            return servers.Error;
        }

        _connection.Outbox.Send(NativeAnswers.IceServers(id, servers.Value));
        return SignalingResult.Success;
    }

    /// <summary>The ICE servers for a welcome; none if the host app refuses them: that is no reason to refuse the session.</summary>
    private async ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(SignalingSession session)
    {
        var servers = await session.GetIceServersAsync(_connection.Ended).ConfigureAwait(false);
        return servers.IsSuccess ? servers.Value : [];
    }

    private static SignalingError NotNow(string sentence) => new(SignalingErrorCode.InvalidMessage, sentence);

    private static (CloseCode Code, string Reason) CloseCodeOf(SignalingError refusal) => refusal.Code switch
    {
        SignalingErrorCode.LimitExceeded => (CloseCode.TryAgainLater, "too many sessions; try again later"),
        SignalingErrorCode.TooManyAttempts => (CloseCode.RateLimited, "too many failed attempts; try again later"),
        SignalingErrorCode.InvalidTicket => (CloseCode.PolicyViolation, "no valid ticket"),
        SignalingErrorCode.ServerStopping => (CloseCode.GoingAway, "the server is going away; try again"),
        _ => (CloseCode.PolicyViolation, "not admitted"),
    };
}
