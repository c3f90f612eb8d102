using WebRtcSignaling.Errors;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Resumption;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>How a client gets its session: at once, with <c>hello</c>, or, by a resume token in it, the one that it had.</summary>
internal sealed class NativeGreeting(NativePeer peer)
{
    private IDialectConnection Connection => peer.Connection;

    /// <summary>Begins the session, unless the client says <c>hello</c> first.</summary>
    public async ValueTask StartAsync()
    {
        if (!Connection.Options.RequireHello && !Connection.Request.AnnouncesHello)
        {
            await ConnectAsync(default, new(Username: null, Ticket: null, Credential: default), isResuming: false).ConfigureAwait(false);
        }
    }

    /// <summary>The client has said <c>hello</c>.</summary>
    public ValueTask<SignalingResult> HelloAsync(ref NativeRequest request)
    {
        var hello = new Hello(
            request.GetString(NativeMember.Username), request.GetString(NativeMember.Ticket), NativeAuthRequests.GetToken(ref request));
        string? token = request.GetString(NativeMember.Resume);
        long received = request.GetInteger(NativeMember.Ack) ?? 0;
        return request.Problem is { } problem ? new(problem)
            : peer.Session.Current is { } session
                ? (hello.Ticket ?? token) is not null ? new(TicketRefusals.TooLate)
                : !hello.Credential.IsEmpty ? new(NativeAuthRequests.TokenTooLate)
                : RenameAsync(session, request.Id, hello.Username)
            : token is null ? ConnectAsync(request.Id, hello, isResuming: false)
            : ResumeAsync(request.Id, hello, token, received);
    }

    private async ValueTask<SignalingResult> RenameAsync(SignalingSession session, RequestId id, string? username)
    {
        if (username is not null
            && await session.SetUsernameAsync(username, cancellationToken: Connection.Ended).ConfigureAwait(false) is { IsSuccess: false } refused)
        {
            return refused;
        }

        IReadOnlyList<IceServer> servers = await peer.GetIceServersAsync(session).ConfigureAwait(false);
        peer.Sink.Send(NativeWelcome.Welcome(id, session, servers, peer.Limits, token: null));
        return SignalingResult.Success;
    }

    /// <summary>Begins the session. What it hears while its welcome is made waits behind the welcome.</summary>
    /// <returns>A refusal that is still to be told, where the client may try again; any other closes the connection.</returns>
    private async ValueTask<SignalingResult> ConnectAsync(RequestId id, Hello hello, bool isResuming)
    {
        SignalingResult<SessionRequest> admitted =
            await NativeTicket.AdmitAsync(Connection, hello.Username, hello.Ticket, hello.Credential).ConfigureAwait(false);
        if (!admitted.TryGetValue(out SessionRequest? wanted))
        {
            return Refuse(id, admitted.Error!);
        }

        Connection.Outbox.Hold();
        SignalingResult<SignalingSession> connected =
            await Connection.Server.ConnectAsync(wanted, peer.Sink, Connection.Ended).ConfigureAwait(false);
        if (connected.Error is { Code: SignalingErrorCode.InvalidArgument } mistake)
        {
            Connection.Outbox.Release([]);
            return mistake;
        }

        if (connected.Error is { } refusal)
        {
            return Refuse(id, refusal);
        }

        SignalingSession session = connected.Value;
        if (!peer.Session.TryBegin(session))
        {
            return SignalingResult.Success;
        }

        IReadOnlyList<IceServer> servers = await peer.GetIceServersAsync(session).ConfigureAwait(false);
        NativeToken? token = TokenOf(session.Resumption.IssueToken());
        Connection.Outbox.Release(isResuming
            ? NativeWelcome.Resumed(id, session, servers, peer.Limits, token, default)
            : NativeWelcome.Welcome(id, session, servers, peer.Limits, token));
        return SignalingResult.Success;
    }

    /// <summary>Goes on with the session of a token. If there is none any more, the client gets a new one, and hears that it is new.</summary>
    private async ValueTask<SignalingResult> ResumeAsync(RequestId id, Hello hello, string token, long received)
    {
        var request = new ResumeRequest
        {
            Token = token,
            Application = Connection.Request.Application,
            User = Connection.Request.User,
            Credential = hello.Credential,
            RemoteAddress = Connection.Request.RemoteAddress,
        };
        SignalingResult<SignalingSession> found = await Connection.Server.FindResumableAsync(request, Connection.Ended).ConfigureAwait(false);
        if (found.Error is { Code: not SignalingErrorCode.NotResumable } refusal)
        {
            return Refuse(id, refusal);
        }

        Connection.Outbox.Hold();
        if (!found.IsSuccess || found.Value.Sink is not ResumableSink sink || sink.Attach(Connection, received) is not { } attachment)
        {
            return await ConnectAsync(id, hello, isResuming: true).ConfigureAwait(false);
        }

        SignalingSession session = found.Value;
        peer.Sink = sink;
        if (!peer.Session.TryContinue(session))
        {
            // The connection is lost again. It still was when its session went on with it, so it is only let go of here.
            sink.TryDetach(Connection, SessionCloseReason.ConnectionLost);
            return SignalingResult.Success;
        }

        IReadOnlyList<IceServer> servers = await peer.GetIceServersAsync(session).ConfigureAwait(false);
        NativeToken? next = TokenOf(sink.IssueToken(Connection, token));
        Connection.Outbox.Release(NativeWelcome.Resumed(id, session, servers, peer.Limits, next, attachment));
        return SignalingResult.Success;
    }

    private NativeToken? TokenOf(string? token) => token is null
        ? null
        : new(token, Connection.Server.Options.Sessions.ResumeTimeout, Connection.Options.ResumeBufferBytes);

    /// <summary>Tells why there is no session, and closes.</summary>
    private SignalingResult Refuse(RequestId id, SignalingError refusal)
    {
        (CloseCode code, string reason) = CloseCodeOf(refusal);
        Connection.Outbox.Hold();
        Connection.Outbox.Release(NativeAnswers.Refusal(id, refusal));
        Connection.Close(code, reason);
        return SignalingResult.Success;
    }

    private static (CloseCode Code, string Reason) CloseCodeOf(SignalingError refusal) => refusal.Code switch
    {
        SignalingErrorCode.LimitExceeded => CloseCodes.With(CloseCode.TryAgainLater),
        SignalingErrorCode.TooManyAttempts => (CloseCode.RateLimited, "too many failed attempts; try again later"),
        SignalingErrorCode.InvalidTicket => (CloseCode.PolicyViolation, "no valid ticket"),
        SignalingErrorCode.ServerStopping => CloseCodes.With(CloseCode.GoingAway),
        SignalingErrorCode.SessionClosed => CloseCodes.Of(SessionCloseReason.Removed),
        _ => CloseCodes.With(CloseCode.PolicyViolation),
    };

    /// <summary>What a client says of itself.</summary>
    private readonly record struct Hello(string? Username, string? Ticket, ReadOnlyMemory<byte> Credential);
}
