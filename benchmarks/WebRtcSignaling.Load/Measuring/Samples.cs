namespace WebRtcSignaling.Load.Measuring;

/// <summary>The values of one figure over several rounds.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    public double Least => _values.Min();

    public double Most => _values.Max();

    /// <summary>The middle one; of an even number, the mean of the two in the middle.</summary>
    public double Median
    {
        get
        {
            double[] sorted = [.. _values.Order()];
            int middle = sorted.Length / 2;
            return sorted.Length switch
            {
                0 => throw new InvalidOperationException("There are no values."),
                _ when sorted.Length % 2 == 1 => sorted[middle],
                _ => (sorted[middle - 1] + sorted[middle]) / 2,
            };
        }
    }

    public void Add(double value) => _values.Add(value);
}
