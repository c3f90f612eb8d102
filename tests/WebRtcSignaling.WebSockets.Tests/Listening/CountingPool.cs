using System.Buffers;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>A pool that knows how much of it is out.</summary>
internal sealed class CountingPool : ArrayPool<byte>
{
    private int _rented;
    private int _rentals;

    public int Rented => Volatile.Read(ref _rented);

    public int Rentals => Volatile.Read(ref _rentals);

    public override byte[] Rent(int minimumLength)
    {
        Interlocked.Increment(ref _rented);
        Interlocked.Increment(ref _rentals);
        return new byte[minimumLength];
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        // Whoever still uses it shall be seen to do so.
        array.AsSpan().Fill((byte)'#');
        Interlocked.Decrement(ref _rented);
    }
}
