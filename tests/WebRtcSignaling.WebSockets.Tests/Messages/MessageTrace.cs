using System.Buffers;
using System.Numerics;
using WebRtcSignaling.Testing.Splits;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Messages;

namespace WebRtcSignaling.WebSockets.Tests.Messages;

/// <summary>
/// Reads a split input to its end and notes every message. On the way it holds the reader to what must be true after each step,
/// whatever the bytes are.
/// </summary>
internal static class MessageTrace
{
    public const int DefaultLimit = 1 << 20;

    public static List<ReadEvent> Read(InputSplit split, int maxMessageBytes = DefaultLimit, bool expectMasked = true)
    {
        using var reader = new MessageReader(maxMessageBytes, expectMasked);
        var events = new List<ReadEvent>();
        SplitFeeder.Feed(split, (ref ReadOnlySequence<byte> unread) => ReadOn(reader, ref unread, maxMessageBytes, events));
        return events;
    }

    /// <summary>The same events from every split; the seed of random cuts is in the message of a failure.</summary>
    public static void AssertReads(byte[] input, ReadEvent[] expected, int maxMessageBytes = DefaultLimit, bool expectMasked = true) =>
        AssertReads(InputSplits.All(input), expected, maxMessageBytes, expectMasked);

    public static void AssertReads(
        IEnumerable<InputSplit> splits, ReadEvent[] expected, int maxMessageBytes = DefaultLimit, bool expectMasked = true)
    {
        foreach (var split in splits)
        {
            var events = Read(split, maxMessageBytes, expectMasked);
            if (!events.SequenceEqual(expected))
            {
                Assert.That(events, Is.EqualTo(expected), $"fed {split}");
            }
        }
    }

    /// <summary>
    /// The violation, from every split, and with exactly the first <paramref name="count"/> bytes of the input: what comes before
    /// them is still fine.
    /// </summary>
    public static void AssertRefusedAt(
        int count, byte[] input, ProtocolViolation violation, ReadEvent[]? before = null, int maxMessageBytes = DefaultLimit, bool expectMasked = true)
    {
        ReadEvent[] allowed = before ?? [];
        ReadEvent[] refused = [.. allowed, ReadEvent.Of(violation)];
        AssertReads(input, refused, maxMessageBytes, expectMasked);
        AssertReads(input[..count], refused, maxMessageBytes, expectMasked);
        AssertReads(input[..(count - 1)], allowed, maxMessageBytes, expectMasked);
    }

    private static void ReadOn(MessageReader reader, ref ReadOnlySequence<byte> unread, int maxMessageBytes, List<ReadEvent> events)
    {
        while (true)
        {
            var before = unread.Length;
            var status = reader.TryRead(ref unread, out var message);
            if (reader.BufferedCapacity > BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, maxMessageBytes)) + 128)
            {
                Assert.Fail($"{reader.BufferedCapacity} bytes are held for messages of at most {maxMessageBytes}");
            }

            switch (status)
            {
                case ReadStatus.Message:
                    events.Add(ReadEvent.Of(message));
                    break;
                case ReadStatus.Violation:
                    events.Add(ReadEvent.Of(reader.Violation!));
                    Check(reader.BufferedCapacity == 0, "a buffer is held after a violation");
                    break;
                case ReadStatus.Ended:
                    Check(events[^1].What[0] is 'C' or 'V', "the reader ended without a reason");
                    Check(unread.Length == before, "bytes were consumed after the end");
                    unread = unread.Slice(unread.End);
                    return;
                default:
                    Check(reader.Violation is null, "a violation was not told");
                    Check(unread.Length < FrameHeader.MaxLength, "more than part of a header is left unread");
                    return;
            }
        }
    }

    private static void Check(bool condition, string failure)
    {
        if (!condition)
        {
            Assert.Fail(failure);
        }
    }
}
