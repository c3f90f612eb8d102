namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// The outboxes that got something to send while one thread dealt with what one read brought, or with one tick. The thread flushes them itself when it
/// is through: each once, however much went into it, and without waking another thread for it (docs/decisions/0016-inline-sockets.md).
/// <list type="bullet">
/// <item>It gathers up to <see cref="Capacity"/> outboxes; further ones are flushed by work items, as are those of threads that gather nothing.</item>
/// <item>Whoever appends to a gathered outbox from elsewhere gives it to a work item (<see cref="FlushDuty"/>), so nobody waits for what this thread deals with.</item>
/// <item>A batch within a batch gathers for the outer one, so transports whose flush runs another connection's reader cannot recurse.</item>
/// <item>Nothing is gathered across an await: the thread may change, and what is awaited may take long. The compiler sees to it, as <see cref="Gathering"/> is a ref struct.</item>
/// </list>
/// </summary>
/// <remarks>One for each thread that reads, used by that thread only; it outlives its uses, so gathering allocates nothing.</remarks>
internal sealed class OutboxBatch
{
    /// <summary>How many outboxes are gathered at most; a kilobyte of references for a thread.</summary>
    public const int Capacity = 128;

    /// <summary>How many are flushed at once where that can be chosen: as many as there are buffers of a size in the shared pool for each core, so that no further ones are made.</summary>
    public const int Portion = 32;

    [ThreadStatic]
    private static OutboxBatch? _ofThisThread;

    private readonly Outbox?[] _outboxes = new Outbox?[Capacity];
    private int _count;
    private bool _isGathering;

    /// <summary>Whether the calling thread is the one that gathers here.</summary>
    public bool IsOfThisThread => ReferenceEquals(this, _ofThisThread);

    /// <summary>Lets this thread gather outboxes until the result is disposed, which flushes them, also when an exception passes.</summary>
    public static Gathering Gather()
    {
        OutboxBatch batch = _ofThisThread ??= new();
        if (batch._isGathering)
        {
            return default;
        }

        batch._isGathering = true;
        return new Gathering(batch);
    }

    /// <summary>Takes an outbox to flush it later on this thread. Called under the outbox's lock.</summary>
    /// <returns>The batch that has it now; <see langword="null"/> if this thread gathers nothing, or enough already.</returns>
    public static OutboxBatch? TryAdd(Outbox outbox)
    {
        OutboxBatch? batch = _ofThisThread;
        if (batch is not { _isGathering: true, _count: < Capacity })
        {
            return null;
        }

        batch._outboxes[batch._count++] = outbox;
        return batch;
    }

    /// <remarks>
    /// A flush may gather more here, by what a lost connection tells others or by a transport that runs a reader; no more than there is room for, so it ends. A flush
    /// never throws.
    /// </remarks>
    private void Flush()
    {
        bool isLarge = _count > Portion;
        if (isLarge)
        {
            FrameArrays.StartKeeping();
        }

        for (int i = 0; i < _count; i++)
        {
            _outboxes[i]!.Flush(this);
        }

        if (isLarge)
        {
            FrameArrays.StopKeeping();
        }

        Array.Clear(_outboxes, 0, _count);
        _count = 0;
    }

    /// <summary>The time in which a thread gathers. Without a batch it is within another one's, which flushes for it.</summary>
    public readonly ref struct Gathering(OutboxBatch? batch)
    {
        /// <summary>
        /// Flushes what has been gathered so far, if it is a <see cref="Portion"/> of it. For work that goes on for long, such as a tick.
        /// </summary>
        public void FlushPortion()
        {
            if (batch is { _count: >= Portion })
            {
                batch.Flush();
            }
        }

        /// <summary>Flushes what has been gathered, and gathers no more.</summary>
        public void Dispose()
        {
            if (batch is not null)
            {
                batch.Flush();
                batch._isGathering = false;
            }
        }
    }
}
