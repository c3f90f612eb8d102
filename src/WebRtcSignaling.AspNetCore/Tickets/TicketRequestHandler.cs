using System.Buffers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore.Endpoints;
using WebRtcSignaling.AspNetCore.Origins;
using WebRtcSignaling.Errors;
using WebRtcSignaling.WebSockets.Handshake;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.AspNetCore.Tickets;

/// <summary>Serves the requests for tickets of one endpoint.</summary>
internal sealed partial class TicketRequestHandler(
    SignalingServer server, TicketIssuer tickets, IOptions<SignalingHostOptions> options, ILogger<TicketRequestHandler> logger)
{
    private static readonly HandshakeRefusal _unauthorized = new(401, "Sign in to get a ticket.");

    private readonly CrossOriginPolicy _origins = new(new OriginPolicy(options.Value.AllowedOrigins));

    public Task HandleAsync(HttpContext context)
    {
        if (CheckOrigin(context) is { } foreign)
        {
            return RefuseAsync(context, foreign);
        }

        if (server.IsStopping)
        {
            return RefuseAsync(context, HandshakeRefusals.Stopping);
        }

        ClaimsPrincipal user = context.User;
        if (!IsAuthenticated(user) && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            return RefuseAsync(context, _unauthorized);
        }

        SignalingResult<IssuedTicket> issued = tickets.Issue(user, TicketHolder.Of(user, context.Connection.RemoteIpAddress));
        return issued.Error is { } refusal ? RefuseAsync(context, Refusal(refusal)) : WriteAsync(context, issued.Value);
    }

    public Task HandlePreflightAsync(HttpContext context)
    {
        if (CheckOrigin(context) is { } foreign)
        {
            return RefuseAsync(context, foreign);
        }

        CrossOriginPolicy.AnswerPreflight(context, HttpMethods.Post);
        return Task.CompletedTask;
    }

    private static bool IsAuthenticated(ClaimsPrincipal user) => user.Identities.Any(static identity => identity.IsAuthenticated);

    private HandshakeRefusal? CheckOrigin(HttpContext context) => _origins.Check(context) switch
    {
        CrossOriginVerdict.Allowed => null,
        CrossOriginVerdict.Forbidden => HandshakeRefusals.OriginNotAllowed,
        _ => HandshakeRefusals.BadRequest("The header field Origin must hold one origin."),
    };

    private static HandshakeRefusal Refusal(SignalingError error)
    {
        return error.RetryAfter is null
            ? HandshakeRefusals.Stopping
            : new(StatusCodes.Status429TooManyRequests, error.Message) { Fields = [new("Retry-After", RetryAfter.Seconds(error))] };
    }

    private static async Task WriteAsync(HttpContext context, IssuedTicket ticket)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("ticket", ticket.Value);
            writer.WriteNumber("expiresIn", (long)ticket.Lifetime.TotalMilliseconds);
            writer.WriteEndObject();
        }

        HttpResponse response = context.Response;
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }

    private Task RefuseAsync(HttpContext context, HandshakeRefusal refusal)
    {
        LogRefused(logger, refusal.Status);
        return RefusalResponse.WriteAsync(context.Response, refusal);
    }

    // Neither who asked nor what was given.
    [LoggerMessage(1, LogLevel.Debug, "A request for a ticket was refused with {Status}.")]
    private static partial void LogRefused(ILogger logger, int status);
}
