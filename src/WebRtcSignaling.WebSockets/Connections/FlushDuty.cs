namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// Whose turn it is to flush an outbox: nobody's, that of the thread that gathered it (<see cref="OutboxBatch"/>), or that of a work item. Guarded by the outbox's lock.
/// <code>
///   nobody   -- something waits, this thread gathers ----> gathered
///   nobody   -- something waits otherwise ---------------> work item
///   gathered -- something more from another thread ------> work item
///   gathered -- its thread is through -------------------> nobody, once all is flushed
///   work item -------------------------------------------> nobody, once all is flushed
/// </code>
/// </summary>
internal struct FlushDuty
{
    private OutboxBatch? _gatheredBy;

    /// <summary>Whether somebody flushes, or is about to.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>Something waits: makes sure that somebody flushes it, soon.</summary>
    public void Demand(Outbox outbox)
    {
        if (!IsTaken)
        {
            IsTaken = true;
            _gatheredBy = OutboxBatch.TryAdd(outbox);
            if (_gatheredBy is null)
            {
                Queue(outbox);
            }
        }
        else if (_gatheredBy is { IsOfThisThread: false })
        {
            _gatheredBy = null;
            Queue(outbox);
        }
    }

    /// <summary>The thread that gathered it is through.</summary>
    /// <returns>Whether it is still that thread's to flush.</returns>
    public bool TryBegin(OutboxBatch batch)
    {
        if (_gatheredBy != batch)
        {
            return false;
        }

        _gatheredBy = null;
        return true;
    }

    /// <summary>There is nothing to be flushed any more.</summary>
    /// <returns>Whether nobody is flushing just now, nor will.</returns>
    public bool TryRelease()
    {
        if (IsTaken && _gatheredBy is null)
        {
            return false;
        }

        Release();
        return true;
    }

    /// <summary>Whoever had it is through.</summary>
    public void Release()
    {
        _gatheredBy = null;
        IsTaken = false;
    }

    /// <summary>Lets a work item flush it: for one that gets the duty, or in place of the caller, who has it.</summary>
    public static void Queue(Outbox outbox) => ThreadPool.UnsafeQueueUserWorkItem(outbox, preferLocal: false);
}
