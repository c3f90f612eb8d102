namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// The connections that are served, and when each is to be looked at next. The times lie side by side in memory, so that a tick goes through those of many idle connections
/// without touching the connections themselves. Safe for concurrent use, with one caller at a time that looks.
/// </summary>
/// <param name="added">Called for each connection that is added, when it can be found.</param>
internal sealed class ConnectionTable(Action added)
{
    private const int ChunkSize = 1_024;
    private const long Soon = long.MinValue;
    private const long Looking = long.MaxValue;

    private readonly Lock _lock = new();
    private readonly Stack<int> _free = [];

    // Grows by further chunks; an entry never moves, so that its time can be changed without the lock.
    private Entry[][] _chunks = [];
    private int _used;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _used - _free.Count;
            }
        }
    }

    /// <summary>Adds a connection, to be looked at with the next tick.</summary>
    public Place Add(WebSocketConnection connection)
    {
        int index;
        lock (_lock)
        {
            if (!_free.TryPop(out index))
            {
                index = _used++;
                if (index / ChunkSize == _chunks.Length)
                {
                    Volatile.Write(ref _chunks, [.. _chunks, new Entry[ChunkSize]]);
                }
            }

            ref Entry entry = ref Find(index);
            Volatile.Write(ref entry.Due, Soon);
            Volatile.Write(ref entry.Connection, connection);
        }

        added();
        return new Place(this, index);
    }

    public WebSocketConnection[] ToArray()
    {
        lock (_lock)
        {
            return [.. _chunks.SelectMany(static chunk => chunk).Select(static entry => entry.Connection).OfType<WebSocketConnection>()];
        }
    }

    /// <summary>Looks at all connections whose time has come.</summary>
    /// <param name="now">The time; <see cref="long.MaxValue"/> for all connections.</param>
    /// <param name="look">Looks at one, and says when to do so again. Must not throw.</param>
    public void LookAtDue(long now, Func<WebSocketConnection, long> look)
    {
        foreach (Entry[] chunk in Volatile.Read(ref _chunks))
        {
            for (int i = 0; i < chunk.Length; i++)
            {
                ref Entry entry = ref chunk[i];
                if (Volatile.Read(ref entry.Due) <= now && Volatile.Read(ref entry.Connection) is { } connection)
                {
                    // Whoever asks for another look while this one goes on gets it.
                    Volatile.Write(ref entry.Due, Looking);
                    long next = look(connection);
                    Interlocked.CompareExchange(ref entry.Due, next, Looking);
                }
            }
        }
    }

    private ref Entry Find(int index) => ref _chunks[index / ChunkSize][index % ChunkSize];

    private void Remove(int index)
    {
        lock (_lock)
        {
            Volatile.Write(ref Find(index).Connection, null);
            _free.Push(index);
        }
    }

    /// <summary>Where a connection is in the table. The default value is nowhere, where nobody looks yet.</summary>
    public readonly struct Place(ConnectionTable? table, int index)
    {
        /// <summary>Something has changed: the connection is to be looked at with the next tick.</summary>
        public void LookSoon()
        {
            if (table is not null)
            {
                Volatile.Write(ref Volatile.Read(ref table._chunks)[index / ChunkSize][index % ChunkSize].Due, Soon);
            }
        }

        /// <summary>Takes the connection out. Called once; the place may soon be another connection's, which a late <see cref="LookSoon"/> does no harm.</summary>
        public void Remove() => table?.Remove(index);
    }

    private struct Entry
    {
        public WebSocketConnection? Connection;
        public long Due;
    }
}
