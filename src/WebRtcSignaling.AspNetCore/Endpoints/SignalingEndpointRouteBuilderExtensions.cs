using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling;
using WebRtcSignaling.AspNetCore.Endpoints;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Lets clients reach the signaling server of an app.</summary>
public static class SignalingEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves WebSocket clients under a path: raw WebSockets with JSON messages, over HTTP/1.1 and HTTP/2. Needs <c>AddSignaling</c>, but not
    /// <c>UseWebSockets</c>. The user of the request becomes the user of the session. It may be called more than once.
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="configureEndpoint">Changes the settings of this endpoint; <see langword="null"/> for the defaults.</param>
    /// <returns>A builder for conventions such as <c>RequireAuthorization</c>.</returns>
    /// <exception cref="InvalidOperationException"><c>AddSignaling</c> was not called, or the endpoint's application does not exist.</exception>
    public static SignalingEndpointConventionBuilder MapSignaling(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern = "/signaling",
        Action<SignalingEndpointOptions>? configureEndpoint = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        IServiceProvider services = endpoints.ServiceProvider;
        if (services.GetService<SignalingServer>() is not { } server)
        {
            throw new InvalidOperationException("Call builder.Services.AddSignaling() before the app is built; MapSignaling needs it.");
        }

        var options = new SignalingEndpointOptions();
        configureEndpoint?.Invoke(options);
        if (options.Application is { } application)
        {
            Reserve(application, server, services.GetRequiredService<ReservedApplications>());
        }

        SignalingRequestHandler handler = ActivatorUtilities.CreateInstance<SignalingRequestHandler>(services, options);
        return new SignalingEndpointConventionBuilder(endpoints
            .Map(pattern, (RequestDelegate)handler.HandleAsync)
            .WithDisplayName($"Signaling {pattern}")
            .WithMetadata(new DisableRequestTimeoutAttribute())
            .DisableCookieRedirect());
    }

    /// <summary>Keeps an application for the endpoints that name it.</summary>
    internal static void Reserve(string application, SignalingServer server, ReservedApplications reserved)
    {
        if (server.FindApplication(application) is null)
        {
            throw new InvalidOperationException(
                $"There is no application '{application}'. Add it to the setting Signaling:Applications, or in code: "
                + $"AddSignaling(options => options.Applications[\"{application}\"] = new()).");
        }

        reserved.Add(application);
    }
}
