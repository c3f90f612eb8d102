using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.Time;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<string> _fired = [];

    [Test]
    public void Advance_moves_the_date_and_the_timestamp_alike()
    {
        DateTimeOffset before = _clock.GetUtcNow();
        long timestamp = _clock.GetTimestamp();

        _clock.Advance(TimeSpan.FromMilliseconds(1500));

        Assert.Multiple(() =>
        {
            Assert.That(_clock.GetUtcNow() - before, Is.EqualTo(TimeSpan.FromMilliseconds(1500)));
            Assert.That(_clock.GetElapsedTime(timestamp), Is.EqualTo(TimeSpan.FromMilliseconds(1500)));
        });
    }

    [Test]
    public void Timers_fire_in_the_order_of_their_due_times_with_the_clock_at_the_due_time()
    {
        using ITimer late = Timer("late", 3);
        using ITimer early = Timer("early", 1);
        using ITimer alsoEarly = Timer("also early", 1);

        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(_fired, Is.EqualTo(["early at 1", "also early at 1"]));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(_fired, Is.EqualTo(["early at 1", "also early at 1", "late at 3"]));
    }

    [Test]
    public void A_period_fires_again_and_again()
    {
        using ITimer timer = Timer("tick", 1, 2);

        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.That(_fired, Is.EqualTo(["tick at 1", "tick at 3", "tick at 5"]));
    }

    [Test]
    public void A_timer_that_its_callback_sets_again_fires_within_the_same_advance()
    {
        DateTimeOffset start = _clock.GetUtcNow();
        ITimer? timer = null;
        timer = _clock.CreateTimer(
            _ =>
            {
                _fired.Add($"{(_clock.GetUtcNow() - start).TotalSeconds}");
                timer!.Change(TimeSpan.FromSeconds(_fired.Count), Timeout.InfiniteTimeSpan);
            },
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(7));

        Assert.That(_fired, Is.EqualTo(["1", "2", "4", "7"]));
        timer.Dispose();
        Assert.That(_clock.ActiveTimers, Is.Zero);
    }

    [Test]
    public void Active_timers_are_those_that_would_still_fire()
    {
        ITimer once = Timer("once", 1);
        ITimer unset = _clock.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Assert.That((_clock.ActiveTimers, _clock.UndisposedTimers), Is.EqualTo((1, 2)));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((_clock.ActiveTimers, _clock.UndisposedTimers), Is.EqualTo((0, 2)));

        once.Dispose();
        once.Dispose();
        unset.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That((_clock.ActiveTimers, _clock.UndisposedTimers), Is.EqualTo((0, 0)));
            Assert.That(once.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan), Is.False);
        });
    }

    [Test]
    public async Task A_delay_of_the_framework_ends_when_the_clock_reaches_it()
    {
        Task delay = Task.Delay(TimeSpan.FromMinutes(1), _clock);

        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.That(delay.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(_clock.UndisposedTimers, Is.Zero);
    }

    [Test]
    public void Advances_of_several_threads_add_up_and_every_timer_fires_once()
    {
        int fired = 0;
        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 250; i++)
            {
                _clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
                _clock.Advance(TimeSpan.FromSeconds(1));
            }
        });

        Assert.Multiple(() =>
        {
            Assert.That(fired, Is.EqualTo(2000));
            Assert.That(_clock.GetTimestamp(), Is.EqualTo(TimeSpan.FromSeconds(2000).Ticks));
            Assert.That(_clock.ActiveTimers, Is.Zero);
        });
    }

    private ITimer Timer(string name, int dueSeconds, int periodSeconds = 0)
    {
        DateTimeOffset start = _clock.GetUtcNow();
        return _clock.CreateTimer(
            _ => _fired.Add($"{name} at {(_clock.GetUtcNow() - start).TotalSeconds}"),
            null,
            TimeSpan.FromSeconds(dueSeconds),
            TimeSpan.FromSeconds(periodSeconds));
    }
}
