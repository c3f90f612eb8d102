using System.Numerics;

namespace WebRtcSignaling.Load.Measuring;

/// <summary>
/// Counts durations in buckets that are at most 1/64 wide relative to their value, so that recording costs a few nanoseconds and never
/// allocates. A percentile is the upper end of its bucket: at most 1.6 % too high, never too low.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBucketBits = 6;
    private const int SubBuckets = 1 << SubBucketBits;
    private const int Magnitudes = 64 - SubBucketBits;

    private readonly long[] _counts = new long[Magnitudes * SubBuckets];

    public long Count { get; private set; }

    /// <param name="nanoseconds">A duration; a negative one counts as none.</param>
    public void Record(long nanoseconds)
    {
        _counts[BucketOf((ulong)Math.Max(0, nanoseconds))]++;
        Count++;
    }

    /// <summary>Counts everything that another one has counted, too.</summary>
    public void Add(LatencyHistogram other)
    {
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            _counts[bucket] += other._counts[bucket];
        }

        Count += other.Count;
    }

    /// <summary>The duration, in nanoseconds, that the given share of all did not exceed.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    /// <exception cref="InvalidOperationException">Nothing was recorded.</exception>
    public long Percentile(double share)
    {
        if (!(share is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share));
        }

        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank)
            {
                return UpperEndOf(bucket);
            }
        }

        throw new InvalidOperationException("Nothing was recorded.");
    }

    // Up to 2 x 64 values have a bucket each; above, each doubling shares 64 buckets.
    private static int BucketOf(ulong value)
    {
        int magnitude = Math.Max(0, BitOperations.Log2(value | 1) - SubBucketBits);
        return (magnitude * SubBuckets) + (int)(value >> magnitude);
    }

    private static long UpperEndOf(int bucket)
    {
        int magnitude = Math.Max(0, (bucket / SubBuckets) - 1);
        long position = bucket - (magnitude * SubBuckets);
        return ((position + 1) << magnitude) - 1;
    }
}
