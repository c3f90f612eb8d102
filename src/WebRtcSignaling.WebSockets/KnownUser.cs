using System.Security.Claims;

namespace WebRtcSignaling.WebSockets;

/// <summary>Tells a user of whom something is known from the empty one that stands for nobody.</summary>
internal static class KnownUser
{
    /// <summary>The user; <see langword="null"/> if nothing is known of it.</summary>
    public static ClaimsPrincipal? Of(ClaimsPrincipal user) =>
        user.Identities.Any(static identity => identity.IsAuthenticated || identity.Claims.Any()) ? user : null;
}
