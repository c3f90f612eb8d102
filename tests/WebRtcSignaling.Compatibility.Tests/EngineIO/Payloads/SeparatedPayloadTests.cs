using WebRtcSignaling.Compatibility.EngineIO;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Payloads;

/// <summary>The payload of version 4.</summary>
internal sealed class SeparatedPayloadTests
{
    [TestCase("4hello", "4hello")]
    [TestCase("2", "2")]
    [TestCase("4a\x1e" + "4b\x1e" + "3", "4a|4b|3")]
    [TestCase("4hello\x1e" + "bAQIDBA==", "4hello|4:01020304")]
    [TestCase("b", "4:")]
    [TestCase("4é€😀", "4é€😀")]
    [TestCase("4Ã©", "4Ã©")]
    public void A_payload_is_taken_apart(string body, string packets) =>
        Assert.That(PayloadText.Read(EngineVersion.V4, body), Is.EqualTo(packets.Split('|')));

    [TestCase("")]
    [TestCase("abc")]
    [TestCase("7")]
    [TestCase("/")]
    [TestCase(" 4")]
    [TestCase("\x1e")]
    [TestCase("4a\x1e")]
    [TestCase("\x1e" + "4a")]
    [TestCase("4a\x1e\x1e" + "4b")]
    [TestCase("b!")]
    [TestCase("bAQI")]
    [TestCase("4a\x1ex")]
    public void What_is_no_payload_is_refused_as_a_whole(string body) => Assert.That(PayloadText.Read(EngineVersion.V4, body), Is.Null);

    [Test]
    public void Text_that_is_not_UTF_8_is_refused() =>
        Assert.That(PayloadText.Read(EngineVersion.V4, [(byte)'4', 0xC3], isBinary: false), Is.Null);
}
