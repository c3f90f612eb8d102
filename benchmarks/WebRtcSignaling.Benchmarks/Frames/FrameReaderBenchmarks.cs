using System.Buffers;
using BenchmarkDotNet.Attributes;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.Benchmarks.Frames;

/// <summary>Reading and checking one frame's header: each of the three length forms, and one that a segment's end cuts.</summary>
[MemoryDiagnoser]
public class FrameReaderBenchmarks
{
    private static readonly FrameContext Context = new(ExpectMasked: true, InsideMessage: false, PayloadLimit: 1 << 20);

    private ReadOnlySequence<byte> _whole;
    private ReadOnlySequence<byte> _cut;

    [Params(100, 300, 70_000)]
    public int PayloadBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var frame = MaskedFrame.Of(Opcode.Text, new byte[PayloadBytes]);
        _whole = new ReadOnlySequence<byte>(frame);
        var first = new Segment(frame.AsMemory(0, 3), null);
        var last = new Segment(frame.AsMemory(3), first);
        _cut = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    [Benchmark(Baseline = true)]
    public long Header() => Parse(_whole);

    [Benchmark]
    public long HeaderAcrossSegments() => Parse(_cut);

    private static long Parse(in ReadOnlySequence<byte> input) =>
        FrameHeader.Parse(input, Context, out var header, out _) == HeaderStatus.Complete
            ? header.PayloadLength
            : throw new InvalidOperationException("The frame was not read.");

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
