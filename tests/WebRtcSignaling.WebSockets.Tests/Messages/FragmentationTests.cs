using System.Text;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Messages;

namespace WebRtcSignaling.WebSockets.Tests.Messages;

/// <summary>RFC 6455 section 5.4.</summary>
public sealed class FragmentationTests
{
    private static readonly byte[] Hello = "Hello"u8.ToArray();

    [Test]
    public void Fragments_are_one_message([Values(1, 2, 3, 5)] int count)
    {
        byte[][] parts = [.. Enumerable.Range(0, count).Select(i => Encoding.UTF8.GetBytes($"part {i} "))];
        byte[] whole = [.. parts.SelectMany(part => part)];

        MessageTrace.AssertReads(
            [.. ClientFrames.FragmentedText(parts), .. ClientFrames.FragmentedBinary(parts), .. ClientFrames.Text("next")],
            [ReadEvent.Text(whole), ReadEvent.Binary(whole), ReadEvent.Text("next")]);
    }

    [Test]
    public void Fragments_of_a_server_are_one_message() => MessageTrace.AssertReads(
        [0x01, 1, (byte)'a', 0x00, 1, (byte)'b', 0x8A, 0, 0x80, 1, (byte)'c'], [ReadEvent.Pong(), ReadEvent.Text("abc")], expectMasked: false);

    [Test]
    public void Each_fragment_has_its_own_key_and_the_mask_begins_anew()
    {
        byte[] input =
        [
            .. new RawFrame { Opcode = RawFrame.Text, Fin = false, Payload = [.. Hello, 1], MaskingKey = 0x01020304 }.ToBytes(),
            .. new RawFrame { Opcode = RawFrame.Ping, Payload = Hello, MaskingKey = 0xA0B0C0D0 }.ToBytes(),
            .. new RawFrame { Opcode = RawFrame.Continuation, Payload = Hello, MaskingKey = 0x11223344 }.ToBytes(),
        ];

        MessageTrace.AssertReads(input, [ReadEvent.Ping(Hello), ReadEvent.Text([.. Hello, 1, .. Hello])]);
    }

    [Test]
    public void Fragments_may_be_empty_first_in_between_and_last()
    {
        MessageTrace.AssertReads(ClientFrames.FragmentedText([], Hello), [ReadEvent.Text("Hello")]);
        MessageTrace.AssertReads(ClientFrames.FragmentedText(Hello, [], [], Hello), [ReadEvent.Text("HelloHello")]);
        MessageTrace.AssertReads(ClientFrames.FragmentedText(Hello, []), [ReadEvent.Text("Hello")]);
        MessageTrace.AssertReads(ClientFrames.FragmentedText([], [], []), [ReadEvent.Text("")]);
        MessageTrace.AssertReads(ClientFrames.FragmentedBinary([], [], []), [ReadEvent.Binary()]);
    }

    [Test]
    public void As_many_fragments_may_be_empty_as_no_client_ever_sends_and_then_no_more()
    {
        byte[] empty = ClientFrames.Continuation([], fin: false);
        byte[] most = [.. Enumerable.Repeat(empty, MessageReader.MaxEmptyFragments).SelectMany(static frame => frame)];
        byte[] whole = [.. ClientFrames.Text(Hello, fin: false), .. most, .. ClientFrames.Continuation([], fin: true)];
        MessageTrace.AssertReads([.. whole, .. whole], [ReadEvent.Text("Hello"), ReadEvent.Text("Hello")]);

        byte[] more = [.. ClientFrames.Text(Hello, fin: false), .. most, .. empty];
        MessageTrace.AssertRefusedAt(more.Length, [.. more, .. empty], ProtocolViolation.TooManyEmptyFragments);
    }

    [Test]
    public void Control_frames_between_fragments_come_out_at_once_and_do_not_touch_the_message()
    {
        byte[] input =
        [
            .. ClientFrames.Text("He"u8.ToArray(), fin: false),
            .. ClientFrames.Ping(1, 2, 3),
            .. ClientFrames.Pong(4),
            .. ClientFrames.Continuation("ll"u8.ToArray(), fin: false),
            .. ClientFrames.Ping(),
            .. ClientFrames.Continuation("o"u8.ToArray(), fin: true),
            .. ClientFrames.Pong(5),
        ];

        MessageTrace.AssertReads(
            input, [ReadEvent.Ping(1, 2, 3), ReadEvent.Pong(4), ReadEvent.Ping(), ReadEvent.Text("Hello"), ReadEvent.Pong(5)]);
    }

    [Test]
    public void A_control_frame_inside_a_code_point_does_not_touch_the_text()
    {
        byte[] input =
        [
            .. ClientFrames.Text([0xF0, 0x9F], fin: false),
            .. ClientFrames.Ping(0xFF, 0x98),
            .. ClientFrames.Continuation([0x98, 0x80], fin: true),
        ];

        MessageTrace.AssertReads(input, [ReadEvent.Ping(0xFF, 0x98), ReadEvent.Text("😀")]);
    }

    [Test]
    public void A_close_frame_between_fragments_ends_the_connection_and_the_message_never_comes()
    {
        byte[] input =
        [
            .. ClientFrames.Text(Hello, fin: false),
            .. ClientFrames.Close(1001, "bye"),
            .. ClientFrames.Continuation(Hello, fin: true),
        ];

        MessageTrace.AssertReads(input, [ReadEvent.Close(CloseCode.GoingAway, "bye")]);
    }

    [Test]
    public void A_continuation_with_nothing_to_continue_is_refused_by_its_first_byte([Values] bool fin)
    {
        var continuation = ClientFrames.Continuation(Hello, fin);

        MessageTrace.AssertRefusedAt(1, continuation, ProtocolViolation.NothingToContinue);

        // Nor after a message that is complete, in one frame or in several, nor after a control frame.
        byte[][] befores = [ClientFrames.Text("Hello"), ClientFrames.FragmentedText(Hello[..2], Hello[2..])];
        foreach (var before in befores)
        {
            MessageTrace.AssertRefusedAt(
                before.Length + 1, [.. before, .. continuation], ProtocolViolation.NothingToContinue, [ReadEvent.Text("Hello")]);
        }

        var ping = ClientFrames.Ping(1);
        MessageTrace.AssertRefusedAt(ping.Length + 1, [.. ping, .. continuation], ProtocolViolation.NothingToContinue, [ReadEvent.Ping(1)]);
    }

    [Test]
    public void A_new_message_inside_a_fragmented_one_is_refused_by_its_first_byte([Values] bool text, [Values] bool fin, [Values] bool firstIsText)
    {
        var first = firstIsText ? ClientFrames.Text(Hello, fin: false) : ClientFrames.Binary(Hello, fin: false);
        var second = text ? ClientFrames.Text(Hello, fin) : ClientFrames.Binary(Hello, fin);

        MessageTrace.AssertRefusedAt(first.Length + 1, [.. first, .. second], ProtocolViolation.MessageInterrupted);

        // Nor after a ping, which does not end the message.
        byte[] pinged = [.. first, .. ClientFrames.Ping()];
        MessageTrace.AssertRefusedAt(pinged.Length + 1, [.. pinged, .. second], ProtocolViolation.MessageInterrupted, [ReadEvent.Ping()]);
    }

    [Test]
    public void All_fragments_together_are_held_to_the_limit_by_the_header_of_the_one_that_goes_over()
    {
        var within = ClientFrames.FragmentedBinary(new byte[40], new byte[59], new byte[1]);
        MessageTrace.AssertReads([.. within, .. within], [ReadEvent.Binary(new byte[100]), ReadEvent.Binary(new byte[100])], maxMessageBytes: 100);

        byte[] start = [.. ClientFrames.Binary(new byte[40], fin: false), .. ClientFrames.Continuation(new byte[60], fin: false)];
        byte[] input = [.. start, .. ClientFrames.Ping(new byte[125]), .. ClientFrames.Continuation(new byte[1], fin: true)];
        MessageTrace.AssertRefusedAt(
            input.Length - 5, input, ProtocolViolation.MessageTooBig, [ReadEvent.Ping(new byte[125])], maxMessageBytes: 100);
    }

    [Test]
    public void A_message_of_a_thousand_fragments_of_one_byte_is_read()
    {
        byte[][] parts = [.. Enumerable.Range(0, 1000).Select(i => new[] { (byte)('a' + (i % 26)) })];

        MessageTrace.AssertReads(ClientFrames.FragmentedText(parts), [ReadEvent.Text([.. parts.SelectMany(part => part)])]);
    }
}
