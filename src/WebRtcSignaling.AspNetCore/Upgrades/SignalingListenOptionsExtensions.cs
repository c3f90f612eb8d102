using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WebRtcSignaling.AspNetCore.Upgrades;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Prepares endpoints of Kestrel for many signaling connections.</summary>
public static class SignalingListenOptionsExtensions
{
    /// <summary>
    /// Lets signaling connections over HTTP/1.1 outlive the request that opened them: it ends with the handshake, and what the web server keeps for a request (a third of
    /// the memory of an idle connection) is free. Nothing changes for other requests. The app sees such a request end when its connection begins: services of its scope are disposed, its duration is
    /// logged, and middleware that counts running requests does not count connections. Kestrel's own
    /// <see cref="KestrelServerLimits.MaxConcurrentConnections"/> does; where <see cref="KestrelServerLimits.MaxConcurrentUpgradedConnections"/> is set, connections stay in their requests.
    /// With TLS it takes effect if it is called behind <c>UseHttps</c>; connections that it cannot concern, those of HTTP/2 among them, are served as without it.
    /// </summary>
    /// <param name="listenOptions">An endpoint, or the defaults of all (<see cref="KestrelServerOptions.ConfigureEndpointDefaults"/>).</param>
    /// <returns>The same.</returns>
    public static ListenOptions UseSignalingConnections(this ListenOptions listenOptions)
    {
        ArgumentNullException.ThrowIfNull(listenOptions);
        listenOptions.Use(http =>
        {
            IServiceProvider? app = listenOptions.ApplicationServices;
            var heartbeat = new HttpHeartbeat(
                app?.GetService<TimeProvider>() ?? TimeProvider.System, app?.GetService<ILogger<HttpHeartbeat>>() ?? NullLogger<HttpHeartbeat>.Instance);
            return connection => ConnectionHandover.ServeAsync(connection, http, listenOptions.KestrelServerOptions.Limits, heartbeat);
        });
        return listenOptions;
    }
}
