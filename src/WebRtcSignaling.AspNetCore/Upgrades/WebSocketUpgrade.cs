using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>For servers that hand out no bytes, only WebSockets: the test server of ASP.NET Core is one.</summary>
internal sealed class WebSocketUpgrade(IHttpWebSocketFeature feature) : ITransportUpgrade
{
    public async ValueTask<IUpgradedTransport?> AcceptAsync(HttpContext context, HandshakeAcceptance acceptance, UpgradeSettings settings) =>
        new WebSocketTransport(await feature.AcceptAsync(new WebSocketAcceptContext
        {
            SubProtocol = acceptance.SubProtocol,
            KeepAliveInterval = settings.WebSockets.PingInterval,
            KeepAliveTimeout = settings.WebSockets.PongTimeout,
        }).ConfigureAwait(false));
}
