using WebRtcSignaling.WebSockets.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

[TestFixture]
public sealed class PingPayloadTests
{
    [Test]
    public void A_number_comes_back_as_it_went([Values(1, 255, 256, long.MaxValue)] long number)
    {
        Span<byte> scratch = stackalloc byte[PingPayload.Length];
        Assert.Multiple(() => Assert.That(Echo(number), Is.EqualTo(number)));
        Assert.That(PingPayload.Write(scratch, number).Length, Is.EqualTo(8));
    }

    [Test]
    public void Without_a_number_a_ping_is_empty()
    {
        Span<byte> scratch = stackalloc byte[PingPayload.Length];
        Assert.That(PingPayload.Write(scratch, 0).IsEmpty, Is.True);
    }

    [TestCase(new byte[0])]
    [TestCase(new byte[] { 1 })]
    [TestCase(new byte[] { 0, 0, 0, 0, 0, 0, 1 })]
    [TestCase(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 })]
    [TestCase(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 })]
    [TestCase(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 1 })]
    public void What_a_client_sends_of_its_own_is_no_number(byte[] payload) => Assert.That(PingPayload.TryRead(payload, out _), Is.False);

    private static long Echo(long number)
    {
        Span<byte> scratch = stackalloc byte[PingPayload.Length];
        return PingPayload.TryRead(PingPayload.Write(scratch, number), out long read) ? read : 0;
    }
}
