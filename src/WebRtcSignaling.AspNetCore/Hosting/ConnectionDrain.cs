using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WebRtcSignaling.AspNetCore.Hosting;

/// <summary>
/// Ends the connections when the app stops, before its web server waits for them: clients are sent away in waves (<see cref="SignalingServer.DrainAsync"/>), each with
/// a time after which to come back and a Close frame with 1001, new ones are answered with 503, and whoever has not gone when most of
/// <see cref="HostOptions.ShutdownTimeout"/> is over is aborted.
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
    private readonly Lock _lock = new();
    private CancellationTokenRegistration _stopping;
    private Task? _drained;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Earlier than StoppingAsync where the app stops itself or is told to by a signal.
        _stopping = lifetime.ApplicationStopping.UnsafeRegister(static drain => ((ConnectionDrain)drain!).BeginAsync(), this);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Task drained = BeginAsync();
        if (await HaveEndedAsync(drained, PatienceOf(hostOptions.Value.ShutdownTimeout), cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        server.Stop();
        LogAborting(logger, connections.Count);
        await connections.AbortAllAsync().ConfigureAwait(false);
        await HaveEndedAsync(drained, _longestReserve, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Begins to send clients away. Called again, it joins what has begun.</summary>
    private Task BeginAsync()
    {
        lock (_lock)
        {
            return _drained ??= server.DrainAsync(WavesWithin());
        }
    }

    /// <summary>How long the waves may take: no more than half of the shutdown time, so that the last clients can close as well as the first.</summary>
    private TimeSpan WavesWithin()
    {
        TimeSpan most = hostOptions.Value.ShutdownTimeout / 2;
        TimeSpan wanted = server.Options.Drain.Timeout;
        return hostOptions.Value.ShutdownTimeout == Timeout.InfiniteTimeSpan || wanted < most ? wanted : most;
    }

    private async Task<bool> HaveEndedAsync(Task drained, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await EndAsync(drained).WaitAsync(patience, _time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task EndAsync(Task drained)
    {
        await drained.ConfigureAwait(false);
        await connections.WhenNone().ConfigureAwait(false);
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} connections did not end in time and are aborted.")]
    private static partial void LogAborting(ILogger logger, int count);
}
