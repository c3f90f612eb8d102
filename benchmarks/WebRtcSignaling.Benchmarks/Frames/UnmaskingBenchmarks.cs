using BenchmarkDotNet.Attributes;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.Benchmarks.Frames;

/// <summary>Copying a payload while taking its mask off, against a loop over bytes and against a copy that takes nothing off.</summary>
[MemoryDiagnoser]
public class UnmaskingBenchmarks
{
    private byte[] _source = [];
    private byte[] _destination = [];

    [Params(16, 300, 6000, 65536)]
    public int PayloadBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _source = new byte[PayloadBytes];
        _destination = new byte[PayloadBytes];
        new Random(1).NextBytes(_source);
    }

    [Benchmark(Baseline = true)]
    public void ByteLoop()
    {
        var (source, destination) = (_source, _destination);
        for (var i = 0; i < source.Length; i++)
        {
            destination[i] = (byte)(source[i] ^ (MaskedFrame.Key >> (8 * (i & 3))));
        }
    }

    [Benchmark]
    public void Vectorized() => FrameMask.Copy(_source, _destination, MaskedFrame.Key, offset: 0);

    [Benchmark]
    public void VectorizedInsideAWord() => FrameMask.Copy(_source, _destination, MaskedFrame.Key, offset: 3);

    [Benchmark]
    public void CopyOnly() => _source.CopyTo(_destination, 0);
}
