using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using WebRtcSignaling.AspNetCore;
using WebRtcSignaling.Compatibility.Configuration;
using WebRtcSignaling.Compatibility.EasyRtc;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Compatibility.EventSockets;
using WebRtcSignaling.Compatibility.PeerJs;
using WebRtcSignaling.Compatibility.PeerJs.Connections;
using WebRtcSignaling.Compatibility.PeerServer;
using WebRtcSignaling.Compatibility.RoomSignalling;
using WebRtcSignaling.Compatibility.SocketIO;
using WebRtcSignaling.Compatibility.SocketIO.Connections;
using WebRtcSignaling.WebSockets.Dialects;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the protocols of other signaling servers.</summary>
public static class CompatibilityBuilderExtensions
{
    /// <summary>
    /// Adds Socket.IO, PeerJS and the dialects of other signaling servers, for clients that already exist; <c>MapSocketIO</c> and <c>MapPeerJs</c> let
    /// these connect. <c>MapSignaling</c> speaks the dialects of Socket.IO clients as well, by their sub-protocols. Settings of Socket.IO and of PeerJS
    /// come from the sections <c>Signaling:SocketIO</c> and <c>Signaling:PeerJs</c> of the configuration, then from the parameters; those of
    /// <see cref="PeerServerOptions"/> from <c>Signaling:PeerServer</c>, those of <see cref="EasyRtcOptions"/> from <c>Signaling:EasyRtc</c>. Calling it
    /// again only adds settings.
    /// </summary>
    /// <param name="builder">What <c>AddSignaling</c> returned.</param>
    /// <param name="configureSocketIO">Changes settings of Socket.IO; <see langword="null"/> to use only the configuration.</param>
    /// <param name="configurePeerJs">Changes settings of PeerJS; <see langword="null"/> to use only the configuration.</param>
    /// <returns>The same builder.</returns>
    public static SignalingBuilder AddCompatibility(
        this SignalingBuilder builder, Action<SocketIOOptions>? configureSocketIO = null, Action<PeerJsOptions>? configurePeerJs = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        services.AddSettings<SocketIOOptions>(
            "SocketIO", static (section, options) => section.Bind(options), static (options, path) => options.Validate(path), configureSocketIO);
        services.AddSettings<PeerJsOptions>(
            "PeerJs", static (section, options) => section.Bind(options), static (options, path) => options.Validate(path), configurePeerJs);
        services.AddSettings<PeerServerOptions>(
            "PeerServer", static (section, options) => section.Bind(options), static (options, path) => options.Validate(path));
        services.AddSettings<EasyRtcOptions>(
            "EasyRtc", static (section, options) => section.Bind(options), static (options, path) => options.Validate(path));

        services.TryAddSingleton<ClientApplications>();
        services.TryAddSingleton<EasyRtcClients>();
        services.TryAddSingleton<EasyRtcServices>();
        services.AddEventDialect<EasyRtcDialect>();
        services.AddEventDialect<PeerServerDialect>();
        services.AddEventDialect<RoomSignallingDialect>();

        services.TryAddSingleton<PeerJsServer>();
        services.TryAddSingleton<SocketIOServer>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SocketIODrain>());
        return builder;
    }

    /// <summary>Adds an event vocabulary to all wires.</summary>
    internal static IServiceCollection AddEventDialect<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TDialect>(
        this IServiceCollection services)
        where TDialect : class, IEventDialect
    {
        services.TryAddSingleton<TDialect>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventDialect, TDialect>(static app => app.GetRequiredService<TDialect>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDialect, EventSocketDialect<TDialect>>());
        return services;
    }
}
