using WebRtcSignaling.Load.Soak;

namespace WebRtcSignaling.Load.Tests.Soak;

public sealed class ProbeTests
{
    [Test]
    public void A_line_is_read() =>
        Assert.That(ProbeReading.Parse("123456 2 1 0 99\n"), Is.EqualTo(new ProbeReading(HeapBytes: 123_456, Sessions: 2, Rooms: 1, OutboxBytes: 0, Signals: 99)));

    [TestCase("")]
    [TestCase("1 2 3 4")]
    [TestCase("1 2 3 4 5 6")]
    [TestCase("1 2 3 4 x")]
    public void What_is_no_line_of_the_probe_is_refused(string line) => Assert.That(() => ProbeReading.Parse(line), Throws.InstanceOf<LoadException>());

    [TestCase(0, 0, 0, true)]
    [TestCase(1, 0, 0, false)]
    [TestCase(0, 1, 0, false)]
    [TestCase(0, 0, 1, false)]
    public void A_server_is_empty_when_nobody_and_nothing_is_left(long sessions, long rooms, long bytes, bool isEmpty) =>
        Assert.That(new ProbeReading(1, sessions, rooms, bytes, 1).IsEmpty, Is.EqualTo(isEmpty));

    [Test]
    public void Without_a_probe_it_is_said() =>
        Assert.That(
            () => new ProbeClient(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())),
            Throws.InstanceOf<LoadException>().With.Message.StartsWith("There is no probe"));
}
