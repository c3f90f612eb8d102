namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>
/// A web page's origin (RFC 6454): scheme, host and port, in one form however it was written, so that equality is the same origin.
/// </summary>
/// <param name="Scheme">In lower case.</param>
/// <param name="Host">As in <see cref="HttpAuthority"/>.</param>
/// <param name="Port"><see langword="null"/> for the scheme's own.</param>
internal readonly record struct WebOrigin(string Scheme, string Host, int? Port)
{
    private const string SchemeEnd = "://";

    /// <summary>Takes <c>scheme://host</c> or <c>scheme://host:port</c>, and nothing after it.</summary>
    public static bool TryParse(string text, out WebOrigin origin)
    {
        origin = default;
        int end = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        return end > 0 && TryCreate(text[..end], text[(end + SchemeEnd.Length)..], out origin);
    }

    /// <summary>Takes the two parts that a server knows of itself.</summary>
    public static bool TryCreate(string scheme, string host, out WebOrigin origin)
    {
        origin = default;
        if (!IsScheme(scheme) || !HttpAuthority.TryParse(host, out HttpAuthority authority))
        {
            return false;
        }

        string lower = scheme.ToLowerInvariant();
        int? ownPort = lower switch
        {
            "http" or "ws" => 80,
            "https" or "wss" => 443,
            _ => null,
        };
        origin = new(lower, authority.Host, authority.Port == ownPort ? null : authority.Port);
        return true;
    }

    // RFC 3986 section 3.1.
    private static bool IsScheme(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
}
