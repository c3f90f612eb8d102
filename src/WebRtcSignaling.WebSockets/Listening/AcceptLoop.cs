using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>
/// Takes connections until it is told to stop. Accepting can fail for a while, above all when the process or the system has no file
/// descriptors left (EMFILE, ENFILE); then it waits a little and tries again, since those who connected meanwhile still wait.
/// </summary>
/// <param name="accept">Takes one connection: the socket's method, or what a test puts in its place.</param>
/// <param name="accepted">Gets each connection; must neither wait nor throw.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where to log.</param>
internal sealed partial class AcceptLoop(
    Func<CancellationToken, ValueTask<Socket>> accept, Action<Socket> accepted, TimeProvider time, ILogger logger)
{
    /// <summary>Long enough that a failure which lasts costs nothing, short enough that nobody notices one which does not.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private bool _isFailing;

    /// <summary>Runs until <paramref name="stopping"/> fires.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                accepted(await accept(stopping).ConfigureAwait(false));
                _isFailing = false;
            }
            catch (Exception exception) when (
                stopping.IsCancellationRequested && exception is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
            catch (SocketException exception)
            {
                await RecoverAsync(exception.SocketErrorCode, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task RecoverAsync(SocketError error, CancellationToken stopping)
    {
        if (error is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            // The client went away while it waited in the backlog. The next one may be there already.
            return;
        }

        if (!_isFailing)
        {
            _isFailing = true;
            LogAcceptFailed(logger, error);
        }

        await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(10, LogLevel.Warning, "Connections cannot be taken at present ({Error}); trying again until it works.")]
    private static partial void LogAcceptFailed(ILogger logger, SocketError error);
}
