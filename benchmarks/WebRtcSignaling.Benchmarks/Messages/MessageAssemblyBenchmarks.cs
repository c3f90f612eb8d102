using System.Buffers;
using BenchmarkDotNet.Attributes;
using WebRtcSignaling.Benchmarks.Frames;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Messages;

namespace WebRtcSignaling.Benchmarks.Messages;

/// <summary>
/// From bytes to one checked text message: a candidate's size (300 B) and a session description's (6 kB), in one frame, in four
/// fragments, and in one frame that arrives in two reads. Nothing may be allocated.
/// </summary>
[MemoryDiagnoser]
public class MessageAssemblyBenchmarks
{
    private readonly MessageReader _reader = new(maxMessageBytes: 1 << 16);
    private ReadOnlySequence<byte> _single;
    private ReadOnlySequence<byte> _fragmented;
    private ReadOnlySequence<byte> _firstHalf;
    private ReadOnlySequence<byte> _secondHalf;

    [Params(300, 6000)]
    public int MessageBytes { get; set; }

    [Params(false, true)]
    public bool Ascii { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var text = new byte[MessageBytes];
        for (var i = 0; i < text.Length; i += 2)
        {
            (Ascii ? "ab"u8 : "é"u8).CopyTo(text.AsSpan(i));
        }

        var frame = MaskedFrame.Of(Opcode.Text, text);
        _single = new ReadOnlySequence<byte>(frame);
        _firstHalf = _single.Slice(0, frame.Length / 2);
        _secondHalf = _single.Slice(frame.Length / 2);

        // Cut inside code points, where there are any.
        var quarter = (MessageBytes / 4) | 1;
        byte[] fragments =
        [
            .. MaskedFrame.Of(Opcode.Text, text.AsSpan(0, quarter), fin: false),
            .. MaskedFrame.Of(Opcode.Continuation, text.AsSpan(quarter, quarter), fin: false),
            .. MaskedFrame.Of(Opcode.Continuation, text.AsSpan(2 * quarter, quarter), fin: false),
            .. MaskedFrame.Of(Opcode.Continuation, text.AsSpan(3 * quarter)),
        ];
        _fragmented = new ReadOnlySequence<byte>(fragments);
    }

    [GlobalCleanup]
    public void Cleanup() => _reader.Dispose();

    [Benchmark(Baseline = true)]
    public int SingleFrame() => ReadOne(_single);

    [Benchmark]
    public int FourFragments() => ReadOne(_fragmented);

    [Benchmark]
    public int TwoReads()
    {
        var first = _firstHalf;
        _reader.TryRead(ref first, out _);
        return ReadOne(_secondHalf);
    }

    private int ReadOne(ReadOnlySequence<byte> input)
    {
        if (_reader.TryRead(ref input, out var message) != ReadStatus.Message)
        {
            throw new InvalidOperationException("The message was not read.");
        }

        var length = message.Payload.Length;
        _reader.ReleaseIdle();
        return length;
    }
}
