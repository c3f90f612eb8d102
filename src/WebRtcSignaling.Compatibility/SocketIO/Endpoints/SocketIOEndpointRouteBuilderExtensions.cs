using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling;
using WebRtcSignaling.AspNetCore.Endpoints;
using WebRtcSignaling.Compatibility.SocketIO.Connections;
using WebRtcSignaling.Compatibility.SocketIO.Endpoints;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Lets Socket.IO clients reach the signaling server of an app.</summary>
public static class SocketIOEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves Socket.IO clients of the versions 1 to 4 under a path, with or without a slash at its end: long-polling, WebSockets, and the upgrade from one to
    /// the other. Clients of EasyRTC, PHPPeerServer and room signalling can all use the same path. Needs <c>AddSignaling().AddCompatibility()</c>. It may be
    /// called more than once. The user of a client's first request becomes the user of its session. <c>AllowedOrigins</c> lets pages of other origins in, with
    /// the headers that browsers need, without CORS middleware.
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="configureEndpoint">Changes the settings of this endpoint; <see langword="null"/> for the defaults.</param>
    /// <returns>A builder for conventions such as <c>RequireAuthorization</c>.</returns>
    /// <exception cref="InvalidOperationException"><c>AddCompatibility</c> was not called, or the endpoint's application does not exist.</exception>
    public static SignalingEndpointConventionBuilder MapSocketIO(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern = "/socket.io",
        Action<SocketIOEndpointOptions>? configureEndpoint = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        if (endpoints.ServiceProvider.GetService<SocketIOServer>() is not { } server)
        {
            throw new InvalidOperationException(
                "Call builder.Services.AddSignaling().AddCompatibility() before the app is built; MapSocketIO needs it.");
        }

        var options = new SocketIOEndpointOptions();
        configureEndpoint?.Invoke(options);
        if (options.Application is { } application)
        {
            SignalingServer signaling = endpoints.ServiceProvider.GetRequiredService<SignalingServer>();
            SignalingEndpointRouteBuilderExtensions.Reserve(
                application, signaling, endpoints.ServiceProvider.GetRequiredService<ReservedApplications>());
        }

        return endpoints
            .MapForScripts(pattern, server.CreateHandler(options.Application).HandleAsync, $"Socket.IO {pattern}")
            .WithMetadata(new DisableRequestTimeoutAttribute());
    }
}
