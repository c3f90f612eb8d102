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
    /// Lets WebSockets be read, handled and answered on the threads that poll the operating system (<see cref="InlineSockets"/>), so that a signal wakes no other thread.
    /// Requests of HTTP/1.1 and HTTP/2 still run on the thread pool. For apps in which the code that signaling calls (an authorizer, a provider of ICE servers, a sink)
    /// never blocks; code that awaits is fine. Call it before the process uses its first socket; it concerns the whole process.
    /// </summary>
    /// <remarks>
    /// Sets <see cref="SocketTransportOptions.UnsafePreferInlineScheduling"/>, whose documentation says why it is called unsafe. If the environment variable
    /// <c>DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS</c> is set to anything but 1, this changes nothing. docs/decisions/0016-inline-sockets.md has the figures.
    /// </remarks>
    /// <param name="builder">The app's web server, Kestrel with its sockets.</param>
    /// <returns>The same builder.</returns>
    public static IWebHostBuilder UseInlineSockets(this IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return InlineSockets.Enable() ? builder.ConfigureServices(UseInlineScheduling) : builder;
    }

    /// <summary>
    /// Lets the web server's connections use memory blocks of 16 kB instead of 4 kB. A session description is then read with one call to the operating system instead of
    /// two or three: a signal of 6,000 bytes takes about 0.6 of the CPU time, a short one the same. For apps that do little but signaling: a block is held only while it
    /// contains data, but a connection with a few bytes then holds four times as much. docs/decisions/0021-larger-blocks.md has the figures.
    /// </summary>
    /// <remarks>Replaces the <see cref="IMemoryPoolFactory{T}"/> of the app; Kestrel's metrics about its own memory pool stay empty.</remarks>
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
