using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>
/// A host and perhaps a port, as in a <c>Host</c> field or an origin (RFC 9110 section 7.2), in one form however it was written.
/// </summary>
/// <param name="Host">In lower case; an IPv6 address in brackets and in its shortest form.</param>
/// <param name="Port"><see langword="null"/> where none was given.</param>
internal readonly record struct HttpAuthority(string Host, int? Port)
{
    /// <summary>The longest host name that DNS can hold.</summary>
    private const int MaxNameLength = 255;

    // Names in the DNS and on local networks. What else RFC 3986 allows in a name (percent signs, punctuation) names no host.
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    public static bool TryParse(string? text, out HttpAuthority authority)
    {
        authority = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        int hostEnd = text[0] == '[' ? text.IndexOf(']') + 1 : text.AsSpan().IndexOf(':') is var colon and >= 0 ? colon : text.Length;
        string? host = NormalizeHost(text[..hostEnd]);
        if (host is null || !TryParsePort(text.AsSpan(hostEnd), out int? port))
        {
            return false;
        }

        authority = new(host, port);
        return true;
    }

    private static string? NormalizeHost(string host)
    {
        if (host.StartsWith('['))
        {
            // A zone ("%eth0") means something to one machine only, so it is in no origin and no Host field.
            return !host.Contains('%', StringComparison.Ordinal)
                && IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out IPAddress? address)
                && address.AddressFamily == AddressFamily.InterNetworkV6
                    ? $"[{address}]"
                    : null;
        }

        string name = host.ToLowerInvariant();
        bool isName = name.Length is > 0 and <= MaxNameLength
            && !name.AsSpan().ContainsAnyExcept(NameCharacters)
            && !name.StartsWith('.')
            && !name.Contains("..", StringComparison.Ordinal);
        return isName ? name : null;
    }

    private static bool TryParsePort(ReadOnlySpan<char> text, out int? port)
    {
        port = null;
        if (text.Length <= 1)
        {
            // An empty port is the same as none (RFC 3986 section 3.2.3).
            return text is "" or ":";
        }

        if (text[0] != ':' || !ushort.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
        {
            return false;
        }

        port = number;
        return true;
    }
}
