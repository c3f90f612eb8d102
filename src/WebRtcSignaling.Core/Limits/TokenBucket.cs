namespace WebRtcSignaling.Limits;

/// <summary>
/// A token bucket in eight bytes: when it will be full again (the "virtual scheduling" form of the generic cell rate algorithm, ITU-T I.371 annex A). It has no
/// timer, allocates nothing, and starts full. Safe for concurrent use, as long as it is not copied.
/// </summary>
internal struct TokenBucket
{
    private long _fullAt;

    /// <summary>Takes tokens, all or none.</summary>
    /// <param name="rate">The bucket's rate; the same in each call.</param>
    /// <param name="now">The timestamp now, of the clock that the rate is for.</param>
    /// <param name="tokens">How many.</param>
    /// <returns>Zero if they were taken; else after how many ticks there are enough.</returns>
    public long Take(in TokenRate rate, long now, long tokens)
    {
        long cost = rate.CostOf(tokens);
        while (true)
        {
            long seen = Volatile.Read(ref _fullAt);
            long fullAt = Math.Max(seen, now) + cost;
            long excess = fullAt - now - rate.Capacity;
            if (excess > 0)
            {
                return excess;
            }

            if (Interlocked.CompareExchange(ref _fullAt, fullAt, seen) == seen)
            {
                return 0;
            }
        }
    }

    /// <summary>Puts tokens back that were taken for nothing.</summary>
    public void GiveBack(in TokenRate rate, long tokens) => Interlocked.Add(ref _fullAt, -rate.CostOf(tokens));
}
