namespace WebRtcSignaling.Testing;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>, which guards all of its state with its own lock.</summary>
internal sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    internal long Due { get; set; }

    internal long Period { get; set; }

    /// <summary>When it was set, in the order of all timers of the clock; decides between equal due times.</summary>
    internal long Arming { get; set; }

    internal bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Change(this, dueTime, period);

    public void Dispose() => clock.Dispose(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire() => callback(state);
}
