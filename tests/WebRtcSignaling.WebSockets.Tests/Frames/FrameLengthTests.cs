using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Frames;

/// <summary>RFC 6455 section 5.2: a length is told in 7, 7+16 or 7+64 bits, always the shortest, and the 64th bit is 0.</summary>
public sealed class FrameLengthTests
{
    private const long NoLimit = long.MaxValue;

    private static readonly FrameContext FromClient = new(ExpectMasked: true, InsideMessage: false, NoLimit);

    [TestCase(0, 2)]
    [TestCase(1, 2)]
    [TestCase(125, 2)]
    [TestCase(126, 4)]
    [TestCase(127, 4)]
    [TestCase(65535, 4)]
    [TestCase(65536, 10)]
    [TestCase(0x1_0000_0000, 10)]
    [TestCase(long.MaxValue, 10)]
    public void The_shortest_form_is_accepted(long length, int headerWithoutMask)
    {
        var masked = new RawFrame { Opcode = RawFrame.Binary, AnnouncedLength = (ulong)length };
        var unmasked = masked with { MaskingKey = null };

        Assert.That(unmasked.Header(), Has.Length.EqualTo(headerWithoutMask));
        FrameHeaderTests.AssertAccepted(masked.Header(), FromClient, length);
        FrameHeaderTests.AssertAccepted(unmasked.Header(), FromClient with { ExpectMasked = false }, length);
    }

    [TestCase(0UL)]
    [TestCase(1UL)]
    [TestCase(124UL)]
    [TestCase(125UL)]
    public void Sixteen_bits_for_a_length_that_fits_into_seven_are_refused_by_the_last_byte_of_the_length(ulong length) =>
        FrameHeaderTests.AssertRefusedAt(Header(length, 2), 4, FromClient, ProtocolViolation.LengthNotMinimal);

    [TestCase(0UL)]
    [TestCase(1UL)]
    [TestCase(125UL)]
    [TestCase(126UL)]
    [TestCase(127UL)]
    [TestCase(65534UL)]
    [TestCase(65535UL)]
    public void Sixty_four_bits_for_a_length_that_fits_into_sixteen_are_refused_by_the_sixth_zero_byte(ulong length) =>
        FrameHeaderTests.AssertRefusedAt(Header(length, 8), 8, FromClient, ProtocolViolation.LengthNotMinimal);

    [TestCase(1UL << 63)]
    [TestCase((1UL << 63) + 5)]
    [TestCase(ulong.MaxValue)]
    public void A_length_with_its_top_bit_set_is_refused_by_the_first_byte_of_the_length(ulong length)
    {
        FrameHeaderTests.AssertRefusedAt(Header(length, 8), 3, FromClient, ProtocolViolation.LengthTopBit);
        FrameHeaderTests.AssertRefusedAt(Header(length, 8), 3, FromClient with { PayloadLimit = 10 }, ProtocolViolation.LengthTopBit);
    }

    [Test]
    public void Every_16_bit_length_is_read_or_refused()
    {
        for (var length = 0; length <= ushort.MaxValue; length++)
        {
            var status = FrameHeader.Parse(Header((ulong)length, 2), FromClient, out var header, out var violation);
            if (length < 126)
            {
                Assert.That(violation, Is.SameAs(ProtocolViolation.LengthNotMinimal), $"{length}");
            }
            else if (status != HeaderStatus.Complete || header.PayloadLength != length)
            {
                Assert.Fail($"{length} was read as {header.PayloadLength}");
            }
        }
    }

    [Test]
    public void A_form_that_is_not_the_shortest_is_refused_as_such_even_if_the_length_is_over_the_limit() =>
        FrameHeaderTests.AssertRefusedAt(
            Header(200, 8), 8, FromClient with { PayloadLimit = 100 }, ProtocolViolation.LengthNotMinimal);

    [TestCase(65536UL, 65535L, 8)] // 00 00 00 00 00 01 ..: with the 1, which is the eighth byte of the frame
    [TestCase(65535UL, 65534L, 4)]
    [TestCase(0x8000UL, 0x7FFFL, 3)]
    [TestCase(1UL << 32, 65536L, 6)]
    public void A_length_over_the_limit_is_refused_by_the_first_byte_that_leaves_no_smaller_one(ulong length, long limit, int count)
    {
        var size = length > 65535 ? 8 : 2;

        FrameHeaderTests.AssertRefusedAt(Header(length, size), count, FromClient with { PayloadLimit = limit }, ProtocolViolation.MessageTooBig);
    }

    private static byte[] Header(ulong length, int size) =>
        new RawFrame { Opcode = RawFrame.Binary, AnnouncedLength = length, LengthSize = size }.Header();
}
