using System.Security.Claims;

namespace WebRtcSignaling.Sessions;

/// <summary>Which account is behind a session, so that a ban or a limit meets the person and not the connection.</summary>
public static class AccountIdentity
{
    /// <summary>
    /// The authenticated user's <see cref="ClaimTypes.NameIdentifier"/>, else its <c>sub</c>, else its name; <see langword="null"/> for
    /// nobody known.
    /// </summary>
    /// <param name="user">The account's claims.</param>
    public static string? Of(ClaimsPrincipal? user) => user?.Identity?.IsAuthenticated == true
        ? user.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? user.FindFirst("sub")?.Value ?? user.Identity.Name
        : null;
}
