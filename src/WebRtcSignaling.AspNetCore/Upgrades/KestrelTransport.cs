using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.WebSockets;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>
/// Kestrel's connection itself, behind TLS its decrypted side: after an HTTP/1.1 upgrade nothing else reads or writes it, and going past the layers of
/// HTTP saves a copy and a buffer for each connection.
/// </summary>
internal sealed class KestrelTransport(HttpContext context, IDuplexPipe connection, UpgradeSettings settings) : IUpgradedTransport
{
    public PipeReader Input => connection.Input;

    public PipeWriter Output => connection.Output;

    public ValueTask EndAsync(ConnectionEnd end)
    {
        if (end == ConnectionEnd.Abort)
        {
            context.Abort();
        }
        else
        {
            AbortIfItDoesNotClose();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// What we have written may still be in Kestrel's buffer, and no rate limit of HTTP applies to it: a peer that never reads would hold the connection
    /// for ever. The heartbeat, about every second, ends with the connection.
    /// </summary>
    private void AbortIfItDoesNotClose()
    {
        if (context.Features.Get<IConnectionHeartbeatFeature>() is { } heartbeat
            && context.Features.Get<IConnectionLifetimeFeature>() is { } lifetime)
        {
            heartbeat.OnHeartbeat(static closing => ((ClosingConnection)closing).OnHeartbeat(), new ClosingConnection(lifetime, settings));
        }
    }

    // Made of what belongs to the connection: the request and its context are over by then.
    private sealed class ClosingConnection(IConnectionLifetimeFeature connection, UpgradeSettings settings)
    {
        private readonly long _since = settings.Time.GetTimestamp();

        public void OnHeartbeat()
        {
            if (settings.Time.GetElapsedTime(_since) >= settings.WebSockets.CloseTimeout)
            {
                connection.Abort();
            }
        }
    }
}
