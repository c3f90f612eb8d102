using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.AspNetCore.Upgrades;
using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>Serves the requests of one endpoint: refuses, or upgrades and sees to it that the connection is served until its end.</summary>
internal sealed partial class SignalingRequestHandler(
    SignalingServer server,
    WebSocketEndpoint webSockets,
    OpenConnections connections,
    ReservedApplications reserved,
    SignalingEndpointOptions endpointOptions,
    IOptions<SignalingHostOptions> options,
    ILogger<SignalingRequestHandler> logger,
    TimeProvider? time = null)
{
    private readonly RequestPolicy _policy = new(
        server,
        new ApplicationChoice(server, endpointOptions, reserved),
        new OriginPolicy(options.Value.AllowedOrigins),
        webSockets.SubProtocols);

    private readonly UpgradeSettings _settings = new(options.Value.WebSockets, time ?? TimeProvider.System);

    public async Task HandleAsync(HttpContext context)
    {
        if (!_policy.TryAdmit(context, out Admission? admission, out HandshakeRefusal? refusal))
        {
            await RefuseAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        // Behind a proxy, what the forwarded headers say if the app uses them.
        IPAddress? address = context.Connection.RemoteIpAddress;
        if (!ConnectionPlace.TryTake(connections, server.Admission, address, out ConnectionPlace? place))
        {
            await RefuseAsync(context, HandshakeRefusals.TooManyOfAddress).ConfigureAwait(false);
            return;
        }

        using (place)
        {
            (ConnectionRequest? request, refusal) = await AdmitAsync(context, admission, address).ConfigureAwait(false);
            if (request is null)
            {
                await RefuseAsync(context, refusal!).ConfigureAwait(false);
                return;
            }

            ConnectionLimits.Lift(context);
            IUpgradedTransport? transport =
                await admission.Upgrade.AcceptAsync(context, admission.Acceptance, _settings).ConfigureAwait(false);
            if (transport is null)
            {
                await RefuseAsync(context, HandshakeRefusals.Overloaded).ConfigureAwait(false);
                return;
            }

            LogServing(logger, transport.GetType().Name);
            await Connect(transport, request).ServeAsync(context, place).ConfigureAwait(false);
        }
    }

    internal static ClaimsPrincipal? Known(ClaimsPrincipal user) => KnownUser.Of(user);

    /// <summary>Says who the client is, or why it may not connect.</summary>
    private ValueTask<(ConnectionRequest? Request, HandshakeRefusal? Refusal)> AdmitAsync(
        HttpContext context, Admission admission, IPAddress? address)
    {
        var request = new ConnectionRequest
        {
            SubProtocol = admission.Acceptance.SubProtocol,
            AnnouncesHello = admission.Acceptance.AnnouncesHello,
            Application = admission.Application,
            User = Known(context.User),
            AuthenticationExpiresAt = AuthenticationExpiry.Of(context),
            RemoteAddress = address,
            RequiresTicket = endpointOptions.RequireTicket,
        };
        return webSockets.AdmitAsync(request, admission.Acceptance.Ticket, context.RequestAborted);
    }

    private UpgradedConnection Connect(IUpgradedTransport transport, ConnectionRequest request) => new(
        transport, connections, _settings.Time, (pipes, aborted) => webSockets.ServeAsync(pipes, request, aborted));

    private Task RefuseAsync(HttpContext context, HandshakeRefusal refusal)
    {
        LogRefused(logger, refusal.Status);
        return RefusalResponse.WriteAsync(context.Response, refusal);
    }

    // Neither addresses nor what a request says: a query may hold a token.
    [LoggerMessage(1, LogLevel.Debug, "A handshake was refused with {Status}.")]
    private static partial void LogRefused(ILogger logger, int status);

    [LoggerMessage(2, LogLevel.Debug, "A client is served over a {Transport}.")]
    private static partial void LogServing(ILogger logger, string transport);
}
