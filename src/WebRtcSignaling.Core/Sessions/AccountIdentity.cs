using System.Security.Claims;

namespace WebRtcSignaling.Sessions;

/// <summary>Names the account behind a session, so that bans and limits apply to the person and not to the connection.</summary>
public static class AccountIdentity
{
    /// <summary>
    /// The authenticated user's <see cref="ClaimTypes.NameIdentifier"/>, else its <c>sub</c>, else its name; <see langword="null"/> for
    /// an anonymous user.
    /// </summary>
    /// <param name="user">The account's claims.</param>
    public static string? Of(ClaimsPrincipal? user) => user?.Identity?.IsAuthenticated == true
        ? user.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? user.FindFirst("sub")?.Value ?? user.Identity.Name
        : null;
}
