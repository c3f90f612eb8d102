using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Connections;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>A connection that was a request, and what is to be done with it: speak until its end, and close or abort it then.</summary>
/// <param name="transport">Its bytes.</param>
/// <param name="connections">Those that the app ends.</param>
/// <param name="speak">Serves it until it is over; must not hold on to the request.</param>
internal sealed class UpgradedConnection(
    IUpgradedTransport transport,
    OpenConnections connections,
    Func<IDuplexPipe, ConnectionLoss, Task<ConnectionEnd>> speak)
{
    /// <summary>Its bytes.</summary>
    public IUpgradedTransport Transport => transport;

    /// <summary>Serves it within its request or, where the endpoint of the web server allows it, behind that: then this returns at once.</summary>
    /// <param name="context">The request that became it.</param>
    /// <param name="place">Its place, which is moved to the one that goes on with it.</param>
    public async Task ServeAsync(HttpContext context, ConnectionPlace place)
    {
        if (transport is not KestrelTransport || ConnectionHandover.Find(context.Features)?.TryTake(this, place) is not true)
        {
            await transport.EndAsync(await SpeakAsync(context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    /// <summary>Serves it here until it is over. <see cref="IUpgradedTransport.EndAsync"/> follows.</summary>
    /// <param name="clientGone">Fires when the web server has noticed that the client is gone.</param>
    public Task<ConnectionEnd> SpeakAsync(CancellationToken clientGone) => speak(transport, new ConnectionLoss(connections.Aborting, clientGone));
}
