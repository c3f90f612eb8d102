using WebRtcSignaling.Load.Machine;

namespace WebRtcSignaling.Load.Tests.Machine;

public sealed class CoresTests
{
    [TestCase(0b1UL, 0, 0)]
    [TestCase(0b11UL, 0, 1)]
    [TestCase(0b1010_0100UL, 2, 5)]
    [TestCase(1UL << 63, 63, 63)]
    public void The_first_two_cores_are_taken_or_the_only_one_twice(ulong mask, int server, int client) =>
        Assert.That(Cores.Choose(mask), Is.EqualTo(new Cores(server, client)));

    [Test]
    public void A_process_without_a_core_does_not_exist() => Assert.That(() => Cores.Choose(0), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Sharing_is_noticed() =>
        Assert.That((Cores.Choose(1).AreShared, Cores.Choose(3).AreShared), Is.EqualTo((true, false)));
}
