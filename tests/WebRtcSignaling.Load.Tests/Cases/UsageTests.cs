using WebRtcSignaling.Load.Cases;

namespace WebRtcSignaling.Load.Tests.Cases;

public sealed class UsageTests
{
    private static readonly Usage _usage = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3.5), TimeSpan.FromSeconds(1));

    [Test]
    public void Figures_follow_from_times_and_counts() =>
        Assert.Multiple(() =>
        {
            Assert.That(_usage.ServerMicrosecondsPer(1_000_000), Is.EqualTo(3));
            Assert.That(_usage.RateOf(1_000), Is.EqualTo(250));
            Assert.That(_usage.ServerPercent, Is.EqualTo(75));
            Assert.That(_usage.OthersPercent, Is.EqualTo(12.5));
            Assert.That(_usage.ClientPercent, Is.EqualTo(25));
        });

    [Test]
    public void Two_stretches_of_time_are_one() =>
        Assert.That(_usage + _usage, Is.EqualTo(new Usage(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(2))));
}
