using WebRtcSignaling.Testing.Splits;
using WebRtcSignaling.WebSockets.Tests.Messages;

namespace WebRtcSignaling.WebSockets.Tests.Fuzzing;

/// <summary>
/// Generated and damaged frame streams (see <see cref="FuzzRun"/> for seeds and time). That nothing throws, that what is held stays
/// bounded and that reading ends, <see cref="MessageTrace"/> checks at every step.
/// </summary>
public sealed class FrameFuzzTests
{
    private static readonly int[] Limits = [1, 10, 100, 125, 126, 1000, 5000, 65535, 65536, 100_000];

    [Test]
    public Task A_valid_stream_is_read_back_exactly_however_it_is_cut() => FuzzRun.ForEachSeed(static seed =>
    {
        var random = new Random(seed);
        var masked = random.Next(2) == 0;
        var (stream, expected) = new FrameStreamGenerator(random, masked, maxMessageBytes: 65540).Generate();

        foreach (var split in SomeSplits(stream, seed))
        {
            AssertSame(MessageTrace.Read(split, 65540, masked), expected, split);
        }
    });

    [Test]
    public Task Any_stream_gives_what_the_plain_reading_of_the_RFC_gives_however_it_is_cut() => FuzzRun.ForEachSeed(static seed =>
    {
        var random = new Random(seed);
        var masked = random.Next(4) != 0;
        var limit = Limits[random.Next(Limits.Length)];
        var stream = new HostileStreams(random, masked).Generate(limit);
        var whole = InputSplits.Whole(stream);
        var events = MessageTrace.Read(whole, limit, masked);

        AssertSame(events, Expected(stream, limit, masked, events.Count, random), whole);
        foreach (var split in SomeSplits(stream, seed))
        {
            AssertSame(MessageTrace.Read(split, limit, masked), events, split);
        }
    });

    /// <summary>
    /// The reader refuses a broken frame before it is whole, the reference only then. So where the stream ends inside a frame and the
    /// reader has refused it, the reference gets bytes to complete it, any bytes, and must refuse it for the same reason.
    /// </summary>
    private static List<ReadEvent> Expected(byte[] stream, int limit, bool masked, int count, Random random)
    {
        var (events, needsMore) = ReferenceReader.Read(stream, limit, masked);
        if (!needsMore || events.Count >= count)
        {
            return events;
        }

        var more = new byte[limit + 200];
        random.NextBytes(more);
        var completed = ReferenceReader.Read([.. stream, .. more], limit, masked).Events;
        return completed.Count > count ? completed[..count] : completed;
    }

    private static IEnumerable<InputSplit> SomeSplits(byte[] stream, int seed)
    {
        yield return InputSplits.Whole(stream);
        for (var i = 0; i < 3; i++)
        {
            var split = InputSplits.AtRandomCuts(stream, seed + i);
            yield return split;
            yield return split with { AtOnce = true };
        }

        if (stream.Length < 2000)
        {
            yield return InputSplits.ByteByByte(stream);
        }
    }

    private static void AssertSame(List<ReadEvent> events, List<ReadEvent> expected, InputSplit split)
    {
        if (!events.SequenceEqual(expected))
        {
            Assert.That(events, Is.EqualTo(expected), $"fed {split}");
        }
    }
}
