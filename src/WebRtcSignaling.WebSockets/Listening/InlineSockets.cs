namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>
/// Lets the sockets of this process complete on the thread that hears of them from the operating system, instead of waking a thread of the pool for each completion. A
/// message is then read, dealt with and sent on by one thread without a change, as on an event loop.
/// </summary>
/// <remarks>
/// <para>
/// It makes a server faster and far quicker to answer at any rate below its full one (docs/decisions/0016-inline-sockets.md has figures), and it asks something of the
/// program: such a thread serves many connections, one thread for each core, and whatever blocks it (a callback of the host app that waits synchronously or computes for long, an
/// <see cref="Authorization.ISignalingAuthorizer"/> above all) keeps all of them waiting. Code that awaits is fine. What this library computes for long, it does elsewhere.
/// </para>
/// <para>
/// For programs that do nothing but signaling, or whose other code never blocks. It is for the whole process, HTTP clients and databases included, and for Linux, macOS and other
/// systems of that kind; on Windows it changes nothing.
/// </para>
/// </remarks>
public static class InlineSockets
{
    /// <summary>The variable of the process's environment by which <c>System.Net.Sockets</c> is told so; 1 for on, anything else for off.</summary>
    public const string EnvironmentVariable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private const string On = "1";

    /// <summary>
    /// Turns it on, unless <see cref="EnvironmentVariable"/> has been set from outside: then that counts, so an operator can turn it off by a 0. To be called before the first
    /// socket of the process is used asynchronously, best as the first line of the program: the platform reads the variable once, at that moment, and a later call has no
    /// effect. Processes that this one starts inherit the variable. Safe for concurrent use.
    /// </summary>
    /// <returns>Whether it is on as far as the environment says.</returns>
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
