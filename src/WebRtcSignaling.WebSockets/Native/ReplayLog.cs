using System.Buffers;
using System.Buffers.Binary;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>
/// The messages that a client has been sent and has not acknowledged, by their numbers, within a budget of bytes; beyond it the oldest are dropped. A ring in a
/// pooled array that grows by doubling. When all is acknowledged it keeps a short one for what follows, which comes soon where much is sent, until it is told to
/// rest. Not safe for concurrent use.
/// </summary>
internal struct ReplayLog
{
    private const int FirstSize = 512;

    /// <summary>How long an array is kept while there is nothing in it: enough for 16 signals of the usual length, after which clients acknowledge.</summary>
    private const int KeptSize = 8_192;

    /// <summary>What is kept before each message: its length.</summary>
    private const int Overhead = sizeof(int);

    private readonly int _maxBytes;
    private byte[]? _ring;
    private int _start;
    private int _length;

    public ReplayLog(int maxBytes) => _maxBytes = maxBytes;

    /// <summary>The number of the message that came last; the first one is 1.</summary>
    public long Last { get; private set; }

    /// <summary>How many of the last messages are kept.</summary>
    public int Count { get; private set; }

    public readonly int Capacity => _ring?.Length ?? 0;

    /// <summary>Whether everything that followed a message is still kept.</summary>
    public readonly bool Covers(long received) => received <= Last && received >= Last - Count;

    /// <summary>Keeps a message, as the next number.</summary>
    public void Append(ReadOnlySpan<byte> message)
    {
        Last++;
        int needed = Overhead + message.Length;
        if (needed > _maxBytes)
        {
            // What follows a message that cannot be kept is of no use without it.
            Release();
            return;
        }

        while (_length + needed > _maxBytes)
        {
            DropFirst();
        }

        Reserve(needed);
        Span<byte> length = stackalloc byte[Overhead];
        BinaryPrimitives.WriteInt32LittleEndian(length, message.Length);
        Write(length);
        Write(message);
        Count++;
    }

    /// <summary>The client has everything up to a number, or all that there is if it names one that was not sent yet.</summary>
    public void DropThrough(long received)
    {
        while (Count > 0 && Last - Count < received)
        {
            DropFirst();
        }
    }

    /// <summary>Nothing is likely to follow soon: if nothing is kept, not even an array is.</summary>
    public void Rest()
    {
        if (Count == 0)
        {
            Release();
        }
    }

    /// <summary>The message with a number, which must be kept here; valid until the next change.</summary>
    /// <param name="position">Where it begins: 0 for the first one, and for every other what the call before has left here.</param>
    /// <param name="scratch">A pooled array where the message was put together if it lay at the ring's end; the caller returns it.</param>
    public readonly ReadOnlySpan<byte> Read(ref int position, out byte[]? scratch)
    {
        int length = ReadLength(position);
        int begin = (_start + position + Overhead) % _ring!.Length;
        position += Overhead + length;
        if (begin + length <= _ring.Length)
        {
            scratch = null;
            return _ring.AsSpan(begin, length);
        }

        scratch = ArrayPool<byte>.Shared.Rent(length);
        Read(begin, scratch.AsSpan(0, length));
        return scratch.AsSpan(0, length);
    }

    /// <summary>Keeps nothing any more. The numbers go on.</summary>
    public void Release()
    {
        if (_ring is not null)
        {
            ArrayPool<byte>.Shared.Return(_ring);
        }

        _ring = null;
        _start = 0;
        _length = 0;
        Count = 0;
    }

    private void DropFirst()
    {
        int dropped = Overhead + ReadLength(0);
        Count--;
        if (Count == 0 && _ring!.Length > KeptSize)
        {
            Release();
            return;
        }

        // What begins at the array's start again stays in one piece, and in the processor's caches.
        _start = Count == 0 ? 0 : (_start + dropped) % _ring!.Length;
        _length -= dropped;
    }

    private readonly int ReadLength(int position)
    {
        Span<byte> length = stackalloc byte[Overhead];
        Read((_start + position) % _ring!.Length, length);
        return BinaryPrimitives.ReadInt32LittleEndian(length);
    }

    private readonly void Read(int begin, Span<byte> target)
    {
        int first = Math.Min(target.Length, _ring!.Length - begin);
        _ring.AsSpan(begin, first).CopyTo(target);
        _ring.AsSpan(0, target.Length - first).CopyTo(target[first..]);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        int begin = (_start + _length) % _ring!.Length;
        int first = Math.Min(bytes.Length, _ring.Length - begin);
        bytes[..first].CopyTo(_ring.AsSpan(begin));
        bytes[first..].CopyTo(_ring);
        _length += bytes.Length;
    }

    private void Reserve(int needed)
    {
        if (_ring is null || _length + needed > _ring.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstSize, Math.Max(2 * _length, _length + needed)));
            if (_ring is not null)
            {
                Read(_start, larger.AsSpan(0, _length));
                ArrayPool<byte>.Shared.Return(_ring);
            }

            _ring = larger;
            _start = 0;
        }
    }
}
