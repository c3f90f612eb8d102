using System.Globalization;
using System.Net;
using System.Text;
using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Reporting;

/// <summary>
/// Draws the first figure of each charted section as bars, the least first, as a picture (SVG) that needs nothing else and is legible on light
/// and dark pages. No I/O.
/// </summary>
internal static class BarChart
{
    private const int Width = 860;
    private const int LabelWidth = 300;
    private const int ValueWidth = 130;
    private const int BarWidth = Width - LabelWidth - ValueWidth;
    private const int RowHeight = 24;
    private const int BarHeight = 16;
    private const int TitleHeight = 40;
    private const int Margin = 16;

    public static string Draw(IEnumerable<Section> sections, IReadOnlyList<Target> targets, Results results)
    {
        var body = new StringBuilder();
        int y = Margin;
        foreach (Section section in sections.Where(static section => section.IsCharted))
        {
            y = DrawPanel(body, y, section, [.. Ranking.Of(section.Figures[0], targets, results)], results);
        }

        var text = new StringBuilder();
        Line(text, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {y + Margin}\" width=\"{Width}\" height=\"{y + Margin}\" role=\"img\">");
        Line(text, $"<title>Servers compared: less is better</title>");
        Line(text, $"<style>text{{font:13px system-ui,sans-serif;fill:#24292f}}.title{{font-weight:600}}.own{{font-weight:600}}</style>");
        Line(text, $"<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        return text.Append(body).Append("</svg>\n").ToString();
    }

    /// <returns>Where the panel ends.</returns>
    private static int DrawPanel(StringBuilder text, int y, Section section, Target[] targets, Results results)
    {
        if (targets.Length == 0)
        {
            return y;
        }

        Figure figure = section.Figures[0];
        (string title, string unit, int decimals) = FigureText.Describe(figure);
        Line(text, $"<text class=\"title\" x=\"{Margin}\" y=\"{y + 20}\">{WebUtility.HtmlEncode($"{section.Title}: {title}, {unit}; less is better")}</text>");
        y += TitleHeight;
        double most = targets.Max(target => ValueOf(target));
        foreach (Target target in targets)
        {
            double value = ValueOf(target);
            double length = most > 0 ? Math.Max(1, BarWidth * value / most) : 1;
            bool isOwn = target.Title.StartsWith(nameof(WebRtcSignaling), StringComparison.Ordinal);
            string style = isOwn ? "own" : "other";
            string color = isOwn ? "#1a7f37" : "#8c959f";
            Line(text, $"<text class=\"{style}\" x=\"{LabelWidth}\" y=\"{y + 13}\" text-anchor=\"end\">{WebUtility.HtmlEncode(target.Title)}</text>");
            Line(text, $"<rect x=\"{LabelWidth + 8}\" y=\"{y}\" width=\"{length:F1}\" height=\"{BarHeight}\" rx=\"2\" fill=\"{color}\"/>");
            Line(text, $"<text class=\"{style}\" x=\"{LabelWidth + 16 + length:F1}\" y=\"{y + 13}\">{FigureText.Number(value, decimals)}</text>");
            y += RowHeight;
        }

        return y + Margin;

        double ValueOf(Target target) => results.TryGet(target.Name, figure, out Samples? samples) ? samples.Median : 0;
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
