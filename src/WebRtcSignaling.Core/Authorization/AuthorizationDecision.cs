using System.Security.Claims;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Authorization;

/// <summary>
/// The host app's answer. Further properties are set by a <c>with</c> expression: <c>AuthorizationDecision.Allow with { ExpiresAt = time }</c>. Allowing something does
/// not override the rules of rooms and roles: both must agree.
/// </summary>
public sealed record AuthorizationDecision
{
    private AuthorizationDecision()
    {
    }

    /// <summary>Allows it.</summary>
    public static AuthorizationDecision Allow { get; } = new() { IsAllowed = true };

    /// <summary>Refuses it, without a reason.</summary>
    public static AuthorizationDecision Deny { get; } = new();

    /// <summary>Whether the operation is allowed.</summary>
    public bool IsAllowed { get; private init; }

    /// <summary>Why it is refused, in a sentence that is shown to the client.</summary>
    public string? Reason { get; private init; }

    /// <summary>The role that a member gets when it joins.</summary>
    public RoomRole Role { get; private init; }

    /// <summary>
    /// For <see cref="SignalingOperation.Connect"/>: the time until which this answer is valid. The client is told the time, and may authenticate again before it
    /// (<see cref="SignalingSession.ReauthenticateAsync(ReadOnlyMemory{byte}, ClaimsPrincipal?, CancellationToken)"/>); see also
    /// <see cref="SessionOptions.CloseOnExpiry"/>. <see langword="null"/> leaves the time as it is.
    /// </summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// For <see cref="SignalingOperation.Connect"/>: the account that the session belongs to from now on; <see langword="null"/> leaves it as it is. A session that has
    /// an account (<see cref="AccountIdentity"/>) keeps it: new claims of the same account replace the old ones, another account is refused.
    /// </summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>
    /// Allows <see cref="SignalingOperation.JoinRoom"/> and gives the member this role. If the room already has an owner, <see cref="RoomRole.Owner"/> becomes
    /// <see cref="RoomRole.Moderator"/>.
    /// </summary>
    public static AuthorizationDecision AllowAs(RoomRole role) => new() { IsAllowed = true, Role = role };

    /// <summary>Refuses it with a reason, a sentence that is shown to the client.</summary>
    public static AuthorizationDecision DenyBecause(string reason) => new() { Reason = reason };
}
