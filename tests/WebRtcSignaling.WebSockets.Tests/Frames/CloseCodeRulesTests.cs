using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Frames;

public sealed class CloseCodeRulesTests
{
    // RFC 6455 section 7.4.1, and the registry's 1012 to 1014.
    private static readonly HashSet<int> Defined = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014];

    [Test]
    public void Of_all_65536_codes_only_the_defined_and_those_from_3000_to_4999_may_stand_in_a_close_frame()
    {
        for (var code = 0; code <= ushort.MaxValue; code++)
        {
            var expected = Defined.Contains(code) || code / 1000 is 3 or 4;
            Assert.That(((CloseCode)code).IsAllowedOnWire(), Is.EqualTo(expected), $"{code}");
        }
    }

    [TestCase(CloseCode.Reserved)]
    [TestCase(CloseCode.NoStatusReceived)]
    [TestCase(CloseCode.AbnormalClosure)]
    [TestCase(CloseCode.TlsHandshake)]
    public void Codes_that_only_describe_an_end_locally_may_not(CloseCode code) => Assert.That(code.IsAllowedOnWire(), Is.False);

    [TestCase(CloseCode.Replaced, 4000)]
    [TestCase(CloseCode.Removed, 4001)]
    [TestCase(CloseCode.HelloTimeout, 4002)]
    [TestCase(CloseCode.SlowConsumer, 4003)]
    [TestCase(CloseCode.HeartbeatTimeout, 4004)]
    [TestCase(CloseCode.RateLimited, 4006)]
    public void The_librarys_own_codes_are_in_the_private_range_and_stay_what_they_are(CloseCode code, int number)
    {
        Assert.Multiple(() =>
        {
            Assert.That((int)code, Is.EqualTo(number));
            Assert.That(code.IsAllowedOnWire(), Is.True);
        });
    }
}
