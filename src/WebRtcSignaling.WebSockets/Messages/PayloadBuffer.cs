using System.Buffers;

namespace WebRtcSignaling.WebSockets.Messages;

/// <summary>
/// The contiguous bytes of one message while its parts arrive: a pooled array that grows with what is there, not with what a header
/// announces, so that a peer pays in bytes sent for the memory that it makes this side hold.
/// </summary>
internal struct PayloadBuffer
{
    /// <summary>How much an announcement alone may reserve. Nearly all signaling messages fit, and then nothing grows.</summary>
    public const int AnnouncedStep = 4096;

    private byte[]? _array;
    private int _length;

    public readonly int Length => _length;

    public readonly int Capacity => _array?.Length ?? 0;

    public readonly ReadOnlyMemory<byte> Memory => _array.AsMemory(0, _length);

    public readonly ReadOnlySpan<byte> Span => _array.AsSpan(0, _length);

    /// <summary>Appends <paramref name="count"/> bytes, which have arrived, for the caller to fill.</summary>
    /// <param name="count">How many bytes.</param>
    /// <param name="announced">How many, these included, the frame's header says are still to come.</param>
    /// <param name="limit">The length that the whole will never exceed.</param>
    public Span<byte> Append(int count, long announced, int limit)
    {
        var start = _length;
        if (count > Capacity - start)
        {
            Grow(start + count, announced, limit);
        }

        _length = start + count;
        return _array.AsSpan(start, count);
    }

    /// <summary>Gives the array back and is empty again.</summary>
    public void Release()
    {
        if (_array is not null)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        this = default;
    }

    private void Grow(int needed, long announced, int limit)
    {
        // Doubling keeps the copies of a message that trickles in linear in its length.
        var doubled = Math.Min(2L * Capacity, limit);
        var expected = Math.Min(_length + announced, AnnouncedStep);
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(needed, Math.Max(doubled, expected)));
        var length = _length;
        Span.CopyTo(larger);
        Release();
        (_array, _length) = (larger, length);
    }
}
