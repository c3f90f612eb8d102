using WebRtcSignaling.Probe;

/// <summary>
/// What the runtime calls in a program that is started with DOTNET_STARTUP_HOOKS naming this assembly, before the program's own code; it looks for
/// this name, outside of any namespace.
/// </summary>
#pragma warning disable CA1050 // See above.
internal static class StartupHook
#pragma warning restore CA1050
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("SIGNALING_PROBE") is { Length: > 0 } path)
        {
            ServerProbe.Start(path);
        }
    }
}
