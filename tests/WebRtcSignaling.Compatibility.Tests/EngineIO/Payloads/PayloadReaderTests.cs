using WebRtcSignaling.Compatibility.EngineIO;
using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Compatibility.EngineIO.Payloads;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Payloads;

internal sealed class PayloadReaderTests
{
    private const int Count = 500_000;

    [TestCase(EngineVersion.V4, false, "6\u001e", 1)]
    [TestCase(EngineVersion.V3, false, "1:6", 0)]
    [TestCase(EngineVersion.V3, true, "\0\u0001\u00FF6", 0)]
    public void Packets_take_no_memory_beside_the_body_however_many_they_are(EngineVersion version, bool isBinary, string packet, int without)
    {
        byte[] body = [.. Enumerable.Repeat(packet.Select(static character => (byte)character), Count).SelectMany(static bytes => bytes).SkipLast(without)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isRead = PayloadReader.TryRead(version, isBinary, body, out IEnumerable<EnginePacket> packets);
        int noops = packets.Count(static packet => packet is { Type: EnginePacketType.Noop, Data.IsEmpty: true });
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That((isRead, noops), Is.EqualTo((true, Count)));
        Assert.That(allocated, Is.LessThan(64 * 1024));
    }

    [Test]
    public void A_body_with_a_mistake_at_its_end_has_no_packets()
    {
        bool isRead = PayloadReader.TryRead(EngineVersion.V4, isBinary: false, "6\u001e6\u001ex"u8.ToArray(), out IEnumerable<EnginePacket> packets);
        Assert.That((isRead, packets.Count()), Is.EqualTo((false, 0)));
    }
}
