namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>When an <see cref="IdleCollector"/> collects. Read once, when it is made.</summary>
public sealed class IdleCollectorOptions
{
    /// <summary>
    /// How often to look, and for how long the process must have been quiet then. Default 20 s, so that the first pings have been answered and what was kept until then is free;
    /// 1 s to 1 h.
    /// </summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How much of a core the process may use and still be quiet: 1 is a whole one. Default 0.1; above 0, at most 1.</summary>
    public double MaxCpu { get; set; } = 0.1;

    /// <summary>
    /// How much must have been allocated since the last time, in bytes, so that there is something to be had. A process that allocates a sixteenth of it in an interval is not
    /// quiet. Default 16 MB; at least 1 MB.
    /// </summary>
    public long MinAllocatedBytes { get; set; } = 16L << 20;

    /// <summary>
    /// Above how much memory in use nothing is done, in bytes: everything waits while it is collected, about 2 ms for a megabyte. Default 256 MB, some 30,000 idle
    /// connections; at least 1 MB.
    /// </summary>
    public long MaxHeapBytes { get; set; } = 256L << 20;

    /// <summary>What is wrong with these settings, a sentence each that names the setting; empty if nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (Interval < TimeSpan.FromSeconds(1) || Interval > TimeSpan.FromHours(1))
        {
            yield return $"{nameof(Interval)} must be between 1 s and 1 h.";
        }

        if (MaxCpu is not (> 0 and <= 1))
        {
            yield return $"{nameof(MaxCpu)} must be above 0 and at most 1.";
        }

        if (MinAllocatedBytes < 1 << 20)
        {
            yield return $"{nameof(MinAllocatedBytes)} must be at least 1 MB.";
        }

        if (MaxHeapBytes < 1 << 20)
        {
            yield return $"{nameof(MaxHeapBytes)} must be at least 1 MB.";
        }
    }
}
