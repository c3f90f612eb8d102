using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace WebRtcSignaling.AspNetCore.Hosting;

/// <summary>
/// Runs every request, up to its upgrade to a WebSocket, on the thread pool, before any of the app's code. Where sockets complete inline, a client that sends one request behind
/// the other would else keep the thread that many connections share, and so would a page or a database that takes its time.
/// </summary>
internal sealed class RequestsOnThreadPool : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static async (context, handle) =>
        {
            await Task.Yield();
            await handle(context).ConfigureAwait(false);
        });
        next(app);
    };
}
