using WebRtcSignaling.Load.Machine;

namespace WebRtcSignaling.Load.Tests.Machine;

public sealed class CoreTextTests
{
    private const string Stat =
        "cpu  900 900 900 900 900 900 900 900 900 900\n"
        + "cpu0 100 20 300 5000 6000 7 8 900 50 5\n"
        + "cpu1 1 2 3 4 5 6 7 8 0 0\n"
        + "cpu10 2 2 2 2 2 2 2 2 0 0\n"
        + "intr 1 2 3\n";

    [TestCase(0, 13.35)]
    [TestCase(1, 0.27)]
    [TestCase(10, 0.12)]
    public void A_core_is_busy_unless_it_idles_or_waits(int core, double seconds) =>
        Assert.That(CoreText.ParseBusyTime(Stat, core), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase(2)]
    [TestCase(100)]
    public void A_core_that_is_not_there_is_refused(int core) =>
        Assert.That(() => CoreText.ParseBusyTime(Stat, core), Throws.InstanceOf<FormatException>());

    [Test]
    public void A_line_that_is_cut_is_refused() => Assert.That(() => CoreText.ParseBusyTime("cpu0 1 2 3\n", 0), Throws.InstanceOf<FormatException>());
}
