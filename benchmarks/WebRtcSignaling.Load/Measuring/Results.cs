using System.Diagnostics.CodeAnalysis;

namespace WebRtcSignaling.Load.Measuring;

/// <summary>All values of a run, by what was measured and on which server.</summary>
internal sealed class Results
{
    private readonly Dictionary<(string Target, Figure Figure), Samples> _samples = [];

    public void Add(string target, Figure figure, double value)
    {
        if (!_samples.TryGetValue((target, figure), out Samples? samples))
        {
            _samples.Add((target, figure), samples = new());
        }

        samples.Add(value);
    }

    public bool TryGet(string target, Figure figure, [NotNullWhen(true)] out Samples? samples) => _samples.TryGetValue((target, figure), out samples);
}
