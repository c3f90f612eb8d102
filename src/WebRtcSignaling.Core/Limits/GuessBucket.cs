namespace WebRtcSignaling.Limits;

/// <summary>
/// How many more failures are taken now: a token bucket, as a value. A guess takes a token, a right one gives it back.
/// </summary>
/// <param name="Capacity">How many in a row.</param>
/// <param name="Interval">After how long there is one more.</param>
internal readonly record struct GuessBucket(int Capacity, TimeSpan Interval)
{
    /// <summary>When the bucket will be full again; the past means that it is full.</summary>
    public DateTimeOffset FullAt { get; private init; }

    /// <summary>How long to wait for a token; <see langword="null"/> if there is one.</summary>
    public TimeSpan? WaitAt(DateTimeOffset now)
    {
        TimeSpan excess = (FullAt > now ? FullAt : now) + Interval - now - (Interval * Capacity);
        return excess > TimeSpan.Zero ? excess : null;
    }

    /// <summary>The bucket after taking a token, or how long to wait for one.</summary>
    public (GuessBucket Bucket, TimeSpan? Wait) Take(DateTimeOffset now) => WaitAt(now) is { } wait ? (this, wait) : (Taken(now), null);

    /// <summary>
    /// The bucket without a token that is taken although there may be none: for failures of which one hears too late. It is never further from full than
    /// twice its capacity, so that many at once bar nobody for long.
    /// </summary>
    public GuessBucket Charge(DateTimeOffset now)
    {
        GuessBucket taken = Taken(now);
        DateTimeOffset latest = now + (Interval * Capacity * 2);
        return taken.FullAt > latest ? taken with { FullAt = latest } : taken;
    }

    /// <summary>The bucket with a token given back.</summary>
    public GuessBucket GiveBack() => this with { FullAt = FullAt - Interval };

    private GuessBucket Taken(DateTimeOffset now) => this with { FullAt = (FullAt > now ? FullAt : now) + Interval };
}
