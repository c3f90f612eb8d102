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
    /// Issues one-time tickets under a path, to users that the app has authenticated: a POST is answered with
    /// <c>{"ticket":"…","expiresIn":30000}</c> (milliseconds). The client opens its WebSocket with the ticket as an additional
    /// sub-protocol, <c>new WebSocket(url, ["webrtc-signaling.v1", "ticket." + ticket])</c>, or sends it in <c>hello</c>, and the session
    /// belongs to the user who got the ticket. So no cookie has to reach the WebSocket, and no long-lived secret is in an address or a log.
    /// Needs <c>AddSignaling</c>.
    /// </summary>
    /// <remarks>
    /// A user that is not authenticated is refused with 401, unless the endpoint has <c>AllowAnonymous</c>; <c>RequireAuthorization</c> may
    /// demand more. Pages of the origins that may connect may get tickets; others are refused with 403. Over the limits of
    /// <see cref="TicketOptions"/> the answer is 429 with <c>Retry-After</c>. No answer may be cached.
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
