using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Command;

/// <summary>Takes what is measured, and says it as it comes.</summary>
internal sealed class FigureLog(TextWriter progress)
{
    public Results Results { get; } = new();

    public void Say(string text) => progress.WriteLine(text);

    /// <summary>Says whose figures come now.</summary>
    public (Target Target, Measurement Measured) Begin(Stretch stretch)
    {
        Say($" {stretch.Server.Target.Title}");
        return (stretch.Server.Target, stretch.Measured);
    }

    public void Add(Target target, Figure figure, double value)
    {
        Results.Add(target.Name, figure, value);
        (string title, string unit, int decimals) = FigureText.Describe(figure);
        progress.WriteLine($"  {title}: {FigureText.Number(value, decimals)} {unit}");
    }

    public void AddLatencies(Target target, Measurement measured, Figure p50, Figure p99, Figure p999)
    {
        Add(target, p50, measured.P50);
        Add(target, p99, measured.P99);
        Add(target, p999, measured.P999);
    }
}
