using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.AspNetCore.Endpoints;
using WebRtcSignaling.AspNetCore.Origins;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Compatibility.EngineIO.Sockets;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EngineIO.Http;

/// <summary>Serves the requests of one endpoint: beginnings of sessions, polls, POSTs and WebSockets.</summary>
internal sealed partial class EngineRequestHandler(
    SignalingServer server,
    EngineSessions sessions,
    IEngineApplication application,
    CrossOriginPolicy origins,
    SocketRequests sockets,
    ILogger logger)
{
    public Task HandleAsync(HttpContext context)
    {
        if (EngineRefusal.Of(origins.Check(context)) is { } foreign)
        {
            return RefuseAsync(context, foreign);
        }

        if (HttpMethods.IsOptions(context.Request.Method))
        {
            CrossOriginPolicy.AnswerPreflight(context, "GET, POST");
            return Task.CompletedTask;
        }

        if (EngineQuery.TryRead(context.Request.Query, out EngineQuery query) is { } refusal)
        {
            return RefuseAsync(context, refusal);
        }

        return query.SessionId is { } id ? ContinueAsync(context, query, id) : BeginAsync(context, query);
    }

    private Task BeginAsync(HttpContext context, EngineQuery query)
    {
        if (server.IsStopping || sessions.IsStopping)
        {
            return RefuseAsync(context, EngineRefusal.Stopping);
        }

        var opening = new SessionOpening(application, query.Version, SignalingRequestHandler.Known(context.User))
        {
            TakesBase64 = query.TakesBase64,
            AuthenticationExpiresAt = AuthenticationExpiry.Of(context),
            RemoteAddress = context.Connection.RemoteIpAddress,
        };
        if (!server.Admission.CanEnter(opening.RemoteAddress))
        {
            return RefuseAsync(context, EngineRefusal.TooManyOfAddress);
        }

        if (query.IsWebSocket)
        {
            return sessions.IsFull ? RefuseAsync(context, EngineRefusal.Overloaded) : sockets.OpenAsync(context, opening);
        }

        if (!HttpMethods.IsGet(context.Request.Method))
        {
            return RefuseAsync(context, EngineRefusal.BadHandshakeMethod);
        }

        // In version 4 no one but the client hears the session's name.
        opening = query.Version == EngineVersion.V3 ? opening with { Browser = BrowserCookie.Issue(context) } : opening;
        return sessions.Open(opening) is { } session
            ? PollRequest.AnswerAsync(context, session)
            : RefuseAsync(context, EngineRefusal.Overloaded);
    }

    private Task ContinueAsync(HttpContext context, EngineQuery query, string id)
    {
        if (sessions.Find(id, application) is not { } session)
        {
            return RefuseAsync(context, EngineRefusal.SessionUnknown);
        }

        if (session.Opening.Browser?.Admits(BrowserCookie.Read(context)) == false || IsOfAnother(context.User, session))
        {
            return RefuseAsync(context, EngineRefusal.Forbidden);
        }

        string method = context.Request.Method;
        return query.IsWebSocket ? sockets.UpgradeAsync(context, session)
            : HttpMethods.IsGet(method) ? PollRequest.HandleAsync(context, session)
            : HttpMethods.IsPost(method) ? PostRequest.HandleAsync(context, session)
            : RefuseAsync(context, EngineRefusal.BadRequest);
    }

    /// <summary>Whether the account behind a request is another one than that behind the session, whose name is no secret in version 3.</summary>
    private static bool IsOfAnother(ClaimsPrincipal user, EngineSession session) =>
        AccountIdentity.Of(session.Opening.User) is { } own && AccountIdentity.Of(user) is { } account && account != own;

    private Task RefuseAsync(HttpContext context, EngineRefusal refusal)
    {
        LogRefused(logger, refusal.Status, refusal.Code);
        return refusal.WriteAsync(context);
    }

    // Not what the request says: its query names a session, and who knows that name can speak in it.
    [LoggerMessage(1, LogLevel.Debug, "A request was refused with {Status}, code {Code}.")]
    private static partial void LogRefused(ILogger logger, int status, int code);
}
