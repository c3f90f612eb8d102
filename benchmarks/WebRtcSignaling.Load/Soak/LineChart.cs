using System.Globalization;
using System.Net;
using System.Text;
using WebRtcSignaling.Load.Measuring;

namespace WebRtcSignaling.Load.Soak;

/// <summary>
/// Draws each figure over time as a line, with the medians that the verdict compares, as a picture (SVG) that needs nothing else. The warm-up is
/// shaded; a figure that grows is red. No I/O.
/// </summary>
internal static class LineChart
{
    private const int Width = 860;
    private const int Left = 70;
    private const int PlotWidth = Width - Left - 20;
    private const int PlotHeight = 110;
    private const int PanelHeight = PlotHeight + 50;
    private const int Top = 20;

    public static string Draw(IReadOnlyList<SoakSample> samples, IReadOnlyList<SoakVerdict> verdicts)
    {
        int height = Top + (verdicts.Count * PanelHeight) + 10;
        var text = new StringBuilder();
        Line(text, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\">");
        Line(text, $"<title>The server under churn, over time</title>");
        Line(text, $"<style>text{{font:13px system-ui,sans-serif;fill:#24292f}}.title{{font-weight:600}}.axis{{font-size:11px;fill:#57606a}}</style>");
        Line(text, $"<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        for (int i = 0; i < verdicts.Count; i++)
        {
            DrawPanel(text, Top + (i * PanelHeight), verdicts[i], samples);
        }

        return text.Append("</svg>\n").ToString();
    }

    private static void DrawPanel(StringBuilder text, int top, SoakVerdict verdict, IReadOnlyList<SoakSample> samples)
    {
        double[] values = [.. samples.Select(verdict.Series.Value)];
        double most = Math.Max(values.DefaultIfEmpty(0).Max(), double.Epsilon);
        double end = Math.Max(samples.Count > 0 ? samples[^1].At.TotalMinutes : 0, double.Epsilon);
        double X(double minutes) => Left + (PlotWidth * minutes / end);
        double Y(double value) => top + 20 + (PlotHeight * (1 - (value / most)));
        bool isGrowing = verdict.Growth is { IsGrowing: true };
        string color = isGrowing ? "#cf222e" : "#1a7f37";
        string title = $"{verdict.Series.Title}{(verdict.Series.Unit.Length > 0 ? $", {verdict.Series.Unit}" : "")}{(isGrowing ? ": grows" : "")}";
        Line(text, $"<text class=\"title\" x=\"{Left}\" y=\"{top + 10}\">{WebUtility.HtmlEncode(title)}</text>");
        int warmUp = Growth.WarmUpOf(samples.Count);
        if (warmUp > 0)
        {
            Line(text, $"<rect x=\"{Left}\" y=\"{top + 20}\" width=\"{X(samples[warmUp].At.TotalMinutes) - Left:F1}\" height=\"{PlotHeight}\" fill=\"#f6f8fa\"/>");
        }

        Line(text, $"<path d=\"M{Left} {top + 20}V{top + 20 + PlotHeight}H{Left + PlotWidth}\" fill=\"none\" stroke=\"#8c959f\"/>");
        Line(text, $"<text class=\"axis\" x=\"{Left - 6}\" y=\"{top + 26}\" text-anchor=\"end\">{FigureText.Number(most, most < 100 ? 1 : 0)}</text>");
        Line(text, $"<text class=\"axis\" x=\"{Left - 6}\" y=\"{top + 20 + PlotHeight}\" text-anchor=\"end\">0</text>");
        Line(text, $"<text class=\"axis\" x=\"{Left + PlotWidth}\" y=\"{top + 36 + PlotHeight}\" text-anchor=\"end\">{FigureText.Number(end, 1)} min</text>");
        string points = string.Join(' ', samples.Select(sample => Point(X(sample.At.TotalMinutes), Y(verdict.Series.Value(sample)))));
        Line(text, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.5\"/>");
        for (int part = 0; part < (verdict.Growth?.Medians.Count ?? 0); part++)
        {
            int count = verdict.Growth!.Medians.Count;
            int rest = samples.Count - warmUp;
            double from = X(samples[warmUp + (rest * part / count)].At.TotalMinutes);
            double to = X(samples[warmUp + (rest * (part + 1) / count) - 1].At.TotalMinutes);
            double y = Y(verdict.Growth.Medians[part]);
            Line(text, $"<path d=\"M{from:F1} {y:F1}H{to:F1}\" stroke=\"#0969da\" stroke-width=\"2\" stroke-dasharray=\"6 3\"/>");
        }
    }

    private static string Point(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{x:F1},{y:F1}");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
