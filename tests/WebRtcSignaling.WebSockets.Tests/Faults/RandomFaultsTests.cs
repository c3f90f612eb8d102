using WebRtcSignaling.Testing.Faults;

namespace WebRtcSignaling.WebSockets.Tests.Faults;

public sealed class RandomFaultsTests
{
    [Test]
    public void A_seed_replays_the_faults_of_each_connection()
    {
        var first = new RandomFaults(7);
        var second = new RandomFaults(7);
        string[] backwards = [.. Enumerable.Range(0, 50).Reverse().Select(connection => $"{second.For(connection)}").Reverse()];
        Assert.That(Enumerable.Range(0, 50).Select(connection => $"{first.For(connection)}"), Is.EqualTo(backwards));
        Assert.That(backwards.Distinct().Count(), Is.EqualTo(50));
        Assert.That($"{new RandomFaults(8).For(0)}", Is.Not.EqualTo(backwards[0]));
    }

    [Test]
    public void Every_kind_comes_and_each_connection_is_cut_once_at_bytes_all_over()
    {
        var faults = new RandomFaults(7, meanBytes: 100);
        Fault[][] all = [.. Enumerable.Range(0, 400).Select(connection => faults.For(connection)).Select(link => link.ToServer.Concat(link.ToClient).ToArray())];
        Fault[] cuts = [.. all.Select(link => link.Single(fault => fault.Kind is FaultKind.Reset or FaultKind.End or FaultKind.HalfOpen))];
        Assert.Multiple(() =>
        {
            Assert.That(all.SelectMany(link => link).Select(fault => fault.Kind).Distinct(), Is.EquivalentTo(Enum.GetValues<FaultKind>()));
            Assert.That(cuts.Average(cut => cut.AtByte), Is.InRange(80, 120));
            Assert.That(cuts.Max(cut => cut.AtByte), Is.LessThan(200));
        });
    }

    [Test]
    public void A_failure_tells_the_seed()
    {
        var faults = new RandomFaults();
        Assert.That(
            async () => await faults.TryAsync(static () => throw new IOException("lost")),
            Throws.InvalidOperationException.With.Message.EqualTo($"With FAULT_SEED={faults.Seed}: lost").And.InnerException.InstanceOf<IOException>());
    }
}
