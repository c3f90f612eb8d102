namespace WebRtcSignaling.Load.Soak;

/// <summary>What is made of one figure.</summary>
/// <param name="Series">The figure.</param>
/// <param name="Growth">Whether it grows; null for what is only shown.</param>
internal sealed record SoakVerdict(SoakSeries Series, Growth? Growth)
{
    public static IReadOnlyList<SoakVerdict> Of(IReadOnlyList<SoakSample> samples) =>
        [.. SoakSeries.All.Select(series => new SoakVerdict(series, series.Tolerance is { } tolerance ? Growth.Judge([.. samples.Select(series.Value)], tolerance) : null))];
}
