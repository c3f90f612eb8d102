using System.Buffers;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>What has come and was not consumed yet, in one pooled array that grows by doubling; while there is nothing, it holds none. Not safe for concurrent use.</summary>
internal struct ReceiveBuffer(ArrayPool<byte> pool)
{
    /// <summary>Takes two long session descriptions at once.</summary>
    private const int FirstSize = 16_384;

    private byte[]? _array;
    private int _start;
    private int _length;
    private int _examined;

    public readonly ReadOnlySequence<byte> Unread => _array is null ? default : new(_array, _start, _length);

    public readonly bool IsEmpty => _length == 0;

    /// <summary>Whether there is something that the reader has not seen.</summary>
    public readonly bool HasNews => _length > _examined;

    /// <summary>Where to read into: behind what the reader has left, which may have to move for it.</summary>
    public Memory<byte> Free()
    {
        _array ??= pool.Rent(FirstSize);
        if (_start + _length == _array.Length)
        {
            byte[] full = _array;
            if (_length > full.Length / 2)
            {
                _array = pool.Rent(2 * full.Length);
            }

            full.AsSpan(_start, _length).CopyTo(_array);
            _start = 0;
            if (_array != full)
            {
                pool.Return(full);
            }
        }

        return _array.AsMemory(_start + _length);
    }

    /// <summary>Bytes have been read to where there was room for them.</summary>
    public void Add(int count) => _length += count;

    /// <summary>The reader is through with some, and has seen some more. What it has seen is no news any more.</summary>
    public void Advance(SequencePosition consumed, SequencePosition examined)
    {
        ReadOnlySequence<byte> rest = Unread.Slice(consumed);
        _examined = (int)rest.Slice(0, examined).Length;
        _start += _length - (int)rest.Length;
        _length = (int)rest.Length;
    }

    public void Release()
    {
        if (_array is not null)
        {
            pool.Return(_array);
            _array = null;
            _start = 0;
            _length = 0;
            _examined = 0;
        }
    }
}
