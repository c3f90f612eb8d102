using System.Text.RegularExpressions;

namespace WebRtcSignaling.Repository.Tests.Snippets;

/// <summary>The program around a fragment: a text in the folder Contexts with a line <c>// snippet</c> where the fragment belongs.</summary>
/// <param name="Before">What stands above it; <c>using</c> directives first.</param>
/// <param name="After">What stands below it.</param>
internal sealed partial record SnippetContext(string Before, string After)
{
    private const string Folder = "tests/WebRtcSignaling.Repository.Tests/Snippets/Contexts";

    /// <summary>Nothing around it: the block is a whole program.</summary>
    public static SnippetContext None { get; } = new("", "");

    public static IEnumerable<string> Names =>
        RepositoryFiles.All.Where(path => path.StartsWith(Folder + "/", StringComparison.Ordinal)).Select(path => Path.GetFileNameWithoutExtension(path));

    public static SnippetContext Load(string name) =>
        Names.Contains(name)
            ? Parse(Repository.Read($"{Folder}/{name}.txt"))
            : throw new FormatException($"The context \"{name}\" does not exist; {Folder} has: {string.Join(", ", Names)}.");

    public static SnippetContext Parse(string text)
    {
        string[] parts = PlacePattern().Split(text);
        return parts.Length == 2
            ? new SnippetContext(parts[0], parts[1])
            : throw new FormatException("A context has exactly one line \"// snippet\".");
    }

    [GeneratedRegex(@"^[ \t]*// snippet[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex PlacePattern();
}
