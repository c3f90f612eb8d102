using WebRtcSignaling.Load.Cases;

namespace WebRtcSignaling.Load.Tests.Cases;

public sealed class RingTests
{
    [TestCase(2, new[] { 1, 0, 3, 2, 5, 4 })]
    [TestCase(3, new[] { 1, 2, 0, 4, 5, 3 })]
    [TestCase(6, new[] { 1, 2, 3, 4, 5, 0 })]
    public void Each_sends_to_the_next_of_its_room_and_the_last_to_the_first(int members, int[] expected) =>
        Assert.That(Enumerable.Range(0, 6).Select(index => Ring.Next(index, members)), Is.EqualTo(expected));
}
