using System.Buffers;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>Reads what a <see cref="ReplayLog"/> keeps, one message after the other.</summary>
internal ref struct ReplayReader
{
    private readonly ByteRing _ring;
    private Queue<ReadOnlyMemory<byte>>.Enumerator _shared;
    private byte[] _scratch = [];
    private int _position;
    private int _left;

    public ReplayReader(ByteRing ring, Queue<ReadOnlyMemory<byte>>? shared, int count)
    {
        _ring = ring;
        _shared = (shared ?? new()).GetEnumerator();
        _left = count;
    }

    /// <summary>The next message; valid until the one after it is read.</summary>
    public bool TryRead(out ReadOnlySpan<byte> message)
    {
        message = default;
        if (_left == 0)
        {
            return false;
        }

        _left--;
        int header = _ring.ReadNumber(_position);
        _position += ReplayLog.Overhead;
        if (header < 0)
        {
            _shared.MoveNext();
            message = _shared.Current.Span;
            return true;
        }

        if (_scratch.Length < header)
        {
            Dispose();
            _scratch = ArrayPool<byte>.Shared.Rent(header);
        }

        _ring.Read(_position, _scratch.AsSpan(0, header));
        message = _scratch.AsSpan(0, header);
        _position += header;
        return true;
    }

    public void Dispose()
    {
        if (_scratch.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_scratch);
            _scratch = [];
        }
    }
}
