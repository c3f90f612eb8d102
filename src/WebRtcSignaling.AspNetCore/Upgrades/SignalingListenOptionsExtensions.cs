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
    /// Lets signaling connections over HTTP/1.1 outlive the request that opened them: the request ends with the handshake, and what the web server keeps for a request (a
    /// third of the memory of an idle connection) is freed. Other requests are not affected. For the app, such a request ends when its connection begins: services of its
    /// scope are disposed, its duration is logged, and middleware that counts running requests does not count connections. Kestrel's own
    /// <see cref="KestrelServerLimits.MaxConcurrentConnections"/> does; if <see cref="KestrelServerLimits.MaxConcurrentUpgradedConnections"/> is set, connections stay in
    /// their requests. With TLS, call it after <c>UseHttps</c>. Connections for which it is not possible, such as those of HTTP/2, are served as without it.
    /// </summary>
    /// <param name="listenOptions">An endpoint, or the defaults of all (<see cref="KestrelServerOptions.ConfigureEndpointDefaults"/>).</param>
    /// <returns>The same endpoint.</returns>
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
