using System.Buffers;
using System.Text;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Frames;

public sealed class FrameWriterTests
{
    [Test]
    public void Text_is_the_example_of_RFC_6455_section_5_7() =>
        Assert.That(Written(output => FrameWriter.WriteText(output, "Hello"u8)), Is.EqualTo(new byte[] { 0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f }));

    [TestCase(0, "82 00")]
    [TestCase(1, "82 01")]
    [TestCase(125, "82 7D")]
    [TestCase(126, "82 7E 00 7E")]
    [TestCase(127, "82 7E 00 7F")]
    [TestCase(65535, "82 7E FF FF")]
    [TestCase(65536, "82 7F 00 00 00 00 00 01 00 00")]
    public void Lengths_are_told_in_their_shortest_form(int length, string header)
    {
        var payload = new byte[length];
        new Random(length).NextBytes(payload);

        var frame = Written(output => FrameWriter.WriteBinary(output, payload));

        byte[] expected = [.. Convert.FromHexString(header.Replace(" ", "", StringComparison.Ordinal)), .. payload];
        Assert.That(frame, Is.EqualTo(expected));
        Assert.That(FrameWriter.GetHeaderLength(length), Is.EqualTo(expected.Length - length));
    }

    [Test]
    public void A_header_alone_can_be_written_before_a_payload_that_is_in_place_already([Values] bool fin)
    {
        var destination = new byte[12];

        var length = FrameWriter.WriteHeader(destination, Opcode.Text, long.MaxValue, fin);

        byte[] expected = [(byte)(fin ? 0x81 : 0x01), 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0];
        Assert.That(length, Is.EqualTo(10));
        Assert.That(destination, Is.EqualTo(expected));
        Assert.That(() => FrameWriter.GetHeaderLength(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_header_fits_into_exactly_its_length([Values(0, 125, 126, 65535, 65536)] int payload)
    {
        var length = FrameWriter.GetHeaderLength(payload);

        Assert.That(FrameWriter.WriteHeader(new byte[length], Opcode.Binary, payload), Is.EqualTo(length));
        Assert.That(() => FrameWriter.WriteHeader(new byte[length - 1], Opcode.Binary, payload), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Pings_and_pongs_carry_up_to_125_bytes([Values(0, 1, 125)] int length)
    {
        var payload = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(Written(output => FrameWriter.WritePing(output, payload)), Is.EqualTo((byte[])[0x89, (byte)length, .. payload]));
            Assert.That(Written(output => FrameWriter.WritePong(output, payload)), Is.EqualTo((byte[])[0x8A, (byte)length, .. payload]));
        });
    }

    [Test]
    public void A_longer_ping_or_pong_is_refused_and_nothing_is_written()
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.That(() => FrameWriter.WritePing(output, new byte[126]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => FrameWriter.WritePong(output, new byte[126]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(output.WrittenCount, Is.Zero);
    }

    [Test]
    public void A_close_frame_has_a_code_and_a_reason_or_neither()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Written(FrameWriter.WriteClose), Is.EqualTo(new byte[] { 0x88, 0 }));
            Assert.That(Written(output => FrameWriter.WriteClose(output, CloseCode.NormalClosure)), Is.EqualTo(new byte[] { 0x88, 2, 0x03, 0xE8 }));
            Assert.That(
                Written(output => FrameWriter.WriteClose(output, CloseCode.SlowConsumer, "é")),
                Is.EqualTo(new byte[] { 0x88, 4, 0x0F, 0xA3, 0xC3, 0xA9 }));
        });
    }

    [Test]
    public void A_reason_is_cut_before_the_code_point_that_does_not_fit([Values("a", "é", "€", "😀")] string symbol, [Range(118, 125)] int before)
    {
        var reason = new string('x', before) + symbol + symbol;

        var frame = Written(output => FrameWriter.WriteClose(output, CloseCode.GoingAway, reason));

        var runes = reason.EnumerateRunes().ToList();
        while (runes.Sum(rune => rune.Utf8SequenceLength) > 123)
        {
            runes.RemoveAt(runes.Count - 1);
        }

        var expected = Encoding.UTF8.GetBytes(string.Concat(runes));
        Assert.That(frame[4..], Is.EqualTo(expected));
        Assert.That((frame[0], (int)frame[1]), Is.EqualTo((0x88, 2 + expected.Length)));
    }

    [TestCase(0xD83D, "")]
    [TestCase(0xD83D, "z")]
    [TestCase(0xDE00, "")]
    [TestCase(0xDE00, "z")]
    public void Half_a_surrogate_pair_in_a_reason_goes_out_as_a_replacement_character(int half, string after)
    {
        var frame = Written(output => FrameWriter.WriteClose(output, CloseCode.GoingAway, $"a{(char)half}{after}"));

        Assert.That(Encoding.UTF8.GetString(frame[4..]), Is.EqualTo("a\uFFFD" + after));
    }

    [TestCase(0)]
    [TestCase(999)]
    [TestCase(1004)]
    [TestCase(1005)]
    [TestCase(1006)]
    [TestCase(1015)]
    [TestCase(1016)]
    [TestCase(2999)]
    [TestCase(5000)]
    [TestCase(65535)]
    public void A_code_that_must_not_be_sent_is_refused_and_nothing_is_written(int code)
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.That(() => FrameWriter.WriteClose(output, (CloseCode)code, "no"), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(output.WrittenCount, Is.Zero);
    }

    [Test]
    public void A_second_frame_is_written_behind_the_first()
    {
        var frames = Written(output =>
        {
            FrameWriter.WriteText(output, "a"u8);
            FrameWriter.WriteText(output, "b"u8);
        });

        Assert.That(frames, Is.EqualTo(new byte[] { 0x81, 1, (byte)'a', 0x81, 1, (byte)'b' }));
    }

    private static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }
}
