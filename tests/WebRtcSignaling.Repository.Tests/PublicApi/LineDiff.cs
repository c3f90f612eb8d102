namespace WebRtcSignaling.Repository.Tests.PublicApi;

/// <summary>The lines that one text has and another has not, each under the last line above it that stands further left.</summary>
internal static class LineDiff
{
    /// <returns>Lines after <c>-</c> are only in <paramref name="before"/>, after <c>+</c> only in <paramref name="after"/>; empty if the texts are the same.</returns>
    public static string Describe(string before, string after)
    {
        string[] old = before.Split('\n');
        string[] now = after.Split('\n');
        int[,] common = CommonLengths(old, now);
        List<string> lines = [];
        string? shownParent = null;
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                i++;
                j++;
                continue;
            }

            bool isGone = j == now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]);
            string? parent = isGone ? ParentOf(old, i) : ParentOf(now, j);
            if (parent is not null && parent != shownParent)
            {
                lines.Add("  " + parent);
                shownParent = parent;
            }

            lines.Add(isGone ? "- " + old[i++] : "+ " + now[j++]);
        }

        return string.Join('\n', lines);
    }

    /// <summary>How long the longest common rest is from each pair of lines on.</summary>
    private static int[,] CommonLengths(string[] old, string[] now)
    {
        var lengths = new int[old.Length + 1, now.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = now.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = old[i] == now[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }

    private static string? ParentOf(string[] lines, int index)
    {
        int indent = IndentOf(lines[index]);
        return lines.Take(index).LastOrDefault(line => line.Trim() is not ("" or "{" or "}") && IndentOf(line) < indent);
    }

    private static int IndentOf(string line) => line.Length - line.TrimStart().Length;
}
