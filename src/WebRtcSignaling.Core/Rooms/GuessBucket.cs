namespace WebRtcSignaling.Rooms;

/// <summary>
/// How many more wrong passwords are taken now: a token bucket, as a value. A guess takes a token, a right one gives it back.
/// </summary>
/// <param name="Capacity">How many in a row.</param>
/// <param name="Interval">After how long there is one more.</param>
internal readonly record struct GuessBucket(int Capacity, TimeSpan Interval)
{
    /// <summary>When the bucket will be full again; the past means that it is full.</summary>
    private DateTimeOffset FullAt { get; init; }

    /// <summary>The bucket after taking a token, or how long to wait for one.</summary>
    public (GuessBucket Bucket, TimeSpan? Wait) Take(DateTimeOffset now)
    {
        DateTimeOffset fullAt = (FullAt > now ? FullAt : now) + Interval;
        TimeSpan excess = fullAt - now - (Interval * Capacity);
        return excess > TimeSpan.Zero ? (this, excess) : (this with { FullAt = fullAt }, null);
    }

    /// <summary>The bucket with a token given back.</summary>
    public GuessBucket GiveBack() => this with { FullAt = FullAt - Interval };
}
