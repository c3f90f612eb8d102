using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling;
using WebRtcSignaling.AspNetCore.Endpoints;
using WebRtcSignaling.AspNetCore.MessageBoxes;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Lets HTTP clients reach the message boxes of an app.</summary>
public static class MessageBoxEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves message boxes under a path, with a slash at its end or without, as <c>box.php</c> of php-webrtc-signaling-server does: no parameter creates a
    /// box, <c>box</c> and <c>msg</c> put a message, <c>box</c> alone takes all; by the query of a GET or POST, by a form, or with the body of a POST as the
    /// message (<c>text/plain</c>, <c>application/json</c>). <c>wait</c> lets a request that finds nothing wait so many seconds, up to
    /// <see cref="WebRtcSignaling.MessageBoxes.MessageBoxOptions.MaxWait"/>, until a message comes, the client goes or the app stops. Whoever knows a box's
    /// id may put and take. Pages of other origins are allowed by <c>AllowedOrigins</c>, with no CORS middleware. It may be called more than once; all
    /// endpoints share the boxes of the app's <see cref="SignalingServer"/>.
    /// </summary>
    /// <remarks>
    /// A message in a query has to fit into the web server's longest request line: Kestrel takes 8 KiB unless <c>Limits.MaxRequestLineSize</c> says
    /// otherwise. A POST has no such limit.
    /// </remarks>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path.</param>
    /// <returns>A builder for conventions such as <c>RequireAuthorization</c>.</returns>
    /// <exception cref="InvalidOperationException"><c>AddSignaling</c> was not called.</exception>
    public static SignalingEndpointConventionBuilder MapMessageBox(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/box")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        if (endpoints.ServiceProvider.GetService<SignalingServer>() is null)
        {
            throw new InvalidOperationException("Call builder.Services.AddSignaling() before the app is built; MapMessageBox needs it.");
        }

        MessageBoxHandler handler = ActivatorUtilities.CreateInstance<MessageBoxHandler>(endpoints.ServiceProvider);
        return endpoints
            .MapForScripts(pattern, handler.HandleAsync, $"Message box {pattern}")
            .WithMetadata(new DisableRequestTimeoutAttribute());
    }
}
