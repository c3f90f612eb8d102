using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>Finds the best way to upgrade a request that is a WebSocket handshake.</summary>
internal static class TransportUpgrades
{
    /// <summary>The way; <see langword="null"/> if there is none.</summary>
    public static ITransportUpgrade? Find(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } http1 ? new Http1Upgrade(http1)
        : context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } http2 ? new ExtendedConnectUpgrade(http2)
        : context.Features.Get<IHttpWebSocketFeature>() is { IsWebSocketRequest: true } webSocket ? new WebSocketUpgrade(webSocket)
        : null;
}
