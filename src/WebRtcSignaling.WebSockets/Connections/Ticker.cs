using Microsoft.Extensions.Logging;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// Calls about once a second, for as long as there is anybody to look after: a process without clients sleeps. One call at a time, however long it takes.
/// Safe for concurrent use.
/// </summary>
internal sealed partial class Ticker : IDisposable
{
    /// <summary>How often it calls.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private readonly ILogger _logger;
    private readonly Func<bool> _isAnybodyThere;
    private readonly Action _tick;
    private bool _isRunning;
    private int _isTicking;

    /// <param name="time">The clock.</param>
    /// <param name="logger">Where to log what fails.</param>
    /// <param name="isAnybodyThere">Whether to go on. Whoever comes, is there before <see cref="Wake"/>.</param>
    /// <param name="tick">What to call. Must not throw; see <see cref="Visit{T}(T, Action{T})"/>.</param>
    public Ticker(TimeProvider time, ILogger logger, Func<bool> isAnybodyThere, Action tick)
    {
        _logger = logger;
        _isAnybodyThere = isAnybodyThere;
        _tick = tick;
        _timer = time.CreateTimer(static ticker => ((Ticker)ticker!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Somebody has come.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            if (!_isRunning)
            {
                _isRunning = true;
                _timer.Change(Interval, Interval);
            }
        }
    }

    /// <summary>Looks after one of many. What fails there, a listener of the host app's perhaps, concerns neither the others nor the process.</summary>
    public void Visit<T>(T one, Action<T> look) => Visit(
        (One: one, Look: look),
        static visit =>
        {
            visit.Look(visit.One);
            return true;
        });

    /// <inheritdoc cref="Visit{T}(T, Action{T})"/>
    /// <returns>What it gave; the default value if it failed.</returns>
    public TResult? Visit<T, TResult>(T one, Func<T, TResult> look)
    {
        try
        {
            return look(one);
        }
#pragma warning disable CA1031 // Anybody may listen to what happens meanwhile.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(_logger, exception);
            return default;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        // A timer does not wait for its callback.
        if (Interlocked.Exchange(ref _isTicking, 1) != 0)
        {
            return;
        }

        if (GoesOn())
        {
            _tick();
        }

        Volatile.Write(ref _isTicking, 0);
    }

    private bool GoesOn()
    {
        lock (_lock)
        {
            if (!_isAnybodyThere())
            {
                _isRunning = false;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            return _isRunning;
        }
    }

    [LoggerMessage(3, LogLevel.Error, "A connection could not be looked after.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
