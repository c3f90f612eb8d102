using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

public sealed class LivenessVerdictTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public void Silence_is_asked_about_once_and_the_time_to_answer_begins_then()
    {
        var liveness = new Liveness(_time, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(10));
        LivenessVerdict[] expected =
        [
            .. Enumerable.Repeat(LivenessVerdict.Wait, 14),
            LivenessVerdict.Ping,
            .. Enumerable.Repeat(LivenessVerdict.Wait, 9),
            LivenessVerdict.Dead,
        ];
        Assert.That(EachSecond(liveness, expected.Length), Is.EqualTo(expected));
    }

    [Test]
    public void Nobody_is_dead_who_was_not_asked_however_late_we_look_at_the_clock()
    {
        var liveness = new Liveness(_time, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.That(liveness.Check(), Is.EqualTo(LivenessVerdict.Ping));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.That(liveness.Check(), Is.EqualTo(LivenessVerdict.Wait));
    }

    [Test]
    public void An_answer_counts_also_if_we_look_at_the_clock_long_after_it()
    {
        var liveness = new Liveness(_time, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.That(liveness.Check(), Is.EqualTo(LivenessVerdict.Ping));
        _time.Advance(TimeSpan.FromSeconds(1));
        liveness.Received();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.That(liveness.Check(), Is.EqualTo(LivenessVerdict.Ping), "asked anew, since it had answered");
    }

    private LivenessVerdict[] EachSecond(Liveness liveness, int seconds) =>
    [
        .. Enumerable.Range(0, seconds).Select(_ =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return liveness.Check();
        }),
    ];
}
