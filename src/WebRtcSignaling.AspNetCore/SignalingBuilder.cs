using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Ice;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.AspNetCore;

/// <summary>Adds to a signaling server what the app brings itself. Made by <c>AddSignaling</c>; not thread-safe, like the services it adds to.</summary>
public sealed class SignalingBuilder
{
    internal SignalingBuilder(IServiceCollection services) => Services = services;

    /// <summary>The app's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Adds the app's say in who may do what; the last one counts. There is one for the whole server: an authorizer that needs a scoped service
    /// (a database context) takes <see cref="IServiceScopeFactory"/> and makes a scope for each decision.
    /// </summary>
    /// <typeparam name="TAuthorizer">The authorizer; its constructor gets services of the app.</typeparam>
    /// <returns>This builder.</returns>
    public SignalingBuilder AddAuthorizer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAuthorizer>()
        where TAuthorizer : class, ISignalingAuthorizer
    {
        Services.AddSingleton<ISignalingAuthorizer, TAuthorizer>();
        return this;
    }

    /// <summary>Adds the app's choice of ICE servers, in place of <see cref="SignalingOptions.Ice"/>; the last one counts. One for the whole server.</summary>
    /// <typeparam name="TProvider">The provider; its constructor gets services of the app.</typeparam>
    /// <returns>This builder.</returns>
    public SignalingBuilder AddIceServers<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider>()
        where TProvider : class, IIceServerProvider
    {
        Services.AddSingleton<IIceServerProvider, TProvider>();
        return this;
    }

    /// <summary>
    /// Adds the app's own knowledge of tickets, for instance where several servers share them, in place of the tickets that
    /// <c>MapSignalingTickets</c> gives; the last one counts. One for the whole server.
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
