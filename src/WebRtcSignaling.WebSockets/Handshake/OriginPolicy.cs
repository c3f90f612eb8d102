namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>
/// Decides which web pages may connect, by the <c>Origin</c> field that browsers send (RFC 6454; RFC 6455 section 10.2). Browsers let any
/// page open a WebSocket to any server, with the user's cookies; this policy stops pages of other sites. Programs other than browsers send
/// no origin and are always allowed. Immutable and safe for concurrent use.
/// </summary>
/// <remarks>
/// An entry is an origin (<c>https://example.org</c>, <c>http://localhost:5173</c>, <c>capacitor://localhost</c>), all subdomains of one
/// (<c>https://*.example.org</c>, at any depth, but not <c>example.org</c> itself), <c>null</c> for pages without an origin of their own
/// (sandboxed frames, local files), or <c>*</c> for all. Scheme, host and port must be the same; the default port of a scheme may be left
/// out.
/// </remarks>
public sealed class OriginPolicy
{
    private const string Anybody = "*";
    private const string Opaque = "null";
    private const string WildcardHost = "://*.";

    private readonly bool _allowsAnybody;
    private readonly bool _allowsOpaque;
    private readonly HashSet<WebOrigin> _exact = [];
    private readonly List<WebOrigin> _parents = [];

    /// <summary>Creates a policy. The server's own origin is always allowed.</summary>
    /// <param name="allowedOrigins">The entries; without any, only the server's own origin is allowed.</param>
    /// <param name="setting">The name of the setting, for the message of an exception.</param>
    /// <exception cref="ArgumentException">An entry is wrong; the message names the setting and the entry.</exception>
    public OriginPolicy(IEnumerable<string> allowedOrigins, string setting = "AllowedOrigins")
    {
        ArgumentNullException.ThrowIfNull(allowedOrigins);
        string[] entries = [.. allowedOrigins];
        if (string.Join(" ", Validate(entries, setting)) is { Length: > 0 } problems)
        {
            throw new ArgumentException(problems, nameof(allowedOrigins));
        }

        foreach (string entry in entries)
        {
            _allowsAnybody |= entry == Anybody;
            _allowsOpaque |= entry == Opaque;
            if (TryParseParent(entry, out WebOrigin parent))
            {
                _parents.Add(parent);
            }
            else if (WebOrigin.TryParse(entry, out WebOrigin origin))
            {
                _exact.Add(origin);
            }
        }
    }

    /// <summary>Whether every page may connect.</summary>
    internal bool AllowsAnybody => _allowsAnybody;

    /// <summary>
    /// Returns what is wrong with the entries, in one sentence for each problem, which names the setting and the entry; empty if nothing
    /// is.
    /// </summary>
    /// <param name="allowedOrigins">The entries.</param>
    /// <param name="setting">The name of the setting.</param>
    public static IEnumerable<string> Validate(IEnumerable<string> allowedOrigins, string setting)
    {
        ArgumentNullException.ThrowIfNull(allowedOrigins);
        int index = 0;
        foreach (string? entry in allowedOrigins)
        {
            if (entry is not (Anybody or Opaque) && (entry is null || !(TryParseParent(entry, out _) || WebOrigin.TryParse(entry, out _))))
            {
                yield return $"{setting}:{index} is '{entry}', which is no origin such as https://example.org (scheme, host and port, "
                    + "nothing after them, international names in punycode), https://*.example.org, null or *.";
            }

            index++;
        }
    }

    /// <summary>Decides whether a page may connect.</summary>
    /// <param name="origin">
    /// The <c>Origin</c> field; <see langword="null"/> if there is none. A request with more than one is refused by the caller.
    /// </param>
    /// <param name="ownScheme">The scheme by which the server was reached: <c>http</c> or <c>https</c>.</param>
    /// <param name="ownHost">The <c>Host</c> field, or <c>:authority</c>: host and perhaps port by which the server was reached.</param>
    public bool Allows(string? origin, string ownScheme, string ownHost)
    {
        ArgumentNullException.ThrowIfNull(ownScheme);
        ArgumentNullException.ThrowIfNull(ownHost);
        if (origin is null || _allowsAnybody)
        {
            return true;
        }

        if (origin == Opaque)
        {
            return _allowsOpaque;
        }

        return WebOrigin.TryParse(origin, out WebOrigin page)
            && ((WebOrigin.TryCreate(ownScheme, ownHost, out WebOrigin own) && page == own)
                || _exact.Contains(page)
                || _parents.Exists(parent => IsBelow(page, parent)));
    }

    private static bool IsBelow(WebOrigin page, WebOrigin parent) =>
        page.Scheme == parent.Scheme
        && page.Port == parent.Port
        && page.Host.Length > parent.Host.Length + 1
        && page.Host.EndsWith(parent.Host, StringComparison.Ordinal)
        && page.Host[^(parent.Host.Length + 1)] == '.';

    /// <summary>Takes <c>scheme://*.host:port</c>; an address has nothing below it.</summary>
    private static bool TryParseParent(string entry, out WebOrigin parent)
    {
        parent = default;
        int at = entry.IndexOf(WildcardHost, StringComparison.Ordinal);
        return at > 0
            && WebOrigin.TryParse(entry.Remove(at + WildcardHost.Length - 2, 2), out parent)
            && !System.Net.IPAddress.TryParse(parent.Host, out _);
    }
}
