using WebRtcSignaling.Load.Soak;

namespace WebRtcSignaling.Load.Tests.Soak;

public sealed class GrowthTests
{
    private const int Samples = 120;
    private static readonly GrowthTolerance _tolerance = new(Relative: 0.1, Absolute: 2);

    [Test]
    public void What_stays_where_it_is_does_not_grow() => Assert.That(Judge(_ => 50).IsGrowing, Is.False);

    [Test]
    public void Noise_without_a_trend_does_not_grow([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        Assert.That(Judge(_ => 50 + random.Next(30)).IsGrowing, Is.False, $"seed {seed}");
    }

    [Test]
    public void A_slow_leak_under_noise_grows([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        Assert.That(Judge(i => 50 + (0.3 * i) + random.Next(10)).IsGrowing, Is.True, $"seed {seed}");
    }

    [Test]
    public void What_rises_within_the_tolerance_does_not_grow() => Assert.That(Judge(i => 50 + (0.05 * i)).IsGrowing, Is.False);

    [Test]
    public void A_rise_during_the_warm_up_is_none() => Assert.That(Judge(i => Math.Min(i, 29) * 100).IsGrowing, Is.False);

    [Test]
    public void A_step_that_stays_is_no_growth_without_end() => Assert.That(Judge(i => i < 75 ? 50 : 100).IsGrowing, Is.False);

    [Test]
    public void Spikes_move_no_median() => Assert.That(Judge(i => i % 10 == 9 ? 50 + (i * 1_000) : 50).IsGrowing, Is.False);

    [Test]
    public void What_falls_in_the_end_does_not_grow() => Assert.That(Judge(i => i < 100 ? i : 60).IsGrowing, Is.False);

    [Test]
    public void The_medians_are_those_of_the_four_parts_after_the_first_quarter()
    {
        Growth growth = Growth.Judge([.. Enumerable.Range(0, 40).Select(static i => (double)i)], _tolerance);
        Assert.Multiple(() =>
        {
            Assert.That(growth.Medians, Is.EqualTo(new[] { 13, 20.5, 28, 35.5 }));
            Assert.That(growth.Bound, Is.EqualTo((13 * 1.1) + 2).Within(1e-9));
            Assert.That(growth.IsGrowing, Is.True);
        });
    }

    [Test]
    public void Too_few_samples_give_no_verdict() =>
        Assert.That(() => Growth.Judge(new double[Growth.MinSamples - 1], _tolerance), Throws.InstanceOf<LoadException>());

    private static Growth Judge(Func<int, double> value) => Growth.Judge([.. Enumerable.Range(0, Samples).Select(value)], _tolerance);
}
