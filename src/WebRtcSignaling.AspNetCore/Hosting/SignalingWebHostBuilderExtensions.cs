using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.WebSockets.Listening;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Adapts an app's web server to signaling.</summary>
public static class SignalingWebHostBuilderExtensions
{
    /// <summary>
    /// Lets WebSockets be read, dealt with and answered on the threads that hear of them from the operating system (<see cref="InlineSockets"/>): a signal wakes no other
    /// thread. Requests of HTTP/1.1 and HTTP/2 still run on the thread pool. For apps whose code called by signaling (an authorizer, a provider of ICE servers,
    /// a sink) never blocks; code that awaits is fine. To be called before the process uses its first socket; it is for the whole process.
    /// </summary>
    /// <remarks>
    /// Sets <see cref="SocketTransportOptions.UnsafePreferInlineScheduling"/>, whose documentation says why it is called unsafe. Off if the variable
    /// <c>DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS</c> of the environment is set to anything but 1; this then changes nothing. docs/decisions/0016-inline-sockets.md has the figures.
    /// </remarks>
    /// <param name="builder">The app's web server, Kestrel with its sockets.</param>
    /// <returns>The same builder.</returns>
    public static IWebHostBuilder UseInlineSockets(this IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return InlineSockets.Enable() ? builder.ConfigureServices(UseInlineScheduling) : builder;
    }

    /// <summary>The part of it that is for one server only.</summary>
    internal static void UseInlineScheduling(IServiceCollection services)
    {
        services.Configure<SocketTransportOptions>(static sockets => sockets.UnsafePreferInlineScheduling = true);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, RequestsOnThreadPool>());
    }
}
