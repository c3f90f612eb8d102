using System.Net;
using System.Security.Claims;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.AspNetCore.Tickets;

/// <summary>
/// Whose limit of outstanding tickets a request counts towards: the account's, or, where there is none, that of the place it comes from.
/// Behind a proxy that place is what the app's forwarded headers say.
/// </summary>
internal static class TicketHolder
{
    public static string Of(ClaimsPrincipal user, IPAddress? address) =>
        AccountIdentity.Of(user) is { } account ? $"account:{account}" : $"address:{ClientNetwork.Of(address)}";
}
