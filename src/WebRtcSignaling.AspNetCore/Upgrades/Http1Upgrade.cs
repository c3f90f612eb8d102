using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>The upgrade of HTTP/1.1 (RFC 9110 section 7.8): after it, the connection is this request's alone.</summary>
internal sealed class Http1Upgrade(IHttpUpgradeFeature feature) : ITransportUpgrade
{
    public async ValueTask<IUpgradedTransport?> AcceptAsync(HttpContext context, HandshakeAcceptance acceptance, UpgradeSettings settings)
    {
        IHeaderDictionary fields = context.Response.Headers;
        fields.Connection = "Upgrade";
        fields.Upgrade = "websocket";
        fields.SecWebSocketAccept = acceptance.Accept;
        if (acceptance.SubProtocol is { } subProtocol)
        {
            fields.SecWebSocketProtocol = subProtocol;
        }

        Stream stream;
        try
        {
            stream = await feature.UpgradeAsync().ConfigureAwait(false);
        }
        catch (InvalidOperationException) when (!context.Response.HasStarted)
        {
            // Kestrel's MaxConcurrentUpgradedConnections is reached.
            context.Response.Clear();
            return null;
        }

        return IsKestrels(stream) && FindConnection(context.Features, settings) is { } connection
            ? connection
            : new StreamTransport(context, stream, settings);
    }

    private static KestrelTransport? FindConnection(IFeatureCollection features, UpgradeSettings settings) =>
        features.Get<IConnectionTransportFeature>()?.Transport is { } pipes && features.Get<IConnectionLifetimeFeature>() is { } lifetime
            ? new KestrelTransport(
                pipes is ConnectionHandover handover ? handover.Transport : pipes, lifetime, features.Get<IConnectionHeartbeatFeature>(), settings)
            : null;

    /// <summary>
    /// Whether the stream is Kestrel's own, so that the connection's pipes hold the same bytes. If a middleware has put another around it, to count or
    /// to record, the bytes go its way.
    /// </summary>
    private static bool IsKestrels(Stream stream) => stream.GetType().Assembly == typeof(KestrelServer).Assembly;
}
