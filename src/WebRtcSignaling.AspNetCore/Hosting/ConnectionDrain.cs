using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WebRtcSignaling.AspNetCore.Hosting;

/// <summary>
/// Ends the connections when the app stops, before its web server waits for them: clients get a Close frame with 1001 and the advice to try again,
/// new ones are answered with 503, and whoever has not gone when most of <see cref="HostOptions.ShutdownTimeout"/> is over is aborted.
/// </summary>
internal sealed partial class ConnectionDrain(
    SignalingServer server,
    OpenConnections connections,
    IHostApplicationLifetime lifetime,
    IOptions<HostOptions> hostOptions,
    ILogger<ConnectionDrain> logger,
    TimeProvider? time = null) : IHostedLifecycleService, IDisposable
{
    /// <summary>What is kept of the shutdown time to abort connections and for all else that stops: a quarter of it, up to this.</summary>
    private static readonly TimeSpan _longestReserve = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private CancellationTokenRegistration _stopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Earlier than StoppingAsync where the app stops itself or is told to by a signal.
        _stopping = lifetime.ApplicationStopping.UnsafeRegister(static server => ((SignalingServer)server!).Stop(), server);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        server.Stop();
        if (await HaveEndedAsync(PatienceOf(hostOptions.Value.ShutdownTimeout), cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        LogAborting(logger, connections.Count);
        await connections.AbortAllAsync().ConfigureAwait(false);
        await HaveEndedAsync(_longestReserve, cancellationToken).ConfigureAwait(false);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private static TimeSpan PatienceOf(TimeSpan shutdownTimeout)
    {
        if (shutdownTimeout == Timeout.InfiniteTimeSpan)
        {
            return shutdownTimeout;
        }

        TimeSpan reserve = shutdownTimeout / 4;
        return shutdownTimeout - (reserve < _longestReserve ? reserve : _longestReserve);
    }

    private async Task<bool> HaveEndedAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await connections.WhenNone().WaitAsync(patience, _time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} connections did not end in time and are aborted.")]
    private static partial void LogAborting(ILogger logger, int count);
}
