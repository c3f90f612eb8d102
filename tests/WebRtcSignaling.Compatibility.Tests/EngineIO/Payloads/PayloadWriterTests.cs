using System.Buffers;
using System.Text;
using WebRtcSignaling.Compatibility.EngineIO;
using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Compatibility.EngineIO.Payloads;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Payloads;

internal sealed class PayloadWriterTests
{
    private const string TextType = "text/plain; charset=UTF-8";
    private const string BytesType = "application/octet-stream";

    private static readonly OutgoingPacket _bytes = new([1, 2, 3], IsBinary: true);

    [Test]
    public void Version_4_is_separated_text_with_bytes_as_base64()
    {
        (string type, byte[] body) = Write(EngineVersion.V4, base64: false, Text("4é"), _bytes, Text("2"));
        Assert.Multiple(() =>
        {
            Assert.That(type, Is.EqualTo(TextType));
            Assert.That(Encoding.UTF8.GetString(body), Is.EqualTo("4é\x1e" + "bAQID\x1e" + "2"));
        });
    }

    [Test]
    public void Version_3_is_text_as_long_as_all_is_ASCII([Values] bool base64)
    {
        (string type, byte[] body) = Write(EngineVersion.V3, base64, Text("4hello"), Text("3probe"));
        Assert.Multiple(() =>
        {
            Assert.That(type, Is.EqualTo(TextType));
            Assert.That(Encoding.UTF8.GetString(body), Is.EqualTo("6:4hello6:3probe"));
        });
    }

    [Test]
    public void Version_3_is_bytes_when_there_is_other_text_or_there_are_bytes()
    {
        (string otherType, byte[] otherText) = Write(EngineVersion.V3, base64: false, Text("4é"), Text("3"));
        (string bytesType, byte[] bytes) = Write(EngineVersion.V3, base64: false, _bytes);
        Assert.Multiple(() =>
        {
            Assert.That(otherType, Is.EqualTo(BytesType));
            Assert.That(otherText, Is.EqualTo(new byte[] { 0, 3, 255, (byte)'4', 0xC3, 0xA9, 0, 1, 255, (byte)'3' }));
            Assert.That(bytesType, Is.EqualTo(BytesType));
            Assert.That(bytes, Is.EqualTo(new byte[] { 1, 4, 255, 4, 1, 2, 3 }));
        });
    }

    [Test]
    public void Lengths_of_bytes_are_written_digit_by_digit()
    {
        (_, byte[] body) = Write(EngineVersion.V3, base64: false, new OutgoingPacket(new byte[1_204], IsBinary: true));
        Assert.That(body[..6], Is.EqualTo(new byte[] { 1, 1, 2, 0, 5, 255 }));
    }

    [Test]
    public void For_who_cannot_read_bytes_version_3_is_ASCII_that_all_parsers_read_alike()
    {
        (string type, byte[] body) = Write(EngineVersion.V3, base64: true, Text("42[\"é€😀\",1]"), _bytes);
        Assert.Multiple(() =>
        {
            Assert.That(type, Is.EqualTo(TextType));
            Assert.That(Encoding.UTF8.GetString(body), Is.EqualTo("""32:42["\u00e9\u20ac\ud83d\ude00",1]6:b4AQID"""));
        });
    }

    [Test]
    public void What_is_written_is_read_again([Values] EngineVersion version, [Values] bool base64)
    {
        (string type, byte[] body) = Write(version, base64, Text("4plain"), Text("42[\"x\"]"), _bytes, Text("6"));
        Assert.That(
            PayloadText.Read(version, body, isBinary: type == BytesType),
            Is.EqualTo(new[] { "4plain", "42[\"x\"]", "4:010203", "6" }));
    }

    private static OutgoingPacket Text(string text) => OutgoingPacket.Text(Encoding.UTF8.GetBytes(text));

    private static (string Type, byte[] Body) Write(EngineVersion version, bool base64, params OutgoingPacket[] packets)
    {
        var output = new ArrayBufferWriter<byte>();
        string type = PayloadWriter.Write(version, base64, packets, output);
        return (type, output.WrittenSpan.ToArray());
    }
}
