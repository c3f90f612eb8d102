using System.Text;
using WebRtcSignaling.Compatibility.EngineIO;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Payloads;

/// <summary>The payload of version 3 as bytes.</summary>
internal sealed class BinaryPayloadTests
{
    private static readonly byte[] _text = [0, 6, 255, .. "4hello"u8];
    private static readonly byte[] _bytes = [1, 4, 255, 4, 1, 2, 3];

    [Test]
    public void Text_and_bytes_are_taken_apart() => Assert.That(
        PayloadText.Read(EngineVersion.V3, [.. _text, .. _bytes, 0, 1, 255, (byte)'2'], isBinary: true),
        Is.EqualTo(new[] { "4hello", "4:010203", "2" }));

    [Test]
    public void Lengths_are_decimal_digits_and_count_bytes()
    {
        string text = "4" + new string('€', 41);
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Assert.That(PayloadText.Read(EngineVersion.V3, [0, 1, 2, 4, 255, .. utf8], isBinary: true), Is.EqualTo(new[] { text }));
    }

    [Test]
    public void Text_is_not_repaired_since_no_parser_encodes_it_twice_here() =>
        Assert.That(PayloadText.Read(EngineVersion.V3, [0, 5, 255, .. "4Ã©"u8], isBinary: true), Is.EqualTo(new[] { "4Ã©" }));

    [Test]
    public void Version_4_has_no_such_payload() => Assert.That(PayloadText.Read(EngineVersion.V4, _text, isBinary: true), Is.Null);

    [TestCase(new byte[] { }, TestName = "{m}(nothing)")]
    [TestCase(new byte[] { 2, 1, 255, 50 }, TestName = "{m}(unknown kind)")]
    [TestCase(new byte[] { 0 }, TestName = "{m}(no length)")]
    [TestCase(new byte[] { 0, 255, 50 }, TestName = "{m}(empty length)")]
    [TestCase(new byte[] { 0, 0, 255 }, TestName = "{m}(empty text)")]
    [TestCase(new byte[] { 1, 0, 255 }, TestName = "{m}(empty bytes)")]
    [TestCase(new byte[] { 0, 10, 255, 50 }, TestName = "{m}(no digit)")]
    [TestCase(new byte[] { 0, 49, 255, 50 }, TestName = "{m}(a digit in ASCII)")]
    [TestCase(new byte[] { 0, 2, 255, 50 }, TestName = "{m}(too short)")]
    [TestCase(new byte[] { 0, 1, 255, 50, 0 }, TestName = "{m}(something behind it)")]
    [TestCase(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 255, 50 }, TestName = "{m}(a length of ten digits)")]
    [TestCase(new byte[] { 0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 255, 50 }, TestName = "{m}(a length beyond everything)")]
    [TestCase(new byte[] { 0, 2, 255, 52, 0xC3 }, TestName = "{m}(text that is not UTF-8)")]
    [TestCase(new byte[] { 1, 2, 255, 2, 0 }, TestName = "{m}(bytes that are no message)")]
    public void What_is_no_payload_is_refused(byte[] body) =>
        Assert.That(PayloadText.Read(EngineVersion.V3, body, isBinary: true), Is.Null);

    [Test]
    public void Every_payload_that_was_cut_is_refused_or_ends_between_packets()
    {
        byte[] whole = [.. _text, .. _bytes];
        Assert.Multiple(() =>
        {
            for (int length = 0; length < whole.Length; length++)
            {
                string[]? packets = PayloadText.Read(EngineVersion.V3, whole[..length], isBinary: true);
                Assert.That(packets is null, Is.EqualTo(length != _text.Length), $"cut at {length}");
            }
        });
    }
}
