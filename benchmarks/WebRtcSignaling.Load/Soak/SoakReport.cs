using System.Globalization;
using System.Text;
using WebRtcSignaling.Load.Measuring;

namespace WebRtcSignaling.Load.Soak;

/// <summary>Writes what came of a soak. No I/O.</summary>
internal static class SoakReport
{
    /// <summary>The figures as a table for people.</summary>
    public static string Table(IEnumerable<SoakVerdict> verdicts)
    {
        var text = new StringBuilder("| figure | medians of four parts after the warm-up | may end at | verdict |\n|---|---:|---:|---|\n");
        foreach (SoakVerdict verdict in verdicts)
        {
            if (verdict.Growth is { } growth)
            {
                string medians = string.Join(", ", growth.Medians.Select(static median => FigureText.Number(median, 1)));
                string title = verdict.Series.Unit.Length > 0 ? $"{verdict.Series.Title}, {verdict.Series.Unit}" : verdict.Series.Title;
                text.Append(CultureInfo.InvariantCulture, $"| {title} | {medians} | {FigureText.Number(growth.Bound, 1)} | {(growth.IsGrowing ? "GROWS" : "steady")} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>All samples, a line each.</summary>
    public static string Samples(IEnumerable<SoakSample> samples)
    {
        var text = new StringBuilder("seconds,resident_bytes,heap_bytes,threads,handles,sessions,rooms,outbox_bytes,signals,visits\n");
        foreach (SoakSample sample in samples)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{sample.At.TotalSeconds:F1},{sample.ResidentBytes},{sample.Probe.HeapBytes},{sample.Threads},{sample.Handles},{sample.Probe.Sessions},{sample.Probe.Rooms},{sample.Probe.OutboxBytes},{sample.Probe.Signals},{sample.Visits}\n");
        }

        return text.ToString();
    }
}
