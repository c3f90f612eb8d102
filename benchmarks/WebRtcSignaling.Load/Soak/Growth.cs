namespace WebRtcSignaling.Load.Soak;

/// <summary>
/// Whether a figure grows without end. The first quarter of the run is warm-up: caches and pools fill, code is compiled. The rest is
/// cut into four, and the median of each taken, which no spike moves. A figure grows if each median lies above the one before, and the last one
/// beyond the tolerance from the first: what rose once and stays, or falls again, is no leak.
/// </summary>
/// <param name="Medians">Of the four parts, in order of time.</param>
/// <param name="Bound">What the last may be.</param>
internal sealed record Growth(IReadOnlyList<double> Medians, double Bound)
{
    /// <summary>Fewer samples say nothing.</summary>
    public const int MinSamples = 20;

    private const int Parts = 4;

    public bool IsGrowing => Medians[^1] > Bound && Medians.Zip(Medians.Skip(1)).All(static pair => pair.Second > pair.First);

    /// <summary>How many samples at the beginning count as warm-up.</summary>
    public static int WarmUpOf(int samples) => samples / Parts;

    /// <param name="values">In order of time, at even intervals.</param>
    /// <param name="tolerance">How far they may rise.</param>
    /// <exception cref="LoadException">There are too few.</exception>
    public static Growth Judge(IReadOnlyList<double> values, GrowthTolerance tolerance)
    {
        if (values.Count < MinSamples)
        {
            throw new LoadException($"{values.Count} samples are too few for a verdict; {MinSamples} are needed.");
        }

        double[] warm = [.. values.Skip(WarmUpOf(values.Count))];
        double[] medians = [.. Enumerable.Range(0, Parts).Select(part => MedianOf(warm[(warm.Length * part / Parts)..(warm.Length * (part + 1) / Parts)]))];
        return new(medians, tolerance.BoundFrom(medians[0]));
    }

    private static double MedianOf(double[] values)
    {
        Array.Sort(values);
        return (values[values.Length / 2] + values[(values.Length - 1) / 2]) / 2;
    }
}
