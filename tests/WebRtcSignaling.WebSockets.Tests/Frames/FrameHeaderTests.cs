using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Splits;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Frames;

public sealed class FrameHeaderTests
{
    private const long NoLimit = long.MaxValue;

    private static readonly FrameContext FromClient = new(ExpectMasked: true, InsideMessage: false, NoLimit);
    private static readonly FrameContext FromServer = new(ExpectMasked: false, InsideMessage: false, NoLimit);

    [Test]
    public void Every_first_byte_is_accepted_or_refused_by_the_first_rule_it_breaks([Values] bool insideMessage)
    {
        for (var first = 0; first <= byte.MaxValue; first++)
        {
            var status = FrameHeader.Parse([(byte)first], FromClient with { InsideMessage = insideMessage }, out _, out var violation);

            var expected = ExpectedForFirstByte(first, insideMessage);
            Assert.That(violation, Is.SameAs(expected), $"first byte 0x{first:X2}");
            Assert.That(status, Is.EqualTo(expected is null ? HeaderStatus.NeedMore : HeaderStatus.Refused), $"first byte 0x{first:X2}");
        }
    }

    [Test]
    public void Each_of_the_seven_combinations_of_reserved_bits_is_refused_on_every_opcode(
        [Range(1, 7)] int reservedBits, [Range(0, 15)] int opcode, [Values] bool fin)
    {
        var frame = new RawFrame { Opcode = opcode, ReservedBits = reservedBits, Fin = fin }.ToBytes();

        AssertRefusedAt(frame, 1, FromClient, ProtocolViolation.ReservedBits);
    }

    [TestCase(0x3)]
    [TestCase(0x4)]
    [TestCase(0x5)]
    [TestCase(0x6)]
    [TestCase(0x7)]
    [TestCase(0xB)]
    [TestCase(0xC)]
    [TestCase(0xD)]
    [TestCase(0xE)]
    [TestCase(0xF)]
    public void Each_reserved_opcode_is_refused_by_the_first_byte(int opcode)
    {
        AssertRefusedAt(new RawFrame { Opcode = opcode }.ToBytes(), 1, FromClient, ProtocolViolation.ReservedOpcode);
        AssertRefusedAt(new RawFrame { Opcode = opcode, Fin = false }.ToBytes(), 1, FromClient, ProtocolViolation.ReservedOpcode);
    }

    [Test]
    public void A_frame_without_mask_from_a_client_is_refused_by_the_second_byte([Values(0, 125, 126, 65536)] int length)
    {
        var frame = new RawFrame { Opcode = RawFrame.Binary, Payload = new byte[length], MaskingKey = null }.Header();

        AssertRefusedAt(frame, 2, FromClient, ProtocolViolation.NotMasked);
    }

    [Test]
    public void A_frame_with_a_mask_from_a_server_is_refused_by_the_second_byte([Values(0, 125, 126, 65536)] int length)
    {
        var frame = new RawFrame { Opcode = RawFrame.Binary, Payload = new byte[length] }.Header();

        AssertRefusedAt(frame, 2, FromServer, ProtocolViolation.Masked);
    }

    [TestCase(RawFrame.Ping)]
    [TestCase(RawFrame.Pong)]
    [TestCase(RawFrame.Close)]
    public void A_control_frame_is_refused_by_the_second_byte_if_it_is_longer_than_125_bytes(int opcode)
    {
        AssertAccepted(new RawFrame { Opcode = opcode, Payload = new byte[125] }.Header(), FromClient, 125);
        AssertRefusedAt(new RawFrame { Opcode = opcode, Payload = new byte[126] }.Header(), 2, FromClient, ProtocolViolation.ControlTooLong);
        AssertRefusedAt(new RawFrame { Opcode = opcode, Payload = new byte[65536] }.Header(), 2, FromClient, ProtocolViolation.ControlTooLong);
        AssertRefusedAt(
            new RawFrame { Opcode = opcode, Payload = [9, 9], LengthSize = 2 }.Header(), 2, FromClient, ProtocolViolation.ControlTooLong);
    }

    [TestCase(RawFrame.Ping)]
    [TestCase(RawFrame.Pong)]
    [TestCase(RawFrame.Close)]
    public void A_control_frame_that_is_not_final_is_refused_by_the_first_byte(int opcode) =>
        AssertRefusedAt(new RawFrame { Opcode = opcode, Fin = false }.ToBytes(), 1, FromClient, ProtocolViolation.ControlFragmented);

    [Test]
    public void A_close_body_of_one_byte_is_refused_by_the_second_byte()
    {
        AssertRefusedAt(
            new RawFrame { Opcode = RawFrame.Close, Payload = [3] }.ToBytes(), 2, FromClient, ProtocolViolation.CloseBodyTooShort);
        AssertAccepted(new RawFrame { Opcode = RawFrame.Ping, Payload = [3] }.Header(), FromClient, 1);
    }

    [Test]
    public void A_limit_holds_for_data_frames_from_the_byte_that_tells_it_and_not_for_control_frames()
    {
        var context = FromClient with { PayloadLimit = 100 };

        AssertAccepted(new RawFrame { Opcode = RawFrame.Text, Payload = new byte[100] }.Header(), context, 100);
        AssertRefusedAt(new RawFrame { Opcode = RawFrame.Text, Payload = new byte[101] }.Header(), 2, context, ProtocolViolation.MessageTooBig);
        AssertRefusedAt(new RawFrame { Opcode = RawFrame.Text, Payload = new byte[126] }.Header(), 4, context, ProtocolViolation.MessageTooBig);
        AssertRefusedAt(new RawFrame { Opcode = RawFrame.Text, Payload = new byte[256] }.Header(), 3, context, ProtocolViolation.MessageTooBig);
        AssertRefusedAt(
            new RawFrame { Opcode = RawFrame.Text, AnnouncedLength = 1UL << 62 }.Header(), 3, context, ProtocolViolation.MessageTooBig);
        AssertAccepted(new RawFrame { Opcode = RawFrame.Ping, Payload = new byte[125] }.Header(), context, 125);
    }

    [Test]
    public void A_header_reads_back_what_was_written([Values] bool masked, [Values] bool fin, [Values(1, 2)] int opcode)
    {
        uint? key = masked ? 0x01020384 : null;
        var bytes = new RawFrame { Opcode = opcode, Fin = fin, Payload = new byte[300], MaskingKey = key }.ToBytes();

        var status = FrameHeader.Parse(bytes, masked ? FromClient : FromServer, out var header, out var violation);

        Assert.Multiple(() =>
        {
            Assert.That(violation, Is.Null);
            Assert.That(status, Is.EqualTo(HeaderStatus.Complete));
            Assert.That(header.Fin, Is.EqualTo(fin));
            Assert.That((int)header.Opcode, Is.EqualTo(opcode));
            Assert.That(header.IsMasked, Is.EqualTo(masked));
            Assert.That(header.IsControl, Is.False);
            Assert.That(header.PayloadLength, Is.EqualTo(300));
            Assert.That(header.Length, Is.EqualTo(masked ? 8 : 4));
            Assert.That(header.MaskingKey, Is.EqualTo(masked ? 0x84030201 : 0), "first byte on the wire in the lowest eight bits");
        });
    }

    internal static void AssertAccepted(byte[] header, FrameContext context, long payloadLength)
    {
        for (var count = 0; count < header.Length; count++)
        {
            var partial = FrameHeader.Parse(header.AsSpan(0, count), context, out _, out _);
            Assert.That(partial, Is.EqualTo(HeaderStatus.NeedMore), $"after {count} bytes");
        }

        var status = FrameHeader.Parse(header, context, out var parsed, out _);
        Assert.That(status, Is.EqualTo(HeaderStatus.Complete));
        Assert.That(parsed.PayloadLength, Is.EqualTo(payloadLength));
        Assert.That(parsed.Length, Is.EqualTo(header.Length));
        foreach (var split in InputSplits.All(header).Where(split => split.AtOnce))
        {
            status = FrameHeader.Parse(SegmentedSequence.Of(split.Parts), context, out parsed, out _);
            Assert.That((status, parsed.PayloadLength, parsed.Length), Is.EqualTo((HeaderStatus.Complete, payloadLength, header.Length)), $"{split}");
        }
    }

    /// <summary>Not before byte number <paramref name="count"/>, with it, and with every number of bytes after it.</summary>
    internal static void AssertRefusedAt(byte[] frame, int count, FrameContext context, ProtocolViolation expected)
    {
        for (var have = 0; have <= frame.Length; have++)
        {
            var prefix = frame.AsSpan(0, have).ToArray();
            var status = FrameHeader.Parse(prefix, context, out _, out var violation);
            Assert.That(status, Is.EqualTo(have < count ? HeaderStatus.NeedMore : HeaderStatus.Refused), $"after {have} bytes");
            Assert.That(violation, Is.SameAs(have < count ? null : expected), $"after {have} bytes");

            var inBytes = SegmentedSequence.Of(InputSplits.ByteByByte(prefix).Parts);
            Assert.That(FrameHeader.Parse(inBytes, context, out _, out var same), Is.EqualTo(status), $"{have} bytes in segments");
            Assert.That(same, Is.SameAs(violation), $"{have} bytes in segments");
            if (have > FrameHeader.MaxLength)
            {
                break;
            }
        }
    }

    private static ProtocolViolation? ExpectedForFirstByte(int first, bool insideMessage) => ((first >> 4) & 7, first & 15, first >= 0x80) switch
    {
        (not 0, _, _) => ProtocolViolation.ReservedBits,
        (_, 0, _) => insideMessage ? null : ProtocolViolation.NothingToContinue,
        (_, 1 or 2, _) => insideMessage ? ProtocolViolation.MessageInterrupted : null,
        (_, 8 or 9 or 10, true) => null,
        (_, 8 or 9 or 10, false) => ProtocolViolation.ControlFragmented,
        _ => ProtocolViolation.ReservedOpcode,
    };
}
