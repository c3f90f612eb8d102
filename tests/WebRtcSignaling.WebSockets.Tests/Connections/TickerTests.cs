using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Tests.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>The clock that looks after connections, and rests while there are none.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TickerTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly LogRecorder _log = new();
    private readonly Ticker _ticker;
    private Action _tick = static () => { };
    private int _here;
    private int _ticks;

    public TickerTests() => _ticker = new Ticker(
        _time,
        _log,
        () => _here > 0,
        () =>
        {
            _ticks++;
            _tick();
        });

    public void Dispose()
    {
        _ticker.Dispose();
        _log.Dispose();
    }

    [Test]
    public void Without_anybody_no_timer_is_set() => Assert.That(_time.ActiveTimers, Is.Zero);

    [Test]
    public void While_somebody_is_there_it_calls_every_second()
    {
        Come();
        _time.Advance(0.9 * Ticker.Interval);
        Assert.That(_ticks, Is.Zero);
        _time.Advance(0.1 * Ticker.Interval);
        Assert.That(_ticks, Is.EqualTo(1));
        _time.Advance(9 * Ticker.Interval);
        Assert.That(_ticks, Is.EqualTo(10));
    }

    [Test]
    public void Further_ones_neither_put_the_next_call_off_nor_add_one()
    {
        Come();
        for (int i = 0; i < 10; i++)
        {
            _time.Advance(0.1 * Ticker.Interval);
            Come();
        }

        Assert.That((_ticks, _time.ActiveTimers), Is.EqualTo((1, 1)));
    }

    [Test]
    public void When_all_have_gone_it_rests_and_whoever_comes_then_wakes_it()
    {
        Come();
        _time.Advance(Ticker.Interval);
        _here = 0;
        _time.Advance(Ticker.Interval);
        Assert.That((_ticks, _time.ActiveTimers), Is.EqualTo((1, 0)));

        _time.Advance(TimeSpan.FromHours(1));
        Come();
        _time.Advance(2 * Ticker.Interval);
        Assert.That(_ticks, Is.EqualTo(3));
    }

    [Test]
    public void Whoever_comes_when_all_others_have_gone_but_before_it_rests_is_looked_after()
    {
        Come();
        _here = 0;
        _time.Advance(0.5 * Ticker.Interval);
        Come();
        _time.Advance(0.5 * Ticker.Interval);
        Assert.That(_ticks, Is.EqualTo(1));
    }

    [Test]
    public void A_call_that_takes_seconds_is_the_only_one_meanwhile()
    {
        bool isInside = false;
        _tick = () =>
        {
            Assert.That(isInside, Is.False);
            isInside = true;
            _time.Advance(3 * Ticker.Interval);
            isInside = false;
        };
        Come();
        _time.Advance(Ticker.Interval);
        Assert.That(_ticks, Is.EqualTo(1));
        _tick = static () => { };
        _time.Advance(Ticker.Interval);
        Assert.That(_ticks, Is.EqualTo(2));
    }

    [Test]
    public async Task However_comings_and_goings_fall_together_with_a_call_nobody_is_forgotten()
    {
        for (int round = 0; round < 2_000; round++)
        {
            _here = 0;
            using var together = new Barrier(2);
            Task coming = Task.Run(() =>
            {
                together.SignalAndWait();
                Come();
            });
            together.SignalAndWait();
            _time.Advance(Ticker.Interval);
            await coming;
            int before = _ticks;
            _time.Advance(Ticker.Interval);
            Assert.That(_ticks, Is.GreaterThan(before), $"round {round}");
        }
    }

    [Test]
    public void What_fails_while_one_is_looked_after_concerns_no_other()
    {
        List<string> seen = [];
        foreach (string one in new[] { "a", "bad", "c" })
        {
            _ticker.Visit(one, one =>
            {
                if (one == "bad")
                {
                    throw new InvalidOperationException();
                }

                seen.Add(one);
            });
        }

        Assert.Multiple(() =>
        {
            Assert.That(seen, Is.EqualTo(new[] { "a", "c" }));
            Assert.That(_ticker.Visit("bad", static int (string _) => throw new InvalidOperationException()), Is.Zero);
            Assert.That(_ticker.Visit("good", static one => one.Length), Is.EqualTo(4));
            Assert.That(_log.Text, Does.Match("^Error 3 A connection could not be looked after. System.InvalidOperationException"));
        });
    }

    [Test]
    public void Disposed_it_calls_nobody()
    {
        Come();
        _ticker.Dispose();
        _time.Advance(Ticker.Interval);
        Assert.That((_ticks, _time.UndisposedTimers), Is.EqualTo((0, 0)));
    }

    private void Come()
    {
        Interlocked.Increment(ref _here);
        _ticker.Wake();
    }
}
