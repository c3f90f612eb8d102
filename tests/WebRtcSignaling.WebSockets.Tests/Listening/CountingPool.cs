using System.Buffers;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>A pool that knows how much of it is out.</summary>
internal sealed class CountingPool : MemoryPool<byte>
{
    private int _rented;
    private int _rentals;

    public int Rented => Volatile.Read(ref _rented);

    public int Rentals => Volatile.Read(ref _rentals);

    public override int MaxBufferSize => 1 << 20;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        Interlocked.Increment(ref _rented);
        Interlocked.Increment(ref _rentals);
        return new Owner(this, new byte[Math.Max(minBufferSize, 1)]);
    }

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Owner(CountingPool pool, byte[] array) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => array;

        public void Dispose() => Interlocked.Decrement(ref pool._rented);
    }
}
