using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling;
using WebRtcSignaling.Applications;
using WebRtcSignaling.AspNetCore.Endpoints;
using WebRtcSignaling.Compatibility.PeerJs.Connections;
using WebRtcSignaling.Compatibility.PeerJs.Http;
using WebRtcSignaling.Errors;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Lets PeerJS clients reach the signaling server of an app.</summary>
public static class PeerJsEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves PeerJS clients (npm <c>peerjs</c>) under a path: the WebSocket at <c>{path}/peerjs</c>, and for each of the keys
    /// (<see cref="WebRtcSignaling.Compatibility.PeerJs.PeerJsOptions.Keys"/>) <c>{path}/{key}/id</c> and <c>{path}/{key}/peers</c>. Nothing else below the
    /// path is served. Needs <c>AddSignaling().AddCompatibility()</c>. It may be called more than once. The user of the WebSocket's request becomes the
    /// user of the session. <c>AllowedOrigins</c> lets pages of other origins in, without CORS middleware.
    /// </summary>
    /// <remarks>
    /// Each key is an application in which all clients may send signals to each other. It is added unless it exists, and can be reached only through
    /// endpoints that name it, so that <c>RequireAuthorization</c> here protects it. An application of <see cref="SignalingOptions.Applications"/> keeps
    /// its settings.
    /// </remarks>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path, as in the <c>path</c> setting of clients.</param>
    /// <returns>A builder for conventions such as <c>RequireAuthorization</c>.</returns>
    /// <exception cref="InvalidOperationException">
    /// <c>AddCompatibility</c> was not called, or the application of a key cannot be added, or it exists and does not allow direct signals.
    /// </exception>
    public static SignalingEndpointConventionBuilder MapPeerJs(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        IServiceProvider services = endpoints.ServiceProvider;
        if (services.GetService<PeerJsServer>() is not { } peerJs)
        {
            throw new InvalidOperationException(
                "Call builder.Services.AddSignaling().AddCompatibility() before the app is built; MapPeerJs needs it.");
        }

        SignalingServer server = services.GetRequiredService<SignalingServer>();
        ReservedApplications reserved = services.GetRequiredService<ReservedApplications>();
        PeerJsRequestHandler handler = ActivatorUtilities.CreateInstance<PeerJsRequestHandler>(services);
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.Map("/peerjs", (RequestDelegate)handler.ConnectAsync).WithDisplayName($"PeerJS {pattern}");
        foreach (string key in peerJs.Keys)
        {
            Provide(key, server, peerJs);
            reserved.Add(key);
            group.MapForScripts($"/{key}/id", handler.CreateIdAsync, $"PeerJS {pattern} id");
            group.MapForScripts($"/{key}/peers", context => handler.ListPeersAsync(context, key), $"PeerJS {pattern} peers");
        }

        return new SignalingEndpointConventionBuilder(group.WithMetadata(new DisableRequestTimeoutAttribute()));
    }

    /// <summary>Sees to it that there is an application in which all may signal all.</summary>
    private static void Provide(string key, SignalingServer server, PeerJsServer peerJs)
    {
        if (server.FindApplication(key) is not { } existing)
        {
            SignalingResult<SignalingApplication> added = server.AddApplication(key, peerJs.Options.ToApplicationOptions());
            if (added.Error is { } refusal)
            {
                throw new InvalidOperationException($"The application of the PeerJS key '{key}' cannot be added: {refusal.Message}");
            }
        }
        else if (!existing.Options.AllowDirectSignals)
        {
            throw new InvalidOperationException(
                $"The application '{key}' is that of a PeerJS key and needs Signaling:Applications:{key}:AllowDirectSignals: true.");
        }
    }
}
