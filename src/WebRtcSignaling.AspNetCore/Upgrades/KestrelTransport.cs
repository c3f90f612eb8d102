using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using WebRtcSignaling.WebSockets;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>
/// Kestrel's connection itself, behind TLS its decrypted side: after an HTTP/1.1 upgrade nothing else reads or writes it, and going past the layers of
/// HTTP saves a copy and a buffer for each connection. It is made of what belongs to the connection, and does not know the request.
/// </summary>
internal sealed class KestrelTransport(
    IDuplexPipe pipes, IConnectionLifetimeFeature lifetime, IConnectionHeartbeatFeature? heartbeat, UpgradeSettings settings) : IUpgradedTransport
{
    public PipeReader Input => pipes.Input;

    public PipeWriter Output => pipes.Output;

    public ValueTask EndAsync(ConnectionEnd end)
    {
        if (end == ConnectionEnd.Abort)
        {
            lifetime.Abort();
        }
        else if (heartbeat is not null)
        {
            ClosingConnection.Watch(lifetime, heartbeat, settings);
        }

        return ValueTask.CompletedTask;
    }
}
