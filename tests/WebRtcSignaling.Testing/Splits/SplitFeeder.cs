using System.Buffers;

namespace WebRtcSignaling.Testing.Splits;

/// <summary>Consumes what it can of <paramref name="unread"/> by moving its start, as one does with a pipe's read result.</summary>
public delegate void SplitConsumer(ref ReadOnlySequence<byte> unread);

/// <summary>Plays the pipe: hands a parser the parts of a split as they arrive, each behind what the parser left unread.</summary>
public static class SplitFeeder
{
    /// <summary>Feeds every part and returns how many bytes were left unread in the end.</summary>
    public static long Feed(InputSplit split, SplitConsumer consume)
    {
        var unread = new List<ReadOnlyMemory<byte>>();
        foreach (var part in split.Parts)
        {
            unread.Add(part);
            if (!split.AtOnce)
            {
                unread = Consume(unread, consume);
            }
        }

        if (split.AtOnce)
        {
            unread = Consume(unread, consume);
        }

        return unread.Sum(part => (long)part.Length);
    }

    private static List<ReadOnlyMemory<byte>> Consume(List<ReadOnlyMemory<byte>> parts, SplitConsumer consume)
    {
        var unread = SegmentedSequence.Of(parts);
        consume(ref unread);
        var left = new List<ReadOnlyMemory<byte>>();
        foreach (var part in unread)
        {
            left.Add(part);
        }

        return left;
    }
}
