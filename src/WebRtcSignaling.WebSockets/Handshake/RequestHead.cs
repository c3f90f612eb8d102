namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>A request that keeps the rules of HTTP/1.1: a GET with an origin-form target, one <c>Host</c>, and no body.</summary>
/// <param name="Target">Path and query, as they were sent.</param>
/// <param name="Fields">The header fields in their order.</param>
internal sealed record RequestHead(string Target, IReadOnlyList<HeaderField> Fields)
{
    /// <summary>The path, percent-encoding resolved.</summary>
    public string Path => Uri.UnescapeDataString(Target.AsSpan(0, PathLength));

    /// <summary>The one <c>Host</c>.</summary>
    public string Host => Values("Host")[0];

    private int PathLength => Target.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 ? query : Target.Length;

    /// <summary>The values of a field, one for each of its lines, in order.</summary>
    public IReadOnlyList<string> Values(string name) =>
        [.. Fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static field => field.Value)];

    /// <summary>
    /// The values that the query has under a name, in order, in the encoding of HTML forms: percent-encoding, and plus signs for blanks.
    /// </summary>
    public IReadOnlyList<string> QueryValues(string name)
    {
        var values = new List<string>();
        string query = PathLength < Target.Length ? Target[(PathLength + 1)..] : "";
        foreach (string pair in query.Split('&'))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (Decode(equals < 0 ? pair : pair[..equals]) == name)
            {
                values.Add(equals < 0 ? "" : Decode(pair[(equals + 1)..]));
            }
        }

        return values;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
