using System.Buffers;

namespace WebRtcSignaling.Testing.Splits;

/// <summary>Makes a sequence with exactly the given segments.</summary>
public static class SegmentedSequence
{
    public static ReadOnlySequence<byte> Of(params IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        if (parts.Count < 2)
        {
            return parts.Count == 0 ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(parts[0]);
        }

        var first = new Segment(parts[0], 0);
        var last = first;
        foreach (var part in parts.Skip(1))
        {
            last = last.Append(part);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
