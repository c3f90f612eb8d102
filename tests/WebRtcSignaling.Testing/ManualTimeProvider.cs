namespace WebRtcSignaling.Testing;

/// <summary>
/// A clock that stands still until a test moves it. <see cref="Advance"/> stops at each due timer on the way, in the order of the due times
/// (equal times: in the order in which the timers were set), and runs its callback on the advancing thread, with the clock showing the due
/// time. Timers that callbacks set on the way fire in the same call if they fall due in it.
/// </summary>
/// <remarks>
/// Thread-safe. Only one thread advances at a time; a callback may call <see cref="Advance"/> itself. No lock is held while a callback runs
/// that another member needs, so callbacks may set, change and dispose timers, and so may other threads meanwhile. An exception of
/// a callback leaves <see cref="Advance"/>, with the clock at the due time of that timer.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _advancing = new();
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _armed = [];
    private readonly DateTimeOffset _start;
    private long _elapsedTicks;
    private long _armings;
    private int _undisposed;

    /// <summary>A clock that starts at noon on the first day of 2026.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock that starts at the given time.</summary>
    public ManualTimeProvider(DateTimeOffset start) => _start = start.ToUniversalTime();

    /// <summary>How many timers would fire if time went on for ever: set, and not disposed.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_lock)
            {
                return _armed.Count;
            }
        }
    }

    /// <summary>How many timers exist that were not disposed, set or not.</summary>
    public int UndisposedTimers
    {
        get
        {
            lock (_lock)
            {
                return _undisposed;
            }
        }
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start.AddTicks(Volatile.Read(ref _elapsedTicks));

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _elapsedTicks);

    /// <summary>Moves the clock on and fires what falls due on the way, the end of the way included.</summary>
    /// <param name="by">How far; zero fires only what is due now.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_advancing)
        {
            long target = GetTimestamp() + by.Ticks;
            while (TakeNextDue(target) is { } timer)
            {
                timer.Fire();
            }

            lock (_lock)
            {
                // A callback that advanced by itself may have gone further already.
                _elapsedTicks = Math.Max(_elapsedTicks, target);
            }
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        lock (_lock)
        {
            _undisposed++;
        }

        timer.Change(dueTime, period);
        return timer;
    }

    internal bool Change(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfNoTimerSpan(dueTime, nameof(dueTime));
        ThrowIfNoTimerSpan(period, nameof(period));
        lock (_lock)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            _armed.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                // A period of zero means none, as with the system's timers.
                timer.Period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
                Arm_NeedsLock(timer, _elapsedTicks + dueTime.Ticks);
            }

            return true;
        }
    }

    internal void Dispose(ManualTimer timer)
    {
        lock (_lock)
        {
            if (!timer.IsDisposed)
            {
                timer.IsDisposed = true;
                _armed.Remove(timer);
                _undisposed--;
            }
        }
    }

    private ManualTimer? TakeNextDue(long target)
    {
        lock (_lock)
        {
            ManualTimer? next = _armed.MinBy(static timer => (timer.Due, timer.Arming));
            if (next is null || next.Due > target)
            {
                return null;
            }

            _armed.Remove(next);
            _elapsedTicks = Math.Max(_elapsedTicks, next.Due);
            if (next.Period > 0)
            {
                Arm_NeedsLock(next, next.Due + next.Period);
            }

            return next;
        }
    }

    private void Arm_NeedsLock(ManualTimer timer, long due)
    {
        timer.Due = due;
        timer.Arming = _armings++;
        _armed.Add(timer);
    }

    private static void ThrowIfNoTimerSpan(TimeSpan span, string name)
    {
        // The same limits as those of the system's timers, so that a test finds a span that would fail in production.
        if (span != Timeout.InfiniteTimeSpan && (span < TimeSpan.Zero || span.TotalMilliseconds > uint.MaxValue - 1))
        {
            throw new ArgumentOutOfRangeException(name, span, "Not a span that a timer can wait for.");
        }
    }
}
