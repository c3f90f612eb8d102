using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.WebSockets.Listening;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets an app give memory back while it is idle.</summary>
public static class IdleCollectorServiceCollectionExtensions
{
    /// <summary>
    /// Runs an <see cref="IdleCollector"/>, which gives memory back to the operating system whenever the app is idle. For apps that do little but signaling: the whole
    /// process is stopped during a collection, for about 2 ms for each megabyte in use. Calling it again only adds settings.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Changes settings; <see langword="null"/> for the defaults. If one is wrong, the app does not start, and the message names it.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddIdleCollector(this IServiceCollection services, Action<IdleCollectorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<IdleCollectorOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IdleCollection>());
        return services;
    }
}
