using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.WebSockets;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>A connection that was a request, and what is to be done with it: speak until its end, and close or abort it then.</summary>
/// <param name="transport">Its bytes.</param>
/// <param name="connections">Those that the app ends.</param>
/// <param name="time">The clock.</param>
/// <param name="speak">Serves it until it is over; must not hold on to the request.</param>
internal sealed class UpgradedConnection(
    IUpgradedTransport transport,
    OpenConnections connections,
    TimeProvider time,
    Func<IDuplexPipe, CancellationToken, Task<ConnectionEnd>> speak)
{
    /// <summary>Serves it within its request or, where the endpoint of the web server allows it, behind that: then this returns at once.</summary>
    /// <param name="context">The request that became it.</param>
    /// <param name="place">Its place, which is moved to the one that goes on with it.</param>
    public Task ServeAsync(HttpContext context, ConnectionPlace place) =>
        transport is KestrelTransport && context.Features.Get<ConnectionHandover>() is { } handover && handover.TryTake(context, this, place)
            ? Task.CompletedTask
            : RunAsync(context.RequestAborted);

    /// <summary>Serves it here.</summary>
    /// <param name="clientGone">Fires when the web server has noticed that the client is gone.</param>
    public async Task RunAsync(CancellationToken clientGone)
    {
        using var lost = new LostConnection(time, clientGone, connections.Aborting);
        ConnectionEnd end = await speak(transport, lost.Token).ConfigureAwait(false);
        await transport.EndAsync(end).ConfigureAwait(false);
    }
}
