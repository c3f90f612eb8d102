using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>What docs/protocol.md says, as far as tests compare it with the code.</summary>
internal static partial class ProtocolDocument
{
    public static string Text { get; } = Read();

    /// <summary>The requests that its examples show.</summary>
    public static IReadOnlyList<string> RequestTypes { get; } =
    [
        .. RequestPattern().Matches(Text)
            .Select(match => match.Groups["type"].Value)
            .Where(type => type != "dance")
            .Distinct(),
    ];

    /// <summary>The rows of the table under a heading, each a list of its cells.</summary>
    public static IReadOnlyList<string[]> Table(string heading)
    {
        int start = Text.IndexOf($"\n## {heading}", StringComparison.Ordinal);
        Assert.That(start, Is.Positive, $"docs/protocol.md has the heading {heading}");
        string[][] rows =
        [
            .. Text[(start + 1)..].Split('\n')
                .SkipWhile(line => !line.StartsWith('|'))
                .TakeWhile(line => line.StartsWith('|'))
                .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
        ];
        return rows[2..];
    }

    /// <summary>The words between backticks.</summary>
    public static IEnumerable<string> Codes(string cell) => CodePattern().Matches(cell).Select(match => match.Groups[1].Value);

    private static string Read([CallerFilePath] string thisFile = "")
    {
        foreach (string start in (string[])[AppContext.BaseDirectory, Path.GetDirectoryName(thisFile)!])
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string path = Path.Combine(folder.FullName, "docs", "protocol.md");
                if (File.Exists(path))
                {
                    return File.ReadAllText(path);
                }
            }
        }

        throw new InvalidOperationException("The tests run inside the repository.");
    }

    [GeneratedRegex("""^[a-z]+> \{"type":"(?<type>[a-z-]+)""", RegexOptions.Multiline)]
    private static partial Regex RequestPattern();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodePattern();
}
