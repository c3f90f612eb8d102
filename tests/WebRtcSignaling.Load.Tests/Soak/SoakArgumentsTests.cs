using WebRtcSignaling.Load.Soak;

namespace WebRtcSignaling.Load.Tests.Soak;

public sealed class SoakArgumentsTests
{
    [Test]
    public void Minutes_are_enough()
    {
        SoakArguments read = SoakArguments.Parse(["soak", "2"]);
        Assert.That((read.Duration, read.Workers, read.Output), Is.EqualTo((TimeSpan.FromMinutes(2), 24, "artifacts/soak")));
    }

    [Test]
    public void All_else_can_be_said() =>
        Assert.That(
            SoakArguments.Parse(["soak", "0.5", "--seed", "7", "--workers", "3", "--output", "here"]),
            Is.EqualTo(new SoakArguments(TimeSpan.FromSeconds(30), 7, 3, "here")));

    [TestCase("soak")]
    [TestCase("soak x")]
    [TestCase("soak 0.4")]
    [TestCase("soak -1")]
    [TestCase("soak 99999")]
    [TestCase("soak 1 --seed")]
    [TestCase("soak 1 --seed x")]
    [TestCase("soak 1 --workers 0")]
    [TestCase("soak 1 --workers 1001")]
    [TestCase("soak 1 --dance 1")]
    public void What_is_not_understood_is_refused(string arguments) =>
        Assert.That(() => SoakArguments.Parse(arguments.Split(' ')), Throws.InstanceOf<LoadException>());
}
