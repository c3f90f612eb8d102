using System.Text;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Messages;

/// <summary>RFC 6455 sections 5.6 and 8.1: a text message is UTF-8, and the connection fails with 1007 where it is not.</summary>
public sealed class TextValidityTests
{
    private const string Mixed = "κόσμε – größe, 日本語, 😀🎉 \u0000\u007F\u0080\u07FF\u0800\uFFFF\U00010000\U0010FFFF";

    // Each sequence with the index of the first byte that makes it impossible.
    private static readonly object[] Invalid =
    [
        new object[] { "80", 0 },
        new object[] { "C0AF", 0 },
        new object[] { "C1BF", 0 },
        new object[] { "E080AF", 1 },
        new object[] { "E09FBF", 1 },
        new object[] { "F08080AF", 1 },
        new object[] { "F08FBFBF", 1 },
        new object[] { "EDA080", 1 },
        new object[] { "EDBFBF", 1 },
        new object[] { "EDA081EDB080", 1 },
        new object[] { "F4908080", 1 },
        new object[] { "F5808080", 0 },
        new object[] { "F88880808080", 0 },
        new object[] { "FE", 0 },
        new object[] { "FF", 0 },
        new object[] { "C341", 1 },
        new object[] { "E28241", 2 },
        new object[] { "F09F9841", 3 },
    ];

    // Valid so far, but not whole.
    private static readonly string[] BrokenOff = ["C3", "E2", "E282", "F0", "F09F", "F09F98", "F4", "F48F", "F48FBF", "ED", "ED9F"];

    [Test]
    public void Valid_text_is_read_however_its_bytes_and_its_fragments_are_cut()
    {
        var text = Encoding.UTF8.GetBytes(Mixed);
        MessageTrace.AssertReads(ClientFrames.Text(text), [ReadEvent.Text(Mixed)]);
        for (var cut = 0; cut <= text.Length; cut++)
        {
            MessageTrace.AssertReads(ClientFrames.FragmentedText(text[..cut], text[cut..]), [ReadEvent.Text(Mixed)]);
        }

        MessageTrace.AssertReads(ClientFrames.FragmentedText([.. text.Select(b => new[] { b })]), [ReadEvent.Text(Mixed)]);
    }

    [TestCaseSource(nameof(Invalid))]
    public void Invalid_text_is_refused_by_its_first_bad_byte_and_not_later(string hex, int index)
    {
        var bad = Convert.FromHexString(hex);
        foreach (var before in new[] { "", "a", "é", Mixed, new string('x', 200) })
        {
            byte[] text = [.. Encoding.UTF8.GetBytes(before), .. bad, .. "and more"u8];
            var frame = new RawFrame { Opcode = RawFrame.Text, Payload = text };
            var count = frame.Header().Length + text.Length - 8 - bad.Length + index + 1;

            MessageTrace.AssertRefusedAt(count, frame.ToBytes(), ProtocolViolation.TextNotUtf8);
        }
    }

    [TestCaseSource(nameof(Invalid))]
    public void Invalid_text_is_refused_wherever_fragments_cut_it(string hex, int index)
    {
        byte[] text = [.. "é😀"u8, .. Convert.FromHexString(hex)];
        var firstBad = 6 + index;
        for (var cut = 0; cut <= text.Length; cut++)
        {
            var first = new RawFrame { Opcode = RawFrame.Text, Fin = false, Payload = text[..cut] };
            var second = new RawFrame { Opcode = RawFrame.Continuation, Payload = text[cut..] };
            byte[] input = [.. first.ToBytes(), .. ClientFrames.Ping(1), .. second.ToBytes()];
            var isInFirst = firstBad < cut;
            var count = isInFirst
                ? first.Header().Length + firstBad + 1
                : input.Length - text.Length + firstBad + 1;

            MessageTrace.AssertRefusedAt(count, input, ProtocolViolation.TextNotUtf8, isInFirst ? [] : [ReadEvent.Ping(1)]);
        }
    }

    [TestCaseSource(nameof(BrokenOff))]
    public void Text_that_ends_inside_a_code_point_is_refused_with_its_last_byte(string hex)
    {
        byte[] text = [.. "ok"u8, .. Convert.FromHexString(hex)];
        var frame = ClientFrames.Text(text);

        MessageTrace.AssertRefusedAt(frame.Length, frame, ProtocolViolation.TextNotUtf8);
    }

    [TestCaseSource(nameof(BrokenOff))]
    public void Text_that_ends_inside_a_code_point_is_refused_also_if_its_final_fragment_is_empty(string hex)
    {
        byte[] text = [.. "ok"u8, .. Convert.FromHexString(hex)];
        var input = ClientFrames.FragmentedText(text, []);
        MessageTrace.AssertRefusedAt(input.Length, input, ProtocolViolation.TextNotUtf8);

        var longer = ClientFrames.FragmentedText(text, [], []);
        MessageTrace.AssertRefusedAt(longer.Length, longer, ProtocolViolation.TextNotUtf8);
    }

    [Test]
    public void The_next_text_begins_anew()
    {
        MessageTrace.AssertReads(
            [.. ClientFrames.Text("é"), .. ClientFrames.Binary([0xC3]), .. ClientFrames.Text("a")],
            [ReadEvent.Text("é"), ReadEvent.Binary(0xC3), ReadEvent.Text("a")]);
        MessageTrace.AssertReads(
            [.. ClientFrames.Binary([0xC3]), .. ClientFrames.Text([0xA9])],
            [ReadEvent.Binary(0xC3), ReadEvent.Of(ProtocolViolation.TextNotUtf8)]);
    }

    [Test]
    public void Binary_pings_and_pongs_may_hold_any_bytes()
    {
        byte[] any = [.. Enumerable.Range(0, 125).Select(i => (byte)(0xFF - i))];

        MessageTrace.AssertReads(
            [.. ClientFrames.Binary(any), .. ClientFrames.FragmentedBinary(any, any), .. ClientFrames.Ping(any), .. ClientFrames.Pong(any)],
            [ReadEvent.Binary(any), ReadEvent.Binary([.. any, .. any]), ReadEvent.Ping(any), ReadEvent.Pong(any)]);
    }

    [Test]
    public void A_servers_invalid_text_is_refused_too() => MessageTrace.AssertRefusedAt(
        4, [0x81, 3, (byte)'a', 0xFF, (byte)'b'], ProtocolViolation.TextNotUtf8, expectMasked: false);
}
