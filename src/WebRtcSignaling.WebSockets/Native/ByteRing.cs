using System.Buffers;
using System.Buffers.Binary;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>Bytes that come in at one end and go out at the other, in a pooled array that grows by doubling. Not safe for concurrent use.</summary>
internal struct ByteRing
{
    private const int FirstSize = 512;

    private byte[]? _array;
    private int _start;

    /// <summary>How many bytes are in it.</summary>
    public int Length { get; private set; }

    public readonly int Capacity => _array?.Length ?? 0;

    /// <summary>Makes room for so many more, so that they can be added in parts.</summary>
    public void Reserve(int more)
    {
        if (_array is null || Length + more > _array.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstSize, Math.Max(2 * Length, Length + more)));
            if (_array is not null)
            {
                Read(0, larger.AsSpan(0, Length));
                ArrayPool<byte>.Shared.Return(_array);
            }

            _array = larger;
            _start = 0;
        }
    }

    /// <summary>Adds bytes for which there is room.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        int begin = Place(Length);
        int first = Math.Min(bytes.Length, _array!.Length - begin);
        bytes[..first].CopyTo(_array.AsSpan(begin));
        bytes[first..].CopyTo(_array);
        Length += bytes.Length;
    }

    /// <summary>Adds a number, in four bytes for which there is room.</summary>
    public void Add(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        Add(bytes);
    }

    /// <summary>A number that was added as such.</summary>
    /// <param name="position">How many bytes come before it.</param>
    public readonly int ReadNumber(int position)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        Read(position, bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    /// <summary>Copies bytes that are in it.</summary>
    /// <param name="position">How many come before them.</param>
    /// <param name="target">As long as what is to be copied.</param>
    public readonly void Read(int position, Span<byte> target)
    {
        int begin = Place(position);
        int first = Math.Min(target.Length, _array!.Length - begin);
        _array.AsSpan(begin, first).CopyTo(target);
        _array.AsSpan(0, target.Length - first).CopyTo(target[first..]);
    }

    /// <summary>Gives up the first ones.</summary>
    public void Drop(int count)
    {
        Length -= count;

        // What begins at the array's start again stays in one piece, and in the processor's caches.
        _start = Length == 0 ? 0 : Place(count);
    }

    /// <summary>Gives up all, and the array.</summary>
    public void Release()
    {
        if (_array is not null)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        this = default;
    }

    /// <summary>Where in the array it is behind so many bytes.</summary>
    private readonly int Place(int position)
    {
        // Cheaper than a remainder, which a signal would need five times.
        int place = _start + position;
        return place < _array!.Length ? place : place - _array.Length;
    }
}
