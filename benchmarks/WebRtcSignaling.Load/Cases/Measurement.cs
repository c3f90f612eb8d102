using WebRtcSignaling.Load.Measuring;

namespace WebRtcSignaling.Load.Cases;

/// <summary>What a stretch of time came to.</summary>
/// <param name="Deliveries">How many signals arrived, or copies of messages.</param>
/// <param name="Usage">Time, and CPU time.</param>
/// <param name="Latencies">How long each was on its way; empty where that is not measured.</param>
internal sealed record Measurement(long Deliveries, Usage Usage, LatencyHistogram Latencies)
{
    /// <summary>The latency, in microseconds, that half of them did not exceed.</summary>
    public double P50 => Microseconds(0.5);

    /// <summary>That 99 % did not exceed.</summary>
    public double P99 => Microseconds(0.99);

    /// <summary>That 99.9 % did not exceed.</summary>
    public double P999 => Microseconds(0.999);

    /// <summary>Deliveries a second.</summary>
    public double Rate => Usage.RateOf(Deliveries);

    /// <summary>The server's CPU time for a delivery, in microseconds.</summary>
    public double ServerMicroseconds => Usage.ServerMicrosecondsPer(Deliveries);

    /// <summary>Two stretches of time as one.</summary>
    public Measurement With(Measurement other)
    {
        var latencies = new LatencyHistogram();
        latencies.Add(Latencies);
        latencies.Add(other.Latencies);
        return new(Deliveries + other.Deliveries, Usage + other.Usage, latencies);
    }

    private double Microseconds(double share) => Latencies.Percentile(share) / 1_000.0;
}
