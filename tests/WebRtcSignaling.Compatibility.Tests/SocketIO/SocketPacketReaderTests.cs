using System.Globalization;
using System.Text;
using WebRtcSignaling.Compatibility.SocketIO.Packets;
using WebRtcSignaling.Testing.Splits;

namespace WebRtcSignaling.Compatibility.Tests.SocketIO;

internal sealed class SocketPacketReaderTests
{
    // Type, attachments, namespace, id, payload.
    [TestCase("0", "Connect|0|||")]
    [TestCase("0/admin,", "Connect|0|/admin||")]
    [TestCase("0/admin", "Connect|0|/admin||")]
    [TestCase("0/admin,{\"token\":\"1\"}", "Connect|0|/admin||{\"token\":\"1\"}")]
    [TestCase("0{\"token\":\"1\"}", "Connect|0|||{\"token\":\"1\"}")]
    [TestCase("1", "Disconnect|0|||")]
    [TestCase("1/admin,", "Disconnect|0|/admin||")]
    [TestCase("2[\"foo\"]", "Event|0|||[\"foo\"]")]
    [TestCase("212[\"foo\"]", "Event|0||12|[\"foo\"]")]
    [TestCase("2/admin,13[\"foo\"]", "Event|0|/admin|13|[\"foo\"]")]
    [TestCase("2/,[\"foo\"]", "Event|0|/||[\"foo\"]")]
    [TestCase("2[\"a,b/c-1\"]", "Event|0|||[\"a,b/c-1\"]")]
    [TestCase("312[]", "Ack|0||12|[]")]
    [TestCase("29007199254740991[]", "Event|0||9007199254740991|[]")]
    [TestCase("4/admin,\"no\"", "ConnectError|0|/admin||\"no\"")]
    [TestCase("51-[\"baz\",0]", "BinaryEvent|1|||[\"baz\",0]")]
    [TestCase("52-/admin,7[]", "BinaryEvent|2|/admin|7|[]")]
    [TestCase("50-[\"baz\"]", "BinaryEvent|0|||[\"baz\"]")]
    [TestCase("61-15[]", "BinaryAck|1||15|[]")]
    public void A_packet_is_taken_apart(string text, string parts) => Assert.That(Read(text), Is.EqualTo(parts));

    [TestCase("")]
    [TestCase("7")]
    [TestCase("a")]
    [TestCase("-1")]
    [TestCase("5[\"baz\"]")]
    [TestCase("5-[\"baz\"]")]
    [TestCase("51[\"baz\"]")]
    [TestCase("51")]
    [TestCase("5x-[]")]
    [TestCase("599999999999-[]")]
    [TestCase("29007199254740992[]")]
    [TestCase("299999999999999999999[]")]
    public void What_is_no_packet_is_refused(string text) => Assert.That(Read(text), Is.Null);

    [Test]
    public void No_text_makes_the_reader_fail_or_invent_anything()
    {
        var random = new Random(SplitSeed.Value);
        const string likely = "0123456-/,[]{}\"aé";
        for (int round = 0; round < 20_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(0, 14)).Select(_ => likely[random.Next(likely.Length)]));
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            if (SocketPacketReader.TryRead(utf8, out SocketPacket packet))
            {
                string end = Encoding.UTF8.GetString(packet.Payload.Span);
                Assert.That(text, Does.EndWith(end).And.Contain(Encoding.UTF8.GetString(packet.Namespace.Span)), $"SPLIT_SEED={SplitSeed.Value}");
            }
        }
    }

    private static string? Read(string text) => SocketPacketReader.TryRead(Encoding.UTF8.GetBytes(text), out SocketPacket packet)
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{packet.Type}|{packet.Attachments}|{Encoding.UTF8.GetString(packet.Namespace.Span)}|{packet.Id}|{Encoding.UTF8.GetString(packet.Payload.Span)}")
        : null;
}
