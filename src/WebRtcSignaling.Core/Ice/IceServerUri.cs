using System.Buffers;
using System.Globalization;
using System.Net;

namespace WebRtcSignaling.Ice;

/// <summary>Checks the addresses of STUN servers (RFC 7064 section 3.1) and TURN servers (RFC 7065 section 3.1).</summary>
/// <remarks>
/// <code>
/// stunURI = ("stun" / "stuns") ":" host [ ":" port ]
/// turnURI = ("turn" / "turns") ":" host [ ":" port ] [ "?transport=" transport ]
/// </code>
/// Stricter than the RFCs where browsers are: the host is a DNS name or an address and not empty, and the transport is <c>udp</c> or
/// <c>tcp</c>. The scheme has to be in lower case, as some WebRTC stacks compare it exactly.
/// </remarks>
internal static class IceServerUri
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");

    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789.");

    internal static bool IsTurn(string? uri) =>
        uri is not null && (uri.StartsWith("turn:", StringComparison.Ordinal) || uri.StartsWith("turns:", StringComparison.Ordinal));

    /// <summary>
    /// What is wrong with the address, as the rest of a sentence that begins with its name; <see langword="null"/> if nothing is. Says
    /// nothing of its text, which may hold a password that somebody put there.
    /// </summary>
    internal static string? FindFault(string? uri)
    {
        if (string.IsNullOrEmpty(uri))
        {
            return "is empty; give a stun: or turn: URI.";
        }

        bool isTurn = IsTurn(uri);
        if (!isTurn && !uri.StartsWith("stun:", StringComparison.Ordinal) && !uri.StartsWith("stuns:", StringComparison.Ordinal))
        {
            return "must begin with stun:, stuns:, turn: or turns:, in lower case.";
        }

        ReadOnlySpan<char> rest = uri.AsSpan(uri.IndexOf(':', StringComparison.Ordinal) + 1);
        if (rest.StartsWith("//"))
        {
            return "must not have // after the colon.";
        }

        int query = rest.IndexOf('?');
        if (query >= 0)
        {
            if (!isTurn)
            {
                return "must not have a query; only turn: and turns: take ?transport=.";
            }

            if (rest[query..] is not ("?transport=udp" or "?transport=tcp"))
            {
                return "may end in ?transport=udp or ?transport=tcp, and in no other query.";
            }

            rest = rest[..query];
        }

        return FindHostFault(rest);
    }

    private static string? FindHostFault(ReadOnlySpan<char> hostAndPort)
    {
        if (hostAndPort.Contains('@'))
        {
            return "must not hold a user name or password; they have settings of their own.";
        }

        int hostEnd = hostAndPort.StartsWith("[") ? hostAndPort.IndexOf(']') + 1 : hostAndPort.IndexOf(':');
        if (hostEnd < 0)
        {
            hostEnd = hostAndPort.Length;
        }

        if (!IsHost(hostAndPort[..hostEnd]))
        {
            return "must name a host: a DNS name, an IPv4 address, or an IPv6 address in brackets.";
        }

        ReadOnlySpan<char> port = hostAndPort[hostEnd..];
        return port.IsEmpty || (port[0] == ':' && IsPort(port[1..]))
            ? null
            : "must have nothing but a port from 1 to 65535 after the host.";
    }

    private static bool IsHost(ReadOnlySpan<char> host)
    {
        if (host.StartsWith("["))
        {
            // A zone index means nothing on another machine.
            return host.EndsWith("]") && !host.Contains('%') && Uri.CheckHostName(host[1..^1].ToString()) == UriHostNameType.IPv6;
        }

        if (host.IsEmpty || host.ContainsAnyExcept(NameCharacters))
        {
            return false;
        }

        // The framework also takes "127.1" or "0x7f.0.0.1" for IPv4 addresses; only four plain decimal numbers are one in a URI.
        string text = host.ToString();
        return host.ContainsAnyExcept(AddressCharacters)
            ? Uri.CheckHostName(text) == UriHostNameType.Dns
            : IPAddress.TryParse(text, out IPAddress? address) && address.ToString() == text;
    }

    private static bool IsPort(ReadOnlySpan<char> port) =>
        ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) && number > 0;
}
