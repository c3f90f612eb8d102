namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>
/// Lets socket operations of this process complete on the thread that polls the operating system, instead of waking a thread of the pool for each completion. One thread
/// then reads, handles and relays a message, as on an event loop.
/// </summary>
/// <remarks>
/// <para>
/// It makes a server faster, and lowers its latency at any load below the full one (docs/decisions/0016-inline-sockets.md has figures). In return, nothing may block such
/// a thread: there is one for each core, and it serves many connections, all of which wait while a callback of the host app (above all an
/// <see cref="Authorization.ISignalingAuthorizer"/>) waits synchronously or computes for long. Code that awaits is fine. Long computations of this library run on the
/// thread pool.
/// </para>
/// <para>
/// It is meant for programs that do nothing but signaling, or whose other code never blocks. It concerns the whole process, including HTTP clients and database
/// connections. It works on Linux, macOS and other Unix systems; on Windows it changes nothing.
/// </para>
/// </remarks>
public static class InlineSockets
{
    /// <summary>The environment variable that <c>System.Net.Sockets</c> reads; 1 is on, anything else is off.</summary>
    public const string EnvironmentVariable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private const string On = "1";

    /// <summary>
    /// Turns it on, unless <see cref="EnvironmentVariable"/> is set already: then its value counts, so that an operator can turn it off with 0. Call it before the first
    /// socket of the process is used asynchronously, best as the first line of the program: the platform reads the variable once, at that moment, and a later call has no
    /// effect. Child processes inherit the variable. Safe for concurrent use.
    /// </summary>
    /// <returns>Whether the environment variable says that it is on.</returns>
    public static bool Enable()
    {
        string? given = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (string.IsNullOrEmpty(given))
        {
            Environment.SetEnvironmentVariable(EnvironmentVariable, On);
            return true;
        }

        return given == On;
    }
}
