namespace WebRtcSignaling.Repository.Tests.Documents;

/// <summary>Follows the relative links of documents.</summary>
/// <param name="documents">All documents.</param>
/// <param name="exists">Whether a path from the root is a file or a folder.</param>
internal sealed class LinkCheck(IEnumerable<MarkdownDocument> documents, Func<string, bool> exists)
{
    private readonly Dictionary<string, MarkdownDocument> _documents = documents.ToDictionary(document => document.Path, StringComparer.Ordinal);

    /// <summary>The links that lead nowhere.</summary>
    public IEnumerable<string> FindBroken() =>
        from document in _documents.Values
        from link in document.Links
        where !Uri.IsWellFormedUriString(link.Target, UriKind.Absolute)
        let problem = Follow(document, link.Target)
        where problem is not null
        select $"{document.Path}({link.Line}): {link.Target}: {problem}";

    private string? Follow(MarkdownDocument from, string target)
    {
        string[] parts = target.Split('#', 2);
        string path = parts[0].Length == 0 ? from.Path : Resolve(from.Path, Uri.UnescapeDataString(parts[0]));
        if (path.StartsWith("..", StringComparison.Ordinal) || !exists(path))
        {
            return "there is no such file";
        }

        return parts.Length == 1 || (_documents.TryGetValue(path, out MarkdownDocument? document) && document.Anchors.Contains(parts[1]))
            ? null
            : "there is no such heading";
    }

    private static string Resolve(string from, string target)
    {
        string root = Path.GetFullPath("/");
        string folder = Path.GetFullPath(Path.GetDirectoryName(from)!, Path.Combine(root, "r"));
        return Path.GetRelativePath(Path.Combine(root, "r"), Path.GetFullPath(target, folder)).Replace('\\', '/');
    }
}
