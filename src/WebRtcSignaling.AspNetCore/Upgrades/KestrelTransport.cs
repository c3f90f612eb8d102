using System.IO.Pipelines;
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
            ClosingConnection.Watch(context, settings);
        }

        return ValueTask.CompletedTask;
    }
}
