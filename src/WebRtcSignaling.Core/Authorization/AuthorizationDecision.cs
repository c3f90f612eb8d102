using System.Security.Claims;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Authorization;

/// <summary>
/// The host app's answer. More is said with <c>with</c>: <c>AuthorizationDecision.Allow with { ExpiresAt = time }</c>. An answer of yes does not lift the rules of rooms and roles: both must agree.
/// </summary>
public sealed record AuthorizationDecision
{
    private AuthorizationDecision()
    {
    }

    /// <summary>Yes.</summary>
    public static AuthorizationDecision Allow { get; } = new() { IsAllowed = true };

    /// <summary>No.</summary>
    public static AuthorizationDecision Deny { get; } = new();

    /// <summary>Whether it may be done.</summary>
    public bool IsAllowed { get; private init; }

    /// <summary>Why not, in a sentence that the client is shown.</summary>
    public string? Reason { get; private init; }

    /// <summary>The role to join with.</summary>
    public RoomRole Role { get; private init; }

    /// <summary>
    /// For <see cref="SignalingOperation.Connect"/>: until when this answer holds. The client is told the time, and may prove itself anew before
    /// (<see cref="SignalingSession.ReauthenticateAsync(ReadOnlyMemory{byte}, ClaimsPrincipal?, CancellationToken)"/>); see also
    /// <see cref="SessionOptions.CloseOnExpiry"/>. <see langword="null"/> leaves the time as it is.
    /// </summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// For <see cref="SignalingOperation.Connect"/>: the account that the session belongs to from now on; <see langword="null"/> leaves it as it is. A session that has an
    /// account (<see cref="AccountIdentity"/>) keeps it: other claims of the same account are taken over, another account is refused.
    /// </summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>
    /// Yes, and as this: for <see cref="SignalingOperation.JoinRoom"/>. Where a room has an owner already, another one becomes a moderator.
    /// </summary>
    public static AuthorizationDecision AllowAs(RoomRole role) => new() { IsAllowed = true, Role = role };

    /// <summary>No, and why. The client is shown the sentence.</summary>
    public static AuthorizationDecision DenyBecause(string reason) => new() { Reason = reason };
}
