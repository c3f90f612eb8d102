using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.AspNetCore.Endpoints;
using WebRtcSignaling.AspNetCore.Tickets;
using WebRtcSignaling.WebSockets.Tickets;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Lets the users of an app get tickets for the signaling server.</summary>
public static class TicketEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Gives one-time tickets under a path, to whoever the app's own authentication knows: a POST is answered with
    /// <c>{"ticket":"…","expiresIn":30000}</c> (milliseconds). The client opens its WebSocket with the ticket as a further sub-protocol,
    /// <c>new WebSocket(url, ["webrtc-signaling.v1", "ticket." + ticket])</c>, or sends it in <c>hello</c>, and the session belongs to the
    /// user who got the ticket. So no cookie need reach the WebSocket, and no long-lived secret stands in an address or a log. Needs
    /// <c>AddSignaling</c>.
    /// </summary>
    /// <remarks>
    /// Whoever is not authenticated is refused with 401, unless the endpoint has <c>AllowAnonymous</c>; <c>RequireAuthorization</c> may ask
    /// for more. Pages of the origins that may connect may also ask, from any other 403. Past the limits of <see cref="TicketOptions"/> the
    /// answer is 429 with <c>Retry-After</c>. No answer may be stored.
    /// </remarks>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path.</param>
    /// <returns>A builder for conventions such as <c>RequireAuthorization</c>.</returns>
    /// <exception cref="InvalidOperationException"><c>AddSignaling</c> was not called.</exception>
    public static SignalingEndpointConventionBuilder MapSignalingTickets(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/signaling/tickets")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        IServiceProvider services = endpoints.ServiceProvider;
        if (services.GetService<TicketIssuer>() is null)
        {
            throw new InvalidOperationException(
                "Call builder.Services.AddSignaling() before the app is built; MapSignalingTickets needs it.");
        }

        TicketRequestHandler handler = ActivatorUtilities.CreateInstance<TicketRequestHandler>(services);
        return endpoints.MapForScripts(
            pattern, HttpMethods.Post, handler.HandleAsync, handler.HandlePreflightAsync, $"Signaling tickets {pattern}");
    }
}
