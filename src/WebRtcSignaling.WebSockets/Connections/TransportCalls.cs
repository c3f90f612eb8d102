using System.IO.Pipelines;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>Calls that let go of a transport, which may be gone already, and with it what was to be let go.</summary>
internal static class TransportCalls
{
    public static void CancelRead(PipeReader input) => Try(static pipe => pipe.CancelPendingRead(), input);

    public static void CancelFlush(PipeWriter output) => Try(static pipe => pipe.CancelPendingFlush(), output);

    private static void Try<T>(Action<T> call, T pipe)
    {
        try
        {
            call(pipe);
        }
#pragma warning disable CA1031 // A transport may throw what it likes when its peer is gone.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
