using WebRtcSignaling.Limits;

namespace WebRtcSignaling.Benchmarks.Sessions;

/// <summary>
/// Rates that a benchmark does not meet, since it sends as fast as it can. What it sends is counted all the same, so that the cost of counting is in its figures.
/// </summary>
internal static class EndlessRates
{
    public static RateOptions New() => new()
    {
        MessagesPerSecond = 100_000_000, MessageBurst = 1_000_000_000, BytesPerSecond = 10_000_000_000, ByteBurst = 10_000_000_000,
    };
}
