using System.Text.RegularExpressions;
using WebRtcSignaling.Repository.Tests.Documents;

namespace WebRtcSignaling.Repository.Tests.Packages;

/// <summary>The program that README.md starts with.</summary>
internal static partial class ReadmeProgram
{
    public static string Text { get; } = MarkdownDocument.Load("README.md").Blocks.First(block => block.Language == "csharp").Text;

    /// <summary>Where it serves.</summary>
    public static string Path => PathPattern().Match(Text) is { Success: true } match
        ? match.Groups["path"].Value
        : throw new FormatException("The first program of README.md maps no path.");

    [GeneratedRegex("""MapSignaling\("(?<path>[^"]+)"\)""")]
    private static partial Regex PathPattern();
}
