using WebRtcSignaling.Compatibility.EngineIO;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Payloads;

/// <summary>The payload of version 3 as text, and what version 1 of its clients' parser makes of it.</summary>
internal sealed class LengthPrefixedPayloadTests
{
    private const string Whole = "6:4hello2:4€3:4😀1:2000000003:4aé";

    [TestCase("6:4hello", "4hello")]
    [TestCase("1:2", "2")]
    [TestCase("6:4test16:4test21:3", "4test1|4test2|3")]
    [TestCase("6:4hello10:b4AQIDBA==", "4hello|4:01020304")]
    [TestCase("2:b4", "4:")]
    [TestCase("000000001:2", "2")]
    public void A_payload_is_taken_apart(string body, string packets) =>
        Assert.That(PayloadText.Read(EngineVersion.V3, body), Is.EqualTo(packets.Split('|')));

    [TestCase("2:4é2:4€", "4é|4€")]
    [TestCase("3:4😀2:4a", "4😀|4a")]
    [TestCase("5:4a😀b1:2", "4a😀b|2")]
    public void Lengths_count_UTF_16_code_units(string body, string packets) =>
        Assert.That(PayloadText.Read(EngineVersion.V3, body), Is.EqualTo(packets.Split('|')));

    [TestCase("")]
    [TestCase("abc")]
    [TestCase(":4a")]
    [TestCase("0:")]
    [TestCase("0:1:2")]
    [TestCase("2:4")]
    [TestCase("3:4a")]
    [TestCase("1:2:")]
    [TestCase("1:2x")]
    [TestCase("-1:2")]
    [TestCase("+1:2")]
    [TestCase(" 1:2")]
    [TestCase("1 :2")]
    [TestCase("0x1:2")]
    [TestCase("1e0:2")]
    [TestCase("0000000001:2")]
    [TestCase("4294967297:2")]
    [TestCase("999999999:2")]
    [TestCase("1:7")]
    [TestCase("1:a")]
    [TestCase("1:b")]
    [TestCase("6:bAQID")]
    [TestCase("6:b2AQID")]
    [TestCase("5:b4AQ!")]
    [TestCase("2:4😀")]
    public void What_is_no_payload_is_refused_as_a_whole(string body) => Assert.That(PayloadText.Read(EngineVersion.V3, body), Is.Null);

    [Test]
    public void Every_payload_that_was_cut_is_refused_or_ends_between_packets()
    {
        string[] all = ["4hello", "4€", "4😀", "2", "4aé"];
        Assert.That(PayloadText.Read(EngineVersion.V3, Whole), Is.EqualTo(all));
        Assert.Multiple(() =>
        {
            for (int length = 0; length < Whole.Length; length++)
            {
                string[]? packets = PayloadText.Read(EngineVersion.V3, Whole[..length]);
                Assert.That(packets is null || packets.SequenceEqual(all.Take(packets.Length)), $"cut at {length}");
            }
        });
    }

    [TestCase("4é€😀", "8:4Ã©â\u0082¬ð\u009f\u0098\u0080")]
    [TestCase("4ä", "3:4Ã¤")]
    public void Text_that_was_encoded_twice_is_repaired(string packet, string body)
    {
        string counted = $"{body[(body.IndexOf(':', StringComparison.Ordinal) + 1)..].Length}:{body[(body.IndexOf(':', StringComparison.Ordinal) + 1)..]}";
        Assert.That(PayloadText.Read(EngineVersion.V3, counted), Is.EqualTo(new[] { packet }));
    }

    [TestCase("4é")]
    [TestCase("4Ãé")]
    [TestCase("4Ã©€")]
    [TestCase("4Ã")]
    public void Text_that_cannot_have_been_encoded_twice_stays(string packet) =>
        Assert.That(PayloadText.Read(EngineVersion.V3, $"{packet.Length}:{packet}"), Is.EqualTo(new[] { packet }));
}
