using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WebRtcSignaling;
using WebRtcSignaling.AspNetCore;
using WebRtcSignaling.AspNetCore.Configuration;
using WebRtcSignaling.AspNetCore.Endpoints;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Ice;
using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Tickets;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a signaling server to an app.</summary>
public static class SignalingServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="SignalingServer"/>, which the app's own code can inject as well; <c>MapSignaling</c> lets clients reach it. Its settings come from the section
    /// <c>Signaling</c> of the configuration, then from <paramref name="configure"/>; if one is wrong, the app does not start, and the message names it. Calling it again
    /// only adds settings.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Changes settings; <see langword="null"/> to use only the configuration.</param>
    /// <returns>A builder to add implementations of the app.</returns>
    public static SignalingBuilder AddSignaling(this IServiceCollection services, Action<SignalingHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SignalingHostOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<SignalingHostOptions>, ConfigurationSettings>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SignalingHostOptions>, SettingsValidation>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(static app => new SignalingServer(
            app.GetRequiredService<IOptions<SignalingHostOptions>>().Value,
            app.GetService<ISignalingAuthorizer>(),
            app.GetService<IIceServerProvider>(),
            app.GetService<TimeProvider>(),
            app.GetService<ILoggerFactory>(),
            app.GetService<IMeterFactory>()));
        services.TryAddSingleton(static app => new TicketIssuer(
            app.GetRequiredService<IOptions<SignalingHostOptions>>().Value.Tickets, app.GetService<TimeProvider>()));
        services.TryAddSingleton<ITicketRedeemer>(static app => app.GetRequiredService<TicketIssuer>());
        services.TryAddSingleton(NewWebSocketEndpoint);
        services.TryAddSingleton<OpenConnections>();
        services.TryAddSingleton<ReservedApplications>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Hosting.IHostedService, ConnectionDrain>());
        return new SignalingBuilder(services);
    }

    private static WebSocketEndpoint NewWebSocketEndpoint(IServiceProvider app) => new(
        app.GetRequiredService<SignalingServer>(),
        app.GetRequiredService<IOptions<SignalingHostOptions>>().Value.WebSockets,
        app.GetService<TimeProvider>(),
        app.GetService<ILoggerFactory>(),
        app.GetService<IMeterFactory>(),
        app.GetServices<IDialect>(),
        app.GetRequiredService<ITicketRedeemer>());
}
