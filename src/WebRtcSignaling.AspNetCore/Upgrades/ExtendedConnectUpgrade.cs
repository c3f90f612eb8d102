using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>The extended CONNECT of HTTP/2 (RFC 8441): a stream of the HTTP/2 connection becomes the WebSocket connection.</summary>
internal sealed class ExtendedConnectUpgrade(IHttpExtendedConnectFeature feature) : ITransportUpgrade
{
    public async ValueTask<IUpgradedTransport?> AcceptAsync(HttpContext context, HandshakeAcceptance acceptance, UpgradeSettings settings)
    {
        if (acceptance.SubProtocol is { } subProtocol)
        {
            context.Response.Headers.SecWebSocketProtocol = subProtocol;
        }

        return new StreamTransport(context, await feature.AcceptAsync().ConfigureAwait(false), settings);
    }
}
