using System.Security.Claims;

namespace WebRtcSignaling.WebSockets.Tests.Tickets;

/// <summary>Users as an app's authentication makes them.</summary>
internal static class Users
{
    public static ClaimsPrincipal Named(string name) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, name), new(ClaimTypes.Name, name)], authenticationType: "test"));
}
