using WebRtcSignaling.Compatibility.PeerJs.Connections;

namespace WebRtcSignaling.Compatibility.Tests.PeerJs.Connections;

internal sealed class MessagePaceTests
{
    [Test]
    public void A_burst_goes_through_and_then_so_many_a_second()
    {
        var pace = new MessagePace(perSecond: 2, burst: 3);
        Assert.That(new[] { Count(pace, 0), Count(pace, 0), Count(pace, 0), Count(pace, 0), Count(pace, 500) }, Is.EqualTo(new[] { 0, 0, 0, 500, 500 }));
        Assert.That(Count(pace, 2_000), Is.Zero);
    }

    [Test]
    public void Silence_earns_no_more_than_a_burst()
    {
        var pace = new MessagePace(perSecond: 2, burst: 2);
        Assert.That(new[] { Count(pace, 60_000), Count(pace, 60_000), Count(pace, 60_000) }, Is.EqualTo(new[] { 0, 0, 500 }));
    }

    private static int Count(MessagePace pace, int atMilliseconds) => (int)pace.Count(TimeSpan.FromMilliseconds(atMilliseconds)).TotalMilliseconds;
}
