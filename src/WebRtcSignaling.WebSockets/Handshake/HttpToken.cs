using System.Buffers;

namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>The words of HTTP: method names, field names, protocol names (<c>token</c>, RFC 9110 section 5.6.2).</summary>
internal static class HttpToken
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsValid(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenCharacters);

    /// <summary>
    /// The elements of a comma-separated field, all its lines together, in order. Empty elements are skipped, as a recipient must
    /// (RFC 9110 section 5.6.1.2).
    /// </summary>
    public static IEnumerable<string> Elements(IReadOnlyList<string?> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            foreach (string element in (values[i] ?? "").Split(','))
            {
                if (element.Trim(' ', '\t') is { Length: > 0 } trimmed)
                {
                    yield return trimmed;
                }
            }
        }
    }
}
