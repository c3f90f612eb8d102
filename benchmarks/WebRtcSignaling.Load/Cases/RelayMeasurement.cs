using WebRtcSignaling.Load.Measuring;

namespace WebRtcSignaling.Load.Cases;

/// <summary>What relaying took.</summary>
/// <param name="Signals">How many arrived.</param>
/// <param name="Usage">Time, and CPU time.</param>
/// <param name="Latencies">How long each was on its way.</param>
internal sealed record RelayMeasurement(long Signals, Usage Usage, LatencyHistogram Latencies)
{
    /// <summary>The latency, in microseconds, that half of them did not exceed.</summary>
    public double P50 => Microseconds(0.5);

    /// <summary>That 99 % did not exceed.</summary>
    public double P99 => Microseconds(0.99);

    /// <summary>That 99.9 % did not exceed.</summary>
    public double P999 => Microseconds(0.999);

    /// <summary>Two stretches of time as one.</summary>
    public RelayMeasurement With(RelayMeasurement other)
    {
        var latencies = new LatencyHistogram();
        latencies.Add(Latencies);
        latencies.Add(other.Latencies);
        return new(Signals + other.Signals, Usage + other.Usage, latencies);
    }

    private double Microseconds(double share) => Latencies.Percentile(share) / 1_000.0;
}
