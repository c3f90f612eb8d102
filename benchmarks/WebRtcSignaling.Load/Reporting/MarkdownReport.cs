using System.Globalization;
using System.Text;
using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Reporting;

/// <summary>Writes the tables of a run. No I/O.</summary>
internal static class MarkdownReport
{
    private const string Missing = "–";

    public static string Write(IEnumerable<Section> sections, IReadOnlyList<Target> targets, Results results)
    {
        var text = new StringBuilder();
        foreach (Section section in sections)
        {
            WriteSection(text, section, targets, results);
        }

        foreach (Target target in targets.Where(static target => target.Settings is not null))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{target.Title}, beside its defaults: {target.Settings}.");
        }

        return text.ToString();
    }

    private static void WriteSection(StringBuilder text, Section section, IReadOnlyList<Target> targets, Results results)
    {
        Figure first = section.Figures[0];
        Target[] measured = [.. Ranking.Of(first, targets, results)];
        if (measured.Length == 0)
        {
            return;
        }

        Samples? native = section.HasRatio && measured.Length > 1 && results.TryGet(Targets.Native, first, out Samples? found) ? found : null;
        IEnumerable<string> heads = section.Figures.Select(Head);
        if (native is not null)
        {
            heads = heads.Take(1).Append("native : this").Concat(heads.Skip(1));
        }

        string[] columns = ["server", .. heads];
        text.Append("### ").AppendLine(section.Title).AppendLine();
        text.Append("| ").AppendJoin(" | ", columns).AppendLine(" |");
        text.Append("|---|").AppendJoin("", Enumerable.Repeat("---:|", columns.Length - 1)).AppendLine();
        foreach (Target target in measured)
        {
            IEnumerable<string> cells = section.Figures.Select(figure => results.TryGet(target.Name, figure, out Samples? samples) ? FigureText.Show(figure, samples) : Missing);
            if (native is not null && results.TryGet(target.Name, first, out Samples? own))
            {
                string ratio = target.Name == Targets.Native ? "1" : (native.Median / own.Median).ToString("N2", CultureInfo.InvariantCulture);
                cells = cells.Take(1).Append(ratio).Concat(cells.Skip(1));
            }

            text.Append("| ").AppendJoin(" | ", cells.Prepend(target.Title)).AppendLine(" |");
        }

        text.AppendLine();
    }

    private static string Head(Figure figure)
    {
        (string title, string unit, _) = FigureText.Describe(figure);
        return $"{title}, {unit}";
    }
}
