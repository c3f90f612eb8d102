using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.WebSockets.Listening;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets an app give memory back while it is idle.</summary>
public static class IdleCollectorServiceCollectionExtensions
{
    /// <summary>
    /// Lets an <see cref="IdleCollector"/> give memory back to the operating system whenever the app has come to rest, for as long as it runs. For apps that do little but
    /// signaling: the whole process waits while it collects, about 2 ms for a megabyte in use. Calling it again only adds settings.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Changes settings; <see langword="null"/> for the defaults. A wrong one stops the app at its start with a message that names it.</param>
    /// <returns>The same.</returns>
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
