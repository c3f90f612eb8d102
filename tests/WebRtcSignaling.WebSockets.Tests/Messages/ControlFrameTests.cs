using System.Text;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Splits;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Messages;

/// <summary>RFC 6455 sections 5.5 and 7.</summary>
public sealed class ControlFrameTests
{
    [Test]
    public void Pings_and_pongs_of_every_allowed_length_are_read([Values(0, 1, 2, 124, 125)] int length)
    {
        byte[] payload = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 3))];

        MessageTrace.AssertReads(
            [.. ClientFrames.Ping(payload), .. ClientFrames.Pong(payload)], [ReadEvent.Ping(payload), ReadEvent.Pong(payload)]);
    }

    [Test]
    public void Control_frames_are_not_held_to_the_limit_of_messages() => MessageTrace.AssertReads(
        [.. ClientFrames.Ping(new byte[125]), .. ClientFrames.Close(1000, new string('r', 123))],
        [ReadEvent.Ping(new byte[125]), ReadEvent.Close(CloseCode.NormalClosure, new string('r', 123))],
        maxMessageBytes: 1);

    [Test]
    public void A_close_frame_may_be_empty() => MessageTrace.AssertReads(ClientFrames.Close(), [ReadEvent.Close()]);

    [TestCase("")]
    [TestCase("going home")]
    [TestCase("größe 日本語 😀")]
    public void A_close_frame_may_have_a_reason(string reason) =>
        MessageTrace.AssertReads(ClientFrames.Close(1000, reason), [ReadEvent.Close(CloseCode.NormalClosure, reason)]);

    [Test]
    public void A_close_body_of_one_byte_is_refused_by_the_header() =>
        MessageTrace.AssertRefusedAt(2, new RawFrame { Opcode = RawFrame.Close, Payload = [3] }.ToBytes(), ProtocolViolation.CloseBodyTooShort);

    [Test]
    public void Of_all_65536_close_codes_exactly_the_allowed_are_read_and_the_others_are_refused_by_their_second_byte()
    {
        for (var code = 0; code <= ushort.MaxValue; code++)
        {
            var expected = code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999)
                ? ReadEvent.Close((CloseCode)code, "x")
                : ReadEvent.Of(ProtocolViolation.CloseCodeForbidden);

            MessageTrace.AssertReads([InputSplits.Whole(ClientFrames.Close(code, "x"))], [expected]);
        }

        foreach (var code in new[] { 0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535 })
        {
            MessageTrace.AssertRefusedAt(8, ClientFrames.Close(code, "why"), ProtocolViolation.CloseCodeForbidden);
        }

        foreach (var code in new[] { 1000, 1003, 1007, 1014, 3000, 3999, 4000, 4999 })
        {
            MessageTrace.AssertReads(ClientFrames.Close(code, "why"), [ReadEvent.Close((CloseCode)code, "why")]);
        }
    }

    [TestCase("80", 0)]
    [TestCase("C080", 0)]
    [TestCase("EDA080", 1)]
    [TestCase("F4908080", 1)]
    [TestCase("C341", 1)]
    [TestCase("FF", 0)]
    public void A_reason_that_is_not_UTF_8_is_refused_by_its_first_bad_byte(string hex, int index)
    {
        byte[] reason = [.. "né"u8, .. Convert.FromHexString(hex), .. "more"u8];

        MessageTrace.AssertRefusedAt(8 + 3 + index + 1, ClientFrames.Close(1000, reason), ProtocolViolation.CloseReasonNotUtf8);
    }

    [TestCase("C3")]
    [TestCase("E282")]
    [TestCase("F09F98")]
    public void A_reason_that_ends_inside_a_code_point_is_refused_with_its_last_byte(string hex)
    {
        var frame = ClientFrames.Close(1000, Convert.FromHexString(hex));

        MessageTrace.AssertRefusedAt(frame.Length, frame, ProtocolViolation.CloseReasonNotUtf8);
    }

    [Test]
    public void A_forbidden_code_is_told_before_a_bad_reason() =>
        MessageTrace.AssertRefusedAt(8, ClientFrames.Close(1005, [0xFF]), ProtocolViolation.CloseCodeForbidden);

    [Test]
    public void Nothing_is_read_after_a_close_frame()
    {
        byte[][] afters = [ClientFrames.Text("late"), ClientFrames.Close(1000), ClientFrames.Ping(1), [0xFF, 0xFF, 0xFF], new byte[300]];
        foreach (var after in afters)
        {
            MessageTrace.AssertReads(
                [.. ClientFrames.Text("a"), .. ClientFrames.Close(4001, "b"), .. after],
                [ReadEvent.Text("a"), ReadEvent.Close(CloseCode.Removed, "b")]);
        }
    }

    [Test]
    public void Nothing_is_read_after_a_violation() => MessageTrace.AssertReads(
        [.. ClientFrames.Text("a"), 0xFF, .. ClientFrames.Text("late"), .. ClientFrames.Close(1000)],
        [ReadEvent.Text("a"), ReadEvent.Of(ProtocolViolation.ReservedBits)]);

    [Test]
    public void A_servers_close_frame_is_read_by_a_client()
    {
        byte[] reason = Encoding.UTF8.GetBytes("going away, retry");

        MessageTrace.AssertReads(
            [0x88, (byte)(2 + reason.Length), 0x03, 0xE9, .. reason], [ReadEvent.Close(CloseCode.GoingAway, "going away, retry")], expectMasked: false);
    }
}
