using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore;
using WebRtcSignaling.AspNetCore.Endpoints;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.AspNetCore.Origins;
using WebRtcSignaling.AspNetCore.Upgrades;
using WebRtcSignaling.Compatibility.Http;
using WebRtcSignaling.Compatibility.PeerJs.Connections;
using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.Compatibility.PeerJs.Http;

/// <summary>Serves the requests of PeerJS clients: the WebSocket, and the two calls beside it.</summary>
internal sealed partial class PeerJsRequestHandler(
    SignalingServer server,
    PeerJsServer peerJs,
    OpenConnections connections,
    IOptions<SignalingHostOptions> hostOptions,
    ILogger<PeerJsRequestHandler> logger)
{
    private const string Methods = "GET";

    private readonly CrossOriginPolicy _origins = new(new OriginPolicy(hostOptions.Value.AllowedOrigins));
    private readonly UpgradeSettings _settings = new(peerJs.WebSocketOptions, peerJs.Time);

    /// <summary>The WebSocket. What is wrong with its query is said on it, since a browser does not show a page why a handshake fails.</summary>
    public async Task ConnectAsync(HttpContext context)
    {
        if (Check(context) is { } foreign)
        {
            await RefuseAsync(context, foreign).ConfigureAwait(false);
            return;
        }

        HandshakeRefusal? refusal = server.IsStopping ? HandshakeRefusals.Stopping : RequestPolicy.CheckRequestLine(context);
        HandshakeAcceptance? acceptance = null;
        if (refusal is null && WebSocketHandshake.TryAccept(RequestPolicy.HandshakeOf(context), [], out acceptance, out refusal))
        {
            refusal = TransportUpgrades.Find(context) is null
                ? HandshakeRefusals.BadRequest("The request must have no body, and the web server must be able to upgrade it.")
                : null;
        }

        await (refusal is null ? UpgradeAsync(context, acceptance!) : RefuseAsync(context, refusal)).ConfigureAwait(false);
    }

    /// <summary>An id that nobody can guess, for a client that has none.</summary>
    public Task CreateIdAsync(HttpContext context) =>
        AnswerAsync(context, "text/plain; charset=utf-8", static _ => Guid.NewGuid().ToString());

    /// <summary>Who is connected with a key, where that is told.</summary>
    public Task ListPeersAsync(HttpContext context, string key) =>
        AnswerAsync(context, "application/json; charset=utf-8", peerJs.Options.AllowDiscovery ? _ => ListPeers(key) : null);

    private string ListPeers(string key) => PeerList.Write(
        server.FindApplication(key)?.Sessions.Select(static session => session.Id.Value) ?? []);

    private async Task AnswerAsync(HttpContext context, string contentType, Func<HttpContext, string>? answer)
    {
        HttpRequest request = context.Request;
        if (Check(context) is { } foreign)
        {
            await RefuseAsync(context, foreign).ConfigureAwait(false);
        }
        else if (HttpMethods.IsOptions(request.Method))
        {
            CrossOriginPolicy.AnswerPreflight(context, Methods);
        }
        else if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            await RefuseAsync(context, HandshakeRefusals.MethodNotAllowed).ConfigureAwait(false);
        }
        else if (answer is null)
        {
            await RefuseAsync(context, new HandshakeRefusal(StatusCodes.Status401Unauthorized, "Unauthorized")).ConfigureAwait(false);
        }
        else
        {
            await HttpBody.WriteAsync(context, contentType, Encoding.UTF8.GetBytes(answer(context))).ConfigureAwait(false);
        }
    }

    private HandshakeRefusal? Check(HttpContext context) => _origins.Check(context) switch
    {
        CrossOriginVerdict.Forbidden => HandshakeRefusals.OriginNotAllowed,
        CrossOriginVerdict.Malformed => HandshakeRefusals.BadRequest("An Origin is one origin."),
        _ => null,
    };

    private async Task UpgradeAsync(HttpContext context, HandshakeAcceptance acceptance)
    {
        IPAddress? address = context.Connection.RemoteIpAddress;
        if (!ConnectionPlace.TryTake(connections, server.Admission, address, out ConnectionPlace? place))
        {
            await RefuseAsync(context, HandshakeRefusals.TooManyOfAddress).ConfigureAwait(false);
            return;
        }

        string? refusal = PeerJsClaim.TryRead(context.Request.Query, peerJs.Keys, out PeerJsClaim? claim);
        using (place)
        {
            ConnectionLimits.Lift(context);
            IUpgradedTransport? transport =
                await TransportUpgrades.Find(context)!.AcceptAsync(context, acceptance, _settings).ConfigureAwait(false);
            if (transport is null)
            {
                await RefuseAsync(context, HandshakeRefusals.Overloaded).ConfigureAwait(false);
                return;
            }

            var request = new ConnectionRequest
            {
                Application = claim?.Key,
                User = SignalingRequestHandler.Known(context.User),
                AuthenticationExpiresAt = AuthenticationExpiry.Of(context),
                RemoteAddress = address,
            };
            await Connect(transport, request, new PeerJsDialect(peerJs, claim, refusal)).ServeAsync(context, place).ConfigureAwait(false);
        }
    }

    private UpgradedConnection Connect(IUpgradedTransport transport, ConnectionRequest request, PeerJsDialect dialect) => new(
        transport, connections, _settings.Time, (pipes, aborted) => peerJs.WebSockets.ServeAsync(pipes, request, dialect, aborted));

    private Task RefuseAsync(HttpContext context, HandshakeRefusal refusal)
    {
        LogRefused(logger, refusal.Status);
        return RefusalResponse.WriteAsync(context.Response, refusal);
    }

    // Not what the request says: its query holds a token.
    [LoggerMessage(1, LogLevel.Debug, "A request was refused with {Status}.")]
    private static partial void LogRefused(ILogger logger, int status);
}
