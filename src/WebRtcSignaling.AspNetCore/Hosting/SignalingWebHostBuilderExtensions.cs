using Microsoft.AspNetCore.Connections;
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

    /// <summary>
    /// Lets the web server's connections read into and write from blocks of 16 kB instead of 4 kB. A session description then comes by one call to the operating system instead of two or three: a
    /// signal of 6,000 bytes takes about 0.6 of the CPU time, a short one the same. For apps that do little but signaling: a block is held only while there is something in it, but then a
    /// connection with a few bytes holds four times as much. docs/decisions/0021-larger-blocks.md has the figures.
    /// </summary>
    /// <remarks>Takes the place of the <see cref="IMemoryPoolFactory{T}"/> of the app, and so of Kestrel's metrics about its memory.</remarks>
    /// <param name="builder">The app's web server, Kestrel.</param>
    /// <returns>The same builder.</returns>
    public static IWebHostBuilder UseSignalingMemoryPool(this IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(static services => services.Replace(ServiceDescriptor.Singleton<IMemoryPoolFactory<byte>, BlockPoolFactory>()));
    }

    /// <summary>The part of <see cref="UseInlineSockets"/> that is for one server only.</summary>
    internal static void UseInlineScheduling(IServiceCollection services)
    {
        services.Configure<SocketTransportOptions>(static sockets => sockets.UnsafePreferInlineScheduling = true);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, RequestsOnThreadPool>());
    }
}
