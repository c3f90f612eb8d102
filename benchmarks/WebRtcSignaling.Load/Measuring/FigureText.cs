using System.Globalization;

namespace WebRtcSignaling.Load.Measuring;

/// <summary>How figures are shown.</summary>
internal static class FigureText
{
    private const string Microseconds = "µs";
    private const string PerSecond = "/s";
    private const string Percent = "%";

    public static (string Title, string Unit, int Decimals) Describe(Figure figure) => figure switch
    {
        Figure.RelayCpu => ("CPU a signal", Microseconds, 2),
        Figure.UnrestedCpu => ("CPU a signal before the first rest", Microseconds, 2),
        Figure.RelayRate => ("signals", PerSecond, 0),
        Figure.RelayServerLoad => ("server's core in use", Percent, 0),
        Figure.RelayOthersLoad or Figure.HalfOthersLoad or Figure.FixedOthersLoad => ("others on that core", Percent, 0),
        Figure.RelayClientLoad => ("client busy", Percent, 0),
        Figure.RelayP50 => ("p50", Microseconds, 0),
        Figure.RelayP99 => ("p99", Microseconds, 0),
        Figure.RelayP999 => ("p99.9", Microseconds, 0),
        Figure.LongRelayCpu => ("CPU a signal", Microseconds, 2),
        Figure.LongRelayRate => ("signals", PerSecond, 0),
        Figure.HalfRate => ("rate", PerSecond, 0),
        Figure.HalfP50 => ("p50", Microseconds, 0),
        Figure.HalfP99 => ("p99", Microseconds, 0),
        Figure.HalfP999 => ("p99.9", Microseconds, 0),
        Figure.HalfCpu => ("CPU a signal", Microseconds, 2),
        Figure.NativeP99AtThatRate => ("p99 of the ready server at that rate", Microseconds, 0),
        Figure.FixedP50 => ("p50", Microseconds, 0),
        Figure.FixedP99 => ("p99", Microseconds, 0),
        Figure.FixedP999 => ("p99.9", Microseconds, 0),
        Figure.FixedCpu => ("CPU a signal", Microseconds, 2),
        Figure.FanOutCpu => ("CPU a delivery", Microseconds, 2),
        Figure.FanOutRate => ("deliveries", PerSecond, 0),
        Figure.SetUpRate => ("connections", PerSecond, 0),
        Figure.SetUpCpu => ("CPU a connection", Microseconds, 0),
        Figure.IdleMemory => ("memory a connection", "kB", 1),
        Figure.IdleCpu => ("CPU a connection and second", Microseconds, 2),
        _ => throw new ArgumentOutOfRangeException(nameof(figure)),
    };

    /// <summary>The median, and behind it the least and the most where there were several rounds.</summary>
    public static string Show(Figure figure, Samples samples)
    {
        int decimals = Describe(figure).Decimals;
        return samples.Count == 1
            ? Number(samples.Median, decimals)
            : $"{Number(samples.Median, decimals)} ({Number(samples.Least, decimals)}–{Number(samples.Most, decimals)})";
    }

    public static string Number(double value, int decimals) =>
        value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
