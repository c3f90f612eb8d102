using WebRtcSignaling.Load.Measuring;

namespace WebRtcSignaling.Load.Tests.Measuring;

public sealed class LatencyHistogramTests
{
    [Test]
    public void Short_durations_are_told_exactly()
    {
        var histogram = new LatencyHistogram();
        for (int value = 1; value <= 100; value++)
        {
            histogram.Record(value);
        }

        Assert.Multiple(() =>
        {
            Assert.That(histogram.Percentile(0.5), Is.EqualTo(50));
            Assert.That(histogram.Percentile(0.99), Is.EqualTo(99));
            Assert.That(histogram.Percentile(1), Is.EqualTo(100));
        });
    }

    [Test]
    public void A_percentile_is_never_too_low_and_at_most_a_64th_too_high()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        var histogram = new LatencyHistogram();
        long[] values = [.. Enumerable.Range(0, 20_000).Select(_ => (long)Math.Exp(random.NextDouble() * 30))];
        foreach (long value in values)
        {
            histogram.Record(value);
        }

        Array.Sort(values);
        Assert.Multiple(() =>
        {
            foreach (double share in (double[])[0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1])
            {
                long exact = values[(int)Math.Ceiling(share * values.Length) - 1];
                Assert.That(histogram.Percentile(share), Is.InRange(exact, exact + (exact / 64)), $"share {share}, seed {seed}");
            }
        });
    }

    [TestCase(0)]
    [TestCase(63)]
    [TestCase(64)]
    [TestCase(127)]
    [TestCase(128)]
    [TestCase(255)]
    [TestCase(256)]
    [TestCase(1_000_000_000)]
    [TestCase(long.MaxValue)]
    public void Any_duration_has_its_place(long value)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(value);
        Assert.That(histogram.Percentile(0.5) - value, Is.InRange(0, value / 64));
    }

    [Test]
    public void A_clock_that_went_back_counts_as_no_time()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(-5);
        Assert.That(histogram.Percentile(1), Is.Zero);
    }

    [Test]
    public void Where_nothing_was_recorded_there_is_no_percentile() =>
        Assert.That(() => new LatencyHistogram().Percentile(0.5), Throws.InvalidOperationException);

    [Test]
    public void What_two_have_counted_can_be_counted_together()
    {
        var histogram = new LatencyHistogram();
        var other = new LatencyHistogram();
        histogram.Record(5);
        other.Record(7);
        other.Record(9);
        histogram.Add(other);
        Assert.Multiple(() =>
        {
            Assert.That((histogram.Count, other.Count), Is.EqualTo((3, 2)));
            Assert.That(((double[])[0.3, 0.6, 1]).Select(histogram.Percentile), Is.EqualTo(new long[] { 5, 7, 9 }));
        });
    }

    [TestCase(0)]
    [TestCase(1.01)]
    [TestCase(double.NaN)]
    public void A_share_of_less_than_something_or_more_than_all_is_refused(double share) =>
        Assert.That(() => new LatencyHistogram().Percentile(share), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Recording_allocates_nothing()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (long value = 1; value < 1_000_000_000; value *= 3)
        {
            histogram.Record(value);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
