namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>How long a client has taken nothing of what is sent to it. For the one that checks.</summary>
internal struct FlushStall(TimeProvider time, TimeSpan limit)
{
    private long? _flush;
    private long _since;

    /// <summary>Looks at the clock.</summary>
    /// <param name="pending">The number of the flush that is under way; <see langword="null"/> for none.</param>
    /// <returns>Whether it is the same one as at a check that is at least the limit ago.</returns>
    public bool IsTooLong(long? pending)
    {
        if (pending is null || pending != _flush)
        {
            _flush = pending;
            _since = time.GetTimestamp();
            return false;
        }

        return time.GetElapsedTime(_since) >= limit;
    }
}
