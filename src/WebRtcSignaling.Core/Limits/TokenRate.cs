namespace WebRtcSignaling.Limits;

/// <summary>How fast a <see cref="TokenBucket"/> fills, and how much it holds, in ticks of one clock's timestamps.</summary>
internal readonly struct TokenRate
{
    private readonly double _ticksPerToken;

    /// <param name="perSecond">How many tokens a second come in.</param>
    /// <param name="burst">How many it holds.</param>
    /// <param name="time">The clock.</param>
    public TokenRate(double perSecond, long burst, TimeProvider time)
    {
        _ticksPerToken = time.TimestampFrequency / perSecond;
        Capacity = CostOf(burst);
    }

    /// <summary>How long an empty bucket takes to be full.</summary>
    public long Capacity { get; }

    /// <summary>How long so many tokens take to come in.</summary>
    public long CostOf(long tokens) => (long)(tokens * _ticksPerToken);
}
