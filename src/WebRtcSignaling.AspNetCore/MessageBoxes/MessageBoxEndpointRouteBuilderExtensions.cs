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
    /// Serves message boxes under a path, with or without a slash at its end, as <c>box.php</c> of php-webrtc-signaling-server does: a request without
    /// parameters creates a box, one with <c>box</c> and <c>msg</c> puts a message, and one with <c>box</c> alone takes all messages. Parameters are in the
    /// query of a GET or POST or in a form; the body of a POST may be the message (<c>text/plain</c>, <c>application/json</c>). With <c>wait</c>, a request
    /// that finds no message waits for so many seconds, up to <see cref="WebRtcSignaling.MessageBoxes.MessageBoxOptions.MaxWait"/>, until a message arrives,
    /// the client disconnects or the app stops. Whoever knows the id of a box may put and take. <c>AllowedOrigins</c> lets pages of other origins in,
    /// without CORS middleware. It may be called more than once; all endpoints share the boxes of the app's <see cref="SignalingServer"/>.
    /// </summary>
    /// <remarks>
    /// A message in a query has to fit into the web server's longest request line: 8 KiB with Kestrel, unless <c>Limits.MaxRequestLineSize</c> says
    /// otherwise. The body of a POST has no such limit.
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
