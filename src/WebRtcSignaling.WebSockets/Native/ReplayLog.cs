namespace WebRtcSignaling.WebSockets.Native;

/// <summary>
/// The messages that a client has been sent and has not acknowledged, by their numbers, within a budget of bytes; beyond it the oldest are dropped. A message to this client alone is
/// copied; one that many get is the same for all of them. When all is acknowledged it keeps a little room for what follows, which comes soon where much is sent, until it is told
/// to rest. Not safe for concurrent use.
/// </summary>
internal struct ReplayLog
{
    /// <summary>How much room is kept while there is nothing in it: enough for 16 signals of the usual length.</summary>
    private const int KeptBytes = 8_192;

    /// <summary>The same for messages that many get: as many of the shortest as a client acknowledges at once; 4 kB of references.</summary>
    private const int KeptShared = 256;

    /// <summary>What is kept of each message besides: its length.</summary>
    public const int Overhead = sizeof(int);

    private readonly int _maxBytes;

    // Of each message its length, in order, and behind it its bytes; or the length's complement, where those are in the queue.
    private ByteRing _ring;
    private Queue<ReadOnlyMemory<byte>>? _shared;
    private int _sharedBytes;

    public ReplayLog(int maxBytes) => _maxBytes = maxBytes;

    /// <summary>The number of the message that came last; the first one is 1.</summary>
    public long Last { get; private set; }

    /// <summary>How many of the last messages are kept.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes of pooled memory it holds now.</summary>
    public readonly int Capacity => _ring.Capacity;

    /// <summary>Whether everything that followed a message is still kept.</summary>
    public readonly bool Covers(long received) => received <= Last && received >= Last - Count;

    /// <summary>Keeps a message, as the next number.</summary>
    public void Append(ReadOnlySpan<byte> message)
    {
        if (TryAdmit(message.Length))
        {
            _ring.Reserve(Overhead + message.Length);
            _ring.Add(message.Length);
            _ring.Add(message);
        }
    }

    /// <summary>Keeps a message that others get, too, as the next number: without copying it, and with all its bytes within the budget.</summary>
    /// <param name="message">It is not written to again.</param>
    public void AppendShared(ReadOnlyMemory<byte> message)
    {
        if (TryAdmit(message.Length))
        {
            _ring.Reserve(Overhead);
            _ring.Add(~message.Length);
            _shared ??= new();
            _shared.Enqueue(message);
            _sharedBytes += message.Length;
        }
    }

    /// <summary>The client has everything up to a number, or all that there is if it names one that was not sent yet.</summary>
    public void DropThrough(long received)
    {
        while (Count > 0 && Last - Count < received)
        {
            DropFirst();
        }
    }

    /// <summary>Nothing is likely to follow soon: if nothing is kept, no room is kept for it, either.</summary>
    public void Rest()
    {
        if (Count == 0)
        {
            Release();
        }
    }

    /// <summary>Reads all that is kept, from the first one on; valid until the next change.</summary>
    public readonly ReplayReader Read() => new(_ring, _shared, Count);

    /// <summary>Keeps nothing any more. The numbers go on.</summary>
    public void Release()
    {
        _ring.Release();
        _shared = null;
        _sharedBytes = 0;
        Count = 0;
    }

    /// <summary>Counts a message, and drops as many of the oldest as it takes to keep it.</summary>
    /// <returns>Whether it can be kept at all.</returns>
    private bool TryAdmit(int length)
    {
        Last++;
        int needed = Overhead + length;
        if (needed > _maxBytes)
        {
            // What follows a message that cannot be kept is of no use without it.
            Release();
            return false;
        }

        while (_ring.Length + _sharedBytes + needed > _maxBytes)
        {
            DropFirst();
        }

        Count++;
        return true;
    }

    private void DropFirst()
    {
        int header = _ring.ReadNumber(0);
        if (header < 0)
        {
            _sharedBytes -= _shared!.Dequeue().Length;
            _ring.Drop(Overhead);
        }
        else
        {
            _ring.Drop(Overhead + header);
        }

        Count--;
        if (Count == 0 && (_ring.Capacity > KeptBytes || _shared?.Capacity > KeptShared))
        {
            Release();
        }
    }
}
