namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// The outboxes that get something to send while one thread deals with what one read has brought. They are flushed at its end, on the same thread, so that a burst costs no
/// work item for each of those who hear of it. One for each thread.
/// </summary>
/// <remarks>
/// Whoever is not waiting for this thread alone goes to the thread pool as ever: what is appended elsewhere, what is appended while a batch is flushed (so that transports
/// that call each other cannot recurse), and what is more than one read should have to see to.
/// </remarks>
internal sealed class FlushBatch
{
    /// <summary>How many outboxes one read flushes itself; a flush takes a few microseconds.</summary>
    private const int MaxOutboxes = 128;

    [ThreadStatic]
    private static FlushBatch? t_ofThread;

    private readonly List<Outbox> _outboxes = [];
    private bool _isGathering;
    private bool _isBusy;

    /// <summary>The batch that this thread gathers; <see langword="null"/> for none, or one that is full.</summary>
    public static FlushBatch? Gathering =>
        t_ofThread is { _isGathering: true } batch && batch._outboxes.Count < MaxOutboxes ? batch : null;

    /// <summary>Begins to gather on this thread.</summary>
    /// <returns>What <see cref="End"/> is to be called on, on this thread and whatever happens; <see langword="null"/> where one further out does so already.</returns>
    public static FlushBatch? Begin()
    {
        FlushBatch batch = t_ofThread ??= new FlushBatch();
        if (batch._isBusy)
        {
            return null;
        }

        batch._isBusy = true;
        batch._isGathering = true;
        return batch;
    }

    /// <summary>Takes an outbox, which will be told to flush. Only on the thread whose batch it is.</summary>
    public void Add(Outbox outbox) => _outboxes.Add(outbox);

    /// <summary>Flushes what has been gathered.</summary>
    public void End()
    {
        _isGathering = false;
        foreach (Outbox outbox in _outboxes)
        {
            outbox.Flush(this);
        }

        _outboxes.Clear();
        _isBusy = false;
    }
}
