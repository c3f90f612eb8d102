using System.Text;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Splits;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Messages;

/// <summary>Messages of one frame: RFC 6455 sections 5.2, 5.6 and 5.7.</summary>
public sealed class DataMessageTests
{
    [Test]
    public void The_masked_example_of_section_5_7_is_read() => MessageTrace.AssertReads(
        [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58], [ReadEvent.Text("Hello")]);

    [Test]
    public void The_unmasked_examples_of_section_5_7_are_read_from_a_server() => MessageTrace.AssertReads(
        [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x01, 0x03, 0x48, 0x65, 0x6c, 0x80, 0x02, 0x6c, 0x6f, 0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f],
        [ReadEvent.Text("Hello"), ReadEvent.Text("Hello"), ReadEvent.Ping("Hello"u8.ToArray())],
        expectMasked: false);

    [Test]
    public void A_payload_of_every_length_form_is_read_at_every_split([Values(0, 1, 125, 126, 127)] int length, [Values] bool text, [Values] bool masked)
    {
        var payload = Payload(length);
        var frame = new RawFrame
        {
            Opcode = text ? RawFrame.Text : RawFrame.Binary,
            Payload = payload,
            MaskingKey = masked ? RawFrame.ExampleKey : null,
        }.ToBytes();
        var expected = text ? ReadEvent.Text(payload) : ReadEvent.Binary(payload);

        MessageTrace.AssertReads([.. frame, .. frame], [expected, expected], expectMasked: masked);
    }

    [Test]
    public void A_long_payload_is_read_at_every_two_way_cut([Values(65535, 65536)] int length)
    {
        var payload = Payload(length);
        var frame = ClientFrames.Text(payload);
        var splits = InputSplits.EveryTwoWayCut(frame).SelectMany(split => new[] { split, split with { AtOnce = true } });

        MessageTrace.AssertReads(splits.Prepend(InputSplits.Whole(frame)), [ReadEvent.Text(payload)]);
    }

    [Test]
    public void A_long_payload_is_read_byte_by_byte_and_at_random_cuts([Values(65535, 65536)] int length, [Values] bool masked, [Values] bool text)
    {
        var payload = Payload(length);
        var frame = new RawFrame
        {
            Opcode = text ? RawFrame.Text : RawFrame.Binary,
            Payload = payload,
            MaskingKey = masked ? RawFrame.ExampleKey : null,
        }.ToBytes();
        var random = Enumerable.Range(0, 50).Select(i => InputSplits.AtRandomCuts(frame, SplitSeed.Value + i));
        var splits = random.SelectMany(split => new[] { split, split with { AtOnce = true } }).Prepend(InputSplits.ByteByByte(frame));

        MessageTrace.AssertReads(splits, [text ? ReadEvent.Text(payload) : ReadEvent.Binary(payload)], expectMasked: masked);
    }

    [TestCase(0u)]
    [TestCase(1u)]
    [TestCase(0xFFFFFFFFu)]
    [TestCase(0x00FF0000u)]
    public void Any_key_masks(uint key)
    {
        var payload = Encoding.UTF8.GetBytes("{\"type\":\"room-join\",\"room\":\"größe 😀\"}");

        MessageTrace.AssertReads(
            new RawFrame { Opcode = RawFrame.Text, Payload = payload, MaskingKey = key }.ToBytes(), [ReadEvent.Text(payload)]);
    }

    [Test]
    public void Many_messages_in_one_read_come_out_in_order()
    {
        byte[] input = [.. Enumerable.Range(0, 60).SelectMany(i => i % 3 == 0 ? ClientFrames.Ping((byte)i) : ClientFrames.Text($"{i}"))];
        ReadEvent[] expected = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? ReadEvent.Ping((byte)i) : ReadEvent.Text($"{i}"))];

        MessageTrace.AssertReads(input, expected);
    }

    [Test]
    public void An_empty_message_is_a_message() => MessageTrace.AssertReads(
        [.. ClientFrames.Text(""), .. ClientFrames.Binary([])], [ReadEvent.Text(""), ReadEvent.Binary()]);

    [Test]
    public void A_message_as_long_as_the_limit_is_read_and_a_longer_one_is_refused_by_its_header([Values(1, 125, 126, 127, 200, 300)] int limit)
    {
        var good = ClientFrames.Binary(Payload(limit));
        var bad = new RawFrame { Opcode = RawFrame.Binary, Payload = Payload(limit + 1) };
        byte[] both = [.. good, .. bad.ToBytes()];

        // The length is known, and over the limit, before the masking key begins (or, behind 255, with its first byte).
        var known = good.Length + bad.Header().Length - 4;
        MessageTrace.AssertRefusedAt(known, both, ProtocolViolation.MessageTooBig, [ReadEvent.Binary(Payload(limit))], limit);
    }

    [TestCase(65535)]
    [TestCase(65536)]
    public void A_long_limit_is_held_by_the_header(int limit)
    {
        var good = ClientFrames.Binary(Payload(limit));
        MessageTrace.AssertReads([InputSplits.Whole(good)], [ReadEvent.Binary(Payload(limit))], limit);

        var header = new RawFrame { Opcode = RawFrame.Binary, AnnouncedLength = (ulong)limit + 1 }.Header();
        MessageTrace.AssertReads(header, [ReadEvent.Of(ProtocolViolation.MessageTooBig)], limit);
    }

    [Test]
    public void An_announcement_of_any_size_is_refused_without_its_payload() => MessageTrace.AssertRefusedAt(
        3, new RawFrame { Opcode = RawFrame.Text, AnnouncedLength = long.MaxValue }.Header(), ProtocolViolation.MessageTooBig);

    private static byte[] Payload(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)('a' + (i % 26)))];
}
