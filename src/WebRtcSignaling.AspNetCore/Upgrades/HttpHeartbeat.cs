using Microsoft.Extensions.Logging;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>
/// The heartbeat of connections for as long as HTTP has them: once a second, as Kestrel's own is, which HTTP's time limits are made for. Kestrel's visits each connection until its
/// end and calls whoever has registered, and nobody can leave it again; many idle connections would pay for that (docs/performance.md, "Idle connections").
/// Safe for concurrent use.
/// </summary>
internal sealed partial class HttpHeartbeat
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<ConnectionHandover> _connections = [];
    private readonly ITimer _timer;
    private readonly ILogger _logger;
    private bool _isRunning;

    public HttpHeartbeat(TimeProvider time, ILogger logger)
    {
        _logger = logger;
        _timer = time.CreateTimer(static heartbeat => ((HttpHeartbeat)heartbeat!).Beat(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(ConnectionHandover connection)
    {
        lock (_lock)
        {
            _connections.Add(connection);
            if (!_isRunning)
            {
                _isRunning = true;
                _timer.Change(_interval, _interval);
            }
        }
    }

    public void Remove(ConnectionHandover connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
        }
    }

    private void Beat()
    {
        ConnectionHandover[] connections;
        lock (_lock)
        {
            connections = [.. _connections];
            if (connections.Length == 0)
            {
                // Without connections nothing keeps the timer, and it nothing.
                _isRunning = false;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        // Without the lock: whoever hears of it may end its connection.
        foreach (ConnectionHandover connection in connections)
        {
            try
            {
                connection.Beat();
            }
#pragma warning disable CA1031 // Anybody may listen; the others' time limits must not depend on it, nor the process.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogBeatFailed(_logger, exception);
            }
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "What listens to a connection's heartbeat failed.")]
    private static partial void LogBeatFailed(ILogger logger, Exception exception);
}
