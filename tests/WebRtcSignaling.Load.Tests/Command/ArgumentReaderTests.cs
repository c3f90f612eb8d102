using WebRtcSignaling.Load.Command;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Tests.Command;

public sealed class ArgumentReaderTests
{
    [Test]
    public void A_single_case_relays_signals_unless_another_is_named()
    {
        LoadArguments read = Parse("load --target native");
        Assert.Multiple(() =>
        {
            Assert.That(read.Targets.Select(static target => target.Name), Is.EqualTo(new[] { "native" }));
            Assert.That(read.Cases, Is.EqualTo(LoadCase.Relay));
            Assert.That(read.Output, Is.Null);
        });
    }

    [Test]
    public void A_comparison_is_of_everything()
    {
        LoadArguments read = Parse("compare");
        Assert.Multiple(() =>
        {
            Assert.That(read.Targets, Is.EqualTo(Targets.All));
            Assert.That(read.Cases, Is.EqualTo(LoadCase.All));
            Assert.That(read.Output, Is.Not.Null);
        });
    }

    [Test]
    public void Every_setting_is_read()
    {
        LoadArguments read = Parse(
            "load --target bun,native --case fan-out,idle --rounds 5 --connections 90 --members 3 --bytes 301 --long-bytes 6001 --in-flight 7 --rate 1234 "
            + "--fan-out-members 11 --idle-connections 12 --idle-rounds 0 --idle-seconds 13.5 --warm-up 0.25 --turns 9 --turn-seconds 1.5 --output there");
        Assert.Multiple(() =>
        {
            Assert.That(read.Targets.Select(static target => target.Name), Is.EqualTo(new[] { "bun", "native" }));
            Assert.That(read, Is.EqualTo(new LoadArguments
            {
                Targets = read.Targets,
                Cases = LoadCase.FanOut | LoadCase.Idle,
                Rounds = 5,
                Connections = 90,
                Members = 3,
                Bytes = 301,
                LongBytes = 6_001,
                InFlight = 7,
                Rate = 1_234,
                FanOutMembers = 11,
                IdleConnections = 12,
                IdleRounds = 0,
                IdleDuration = TimeSpan.FromSeconds(13.5),
                WarmUp = TimeSpan.FromSeconds(0.25),
                Turns = 9,
                TurnDuration = TimeSpan.FromSeconds(1.5),
                Output = "there",
            }));
        });
    }

    [TestCase("load --target native --rate 5000", "FixedRate")]
    [TestCase("load --target native --rate 5000 --case relay", "Relay")]
    [TestCase("load --target native --case half-rate", "Relay, HalfRate")]
    [TestCase("load --target native --case all", "All")]
    [TestCase("compare --rate 5000", "All")]
    public void What_is_measured_follows_from_what_is_said(string line, string expected) => Assert.That(Parse(line).Cases.ToString(), Is.EqualTo(expected));

    [TestCase("", "What")]
    [TestCase("measure", "measure")]
    [TestCase("load", "--target")]
    [TestCase("load --target mars", "mars")]
    [TestCase("load --target native --case sleep", "sleep")]
    [TestCase("load --target native --rounds", "--rounds")]
    [TestCase("load --target native --rounds 0", "--rounds")]
    [TestCase("load --target native --rounds -1", "--rounds")]
    [TestCase("load --target native --rounds many", "--rounds")]
    [TestCase("load --target native --idle-rounds -1", "--idle-rounds")]
    [TestCase("load --target native --warm-up 0", "--warm-up")]
    [TestCase("load --target native --warm-up 1e9", "--warm-up")]
    [TestCase("load --target native --warm-up 4000", "--warm-up")]
    [TestCase("load --target native --turns 0", "--turns")]
    [TestCase("load --target native --turn-seconds 0", "--turn-seconds")]
    [TestCase("load --target native --speed 5", "--speed")]
    [TestCase("load --target native --members 1", "--members")]
    [TestCase("load --target native --connections 100 --members 3", "multiple")]
    [TestCase("load --target native --fan-out-members 1", "--fan-out-members")]
    [TestCase("load --target native --idle-connections 3", "--idle-connections")]
    [TestCase("load --target native --bytes 63", "64")]
    public void What_makes_no_sense_is_refused_with_its_name(string line, string named) =>
        Assert.That(() => Parse(line), Throws.InstanceOf<LoadException>().With.Message.Contains(named));

    [Test]
    public void The_help_names_every_target_and_case()
    {
        string usage = ArgumentReader.Usage;
        string[] cases = ["relay", "long-relay", "half-rate", "fixed-rate", "fan-out", "idle", "all"];
        Assert.That(Targets.All.Concat(Targets.Variants).Select(static target => target.Name).Concat(cases).Where(name => !usage.Contains(name, StringComparison.Ordinal)), Is.Empty);
    }

    private static LoadArguments Parse(string line) => ArgumentReader.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
