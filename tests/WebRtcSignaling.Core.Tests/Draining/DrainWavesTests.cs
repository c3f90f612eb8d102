using WebRtcSignaling.Draining;

namespace WebRtcSignaling.Core.Tests.Draining;

internal sealed class DrainWavesTests
{
    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(100, 1)]
    [TestCase(101, 2)]
    [TestCase(1_000, 10)]
    [TestCase(4_100, 41)]
    [TestCase(100_000, 41, Description = "no more than fit into 10 s")]
    public void There_are_as_many_waves_as_the_size_makes_and_the_time_allows(int count, int waves)
    {
        IReadOnlyList<ArraySegment<int>> divided = DrainWaves.Divide([.. Enumerable.Range(0, count)], new DrainOptions(), TimeSpan.FromSeconds(10));
        Assert.Multiple(() =>
        {
            Assert.That(divided, Has.Count.EqualTo(waves));
            Assert.That(divided.SelectMany(wave => wave), Is.EquivalentTo(Enumerable.Range(0, count)), "everybody goes, and once");
            Assert.That(divided.Max(wave => wave.Count) - divided.Min(wave => wave.Count), Is.LessThanOrEqualTo(1), "about equal");
        });
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void Without_time_all_go_at_once(int seconds) =>
        Assert.That(DrainWaves.Divide(new int[1_000], new DrainOptions(), TimeSpan.FromSeconds(seconds)), Has.Count.EqualTo(1));

    [Test]
    public void Those_who_came_together_do_not_go_together()
    {
        int[] first = [.. DrainWaves.Divide([.. Enumerable.Range(0, 1_000)], new DrainOptions(), TimeSpan.FromSeconds(10))[0]];

        // By chance alone, one time in 10^139.
        Assert.That(first, Is.Not.EquivalentTo(Enumerable.Range(0, 100)));
    }
}
