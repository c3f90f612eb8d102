using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Measuring;

namespace WebRtcSignaling.Load.Tests.Cases;

/// <summary>What a second might have come to.</summary>
internal static class Measurements
{
    public static TimeSpan Second { get; } = TimeSpan.FromSeconds(1);

    /// <param name="deliveries">How many there were.</param>
    /// <param name="cpu">For how much of the second the server was busy.</param>
    /// <param name="latency">Of each, in nanoseconds.</param>
    public static Measurement Make(int deliveries, double cpu = 1, long latency = 1_000)
    {
        var latencies = new LatencyHistogram();
        for (int i = 0; i < deliveries; i++)
        {
            latencies.Record(latency);
        }

        return new(deliveries, new Usage(Second, cpu * Second, cpu * Second, TimeSpan.Zero), latencies);
    }
}
