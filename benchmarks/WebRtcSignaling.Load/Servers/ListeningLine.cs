using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace WebRtcSignaling.Load.Servers;

/// <summary>Finds the address in what a server says when it starts.</summary>
internal static partial class ListeningLine
{
    public static bool TryFind(string line, [NotNullWhen(true)] out IPEndPoint? address)
    {
        Match match = AddressPattern().Match(line);
        address = match.Success ? new(IPAddress.Loopback, int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture)) : null;
        return address is not null;
    }

    [GeneratedRegex(@"\b(?:http|ws)://(?:127\.0\.0\.1|localhost):(?<port>\d{1,5})\b")]
    private static partial Regex AddressPattern();
}
