using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Ice;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.AspNetCore;

/// <summary>
/// Adds the implementations of the app to a signaling server. Returned by <c>AddSignaling</c>; not thread-safe, like the services that it adds to.
/// </summary>
public sealed class SignalingBuilder
{
    internal SignalingBuilder(IServiceCollection services) => Services = services;

    /// <summary>The app's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Adds the authorizer of the app; the last one counts. It is a singleton: an authorizer that needs a scoped service (a database context) takes
    /// <see cref="IServiceScopeFactory"/> and creates a scope for each decision.
    /// </summary>
    /// <typeparam name="TAuthorizer">The authorizer; its constructor gets services of the app.</typeparam>
    /// <returns>This builder.</returns>
    public SignalingBuilder AddAuthorizer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAuthorizer>()
        where TAuthorizer : class, ISignalingAuthorizer
    {
        Services.AddSingleton<ISignalingAuthorizer, TAuthorizer>();
        return this;
    }

    /// <summary>Adds the app's provider of ICE servers, in place of <see cref="SignalingOptions.Ice"/>; the last one counts. It is a singleton.</summary>
    /// <typeparam name="TProvider">The provider; its constructor gets services of the app.</typeparam>
    /// <returns>This builder.</returns>
    public SignalingBuilder AddIceServers<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider>()
        where TProvider : class, IIceServerProvider
    {
        Services.AddSingleton<IIceServerProvider, TProvider>();
        return this;
    }

    /// <summary>
    /// Adds the app's own redeemer of tickets, for instance if several servers share them, in place of the one for the tickets that
    /// <c>MapSignalingTickets</c> issues; the last one counts. It is a singleton.
    /// </summary>
    /// <typeparam name="TRedeemer">The redeemer; its constructor gets services of the app, <see cref="TicketIssuer"/> among them.</typeparam>
    /// <returns>This builder.</returns>
    public SignalingBuilder AddTicketRedeemer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TRedeemer>()
        where TRedeemer : class, ITicketRedeemer
    {
        Services.AddSingleton<ITicketRedeemer, TRedeemer>();
        return this;
    }
}
