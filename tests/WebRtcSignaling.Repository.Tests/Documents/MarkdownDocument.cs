using System.Text.RegularExpressions;

namespace WebRtcSignaling.Repository.Tests.Documents;

/// <summary>What the tests look at in a Markdown file: fenced blocks, links, code spans, and the anchors that others may link to.</summary>
internal sealed partial class MarkdownDocument
{
    private readonly List<CodeBlock> _blocks = [];
    private readonly List<(int Line, string Target)> _links = [];
    private readonly List<(int Line, string Text)> _spans = [];
    private readonly HashSet<string> _anchors = new(StringComparer.Ordinal);

    private MarkdownDocument(string path) => Path = path;

    public string Path { get; }

    public IReadOnlyList<CodeBlock> Blocks => _blocks;

    /// <summary>Targets of links and images, outside of code.</summary>
    public IReadOnlyList<(int Line, string Target)> Links => _links;

    /// <summary>Texts between backticks, outside of blocks.</summary>
    public IReadOnlyList<(int Line, string Text)> Spans => _spans;

    /// <summary>What may stand behind <c>#</c> in a link to this document.</summary>
    public IReadOnlySet<string> Anchors => _anchors;

    public static MarkdownDocument Load(string path) => Parse(path, Repository.Read(path));

    public static MarkdownDocument Parse(string path, string text)
    {
        var document = new MarkdownDocument(path);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            Match fence = FencePattern().Match(lines[i]);
            if (fence.Success)
            {
                i = document.ReadBlock(lines, i, fence);
            }
            else
            {
                document.ReadProse(lines[i], i + 1);
            }
        }

        return document;
    }

    /// <returns>The index of the block's last line.</returns>
    private int ReadBlock(string[] lines, int start, Match fence)
    {
        string mark = fence.Groups["mark"].Value;
        string indent = fence.Groups["indent"].Value;
        int end = Array.FindIndex(lines, start + 1, line => line.Trim().StartsWith(mark, StringComparison.Ordinal) && line.Trim().Trim(mark[0]).Length == 0);
        if (end < 0)
        {
            throw new FormatException($"{Path}({start + 1}): the block does not end.");
        }

        IEnumerable<string> body = lines[(start + 1)..end].Select(line => line.StartsWith(indent, StringComparison.Ordinal) ? line[indent.Length..] : line);
        Match comment = start > 0 ? SnippetPattern().Match(lines[start - 1]) : Match.Empty;
        _blocks.Add(new CodeBlock(Path, start + 2, fence.Groups["language"].Value, string.Join('\n', body))
        {
            Context = comment.Success ? comment.Groups["context"].Value : null,
        });
        return end;
    }

    private void ReadProse(string line, int number)
    {
        Match heading = HeadingPattern().Match(line);
        if (heading.Success)
        {
            AddAnchor(heading.Groups["text"].Value);
        }

        foreach (Match anchor in AnchorPattern().Matches(line))
        {
            _anchors.Add(anchor.Groups["id"].Value);
        }

        _spans.AddRange(SpanPattern().Matches(line).Select(span => (number, span.Groups["text"].Value.Trim())));
        string withoutCode = SpanPattern().Replace(line, "");
        foreach (Match link in LinkPattern().Matches(withoutCode).Concat(ReferencePattern().Matches(withoutCode)))
        {
            _links.Add((number, link.Groups["target"].Value));
        }
    }

    /// <summary>The anchor that a heading gets where the documents are shown: lower case, no punctuation, hyphens for spaces, a number if it is taken.</summary>
    private void AddAnchor(string heading)
    {
        string text = LinkPattern().Replace(heading, link => link.Groups["text"].Value);
        string slug = string.Concat(text.Trim().ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')).Replace(' ', '-');
        string anchor = slug;
        for (int number = 1; !_anchors.Add(anchor); number++)
        {
            anchor = $"{slug}-{number}";
        }
    }

    [GeneratedRegex(@"^(?<indent>\s*)(?<mark>`{3,}|~{3,})(?<language>[^\s`]*)[^`]*$")]
    private static partial Regex FencePattern();

    [GeneratedRegex(@"^\s*<!--\s*snippet:\s*(?<context>[^>]*?)\s*-->\s*$")]
    private static partial Regex SnippetPattern();

    [GeneratedRegex(@"^#{1,6}\s+(?<text>.*?)\s*#*$")]
    private static partial Regex HeadingPattern();

    [GeneratedRegex("""<a\s+(?:id|name)="(?<id>[^"]+)">""")]
    private static partial Regex AnchorPattern();

    [GeneratedRegex(@"(?<ticks>`+)(?<text>.+?)(?<!`)\k<ticks>(?!`)")]
    private static partial Regex SpanPattern();

    [GeneratedRegex(@"\[(?<text>[^\[\]]*)\]\(<?(?<target>[^\s()<>]+)>?(?:\s+""[^""]*"")?\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"^\s*\[[^\]]+\]:\s+<?(?<target>[^\s<>]+)>?")]
    private static partial Regex ReferencePattern();
}
