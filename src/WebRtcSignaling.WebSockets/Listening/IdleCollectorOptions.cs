namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>Settings of an <see cref="IdleCollector"/>. Read once, when it is created.</summary>
public sealed class IdleCollectorOptions
{
    /// <summary>
    /// How often to check, and how long the process must have been idle by then. Default 20 s, so that the first pings have been answered and what was kept until then is
    /// free; 1 s to 1 h.
    /// </summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How much of a CPU core an idle process may use: 1 is a whole core. Default 0.1; above 0, at most 1.</summary>
    public double MaxCpu { get; set; } = 0.1;

    /// <summary>
    /// How much must have been allocated since the last collection, in bytes, so that it is worth while. A process that allocates a sixteenth of it in an interval is not
    /// idle. Default 16 MB; at least 1 MB.
    /// </summary>
    public long MinAllocatedBytes { get; set; } = 16L << 20;

    /// <summary>
    /// Heap size above which no collection is triggered, in bytes: the whole process is stopped during one, for about 2 ms for each megabyte. Default 256 MB, some 30,000
    /// idle connections; at least 1 MB.
    /// </summary>
    public long MaxHeapBytes { get; set; } = 256L << 20;

    /// <summary>Returns what is wrong with these settings, in one sentence for each problem, which names the setting; empty if nothing is.</summary>
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
