using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.AspNetCore.Tickets;

/// <summary>
/// Whose limit of outstanding tickets a request counts towards: the account's, or, where there is none, that of the place it comes from.
/// Behind a proxy that place is what the app's forwarded headers say.
/// </summary>
internal static class TicketHolder
{
    /// <summary>Whoever has one address of IPv6 usually has its whole /64 (RFC 6177).</summary>
    private const int NetworkBytes = 8;

    public static string Of(ClaimsPrincipal user, IPAddress? address) =>
        AccountIdentity.Of(user) is { } account ? $"account:{account}" : $"address:{NetworkOf(address)}";

    private static string NetworkOf(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString(),
    };
}
