using System.Text.RegularExpressions;

namespace WebRtcSignaling.Repository.Tests.Documents;

/// <summary>Finds the scripts, projects and other files of the repository that a command or a sentence names.</summary>
internal static partial class NamedPaths
{
    /// <summary>Paths from the root: those that start with <c>./</c> or with one of the top folders, and what <c>--project</c> names.</summary>
    public static IEnumerable<string> FindIn(string text) =>
        PathPattern().Matches(text).Concat(ProjectPattern().Matches(text))
            .Select(match => match.Groups["path"].Value.TrimEnd('.', '/'))
            .Where(path => path.Length > 0)
            .Distinct();

    /// <summary>Packages that <c>dotnet add package</c> names.</summary>
    public static IEnumerable<string> FindPackagesIn(string text) => PackagePattern().Matches(text).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"(?<![\w./-])(?:\./(?<path>[\w.-][\w./-]*)|(?<path>(?:src|tests|samples|benchmarks|docs|\.ci)/[\w./-]*))(?![\w*<{…])")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"--project[ =](?:\./)?(?<path>[\w./-]+)")]
    private static partial Regex ProjectPattern();

    [GeneratedRegex(@"dotnet add (?:\S+ )?package (?<name>WebRtcSignaling[\w.]*)")]
    private static partial Regex PackagePattern();
}
