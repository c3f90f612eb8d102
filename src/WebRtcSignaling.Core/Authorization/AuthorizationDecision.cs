using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Authorization;

/// <summary>The host app's answer. An answer of yes does not lift the rules of rooms and roles: both must agree.</summary>
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
    /// Yes, and as this: for <see cref="SignalingOperation.JoinRoom"/>. Where a room has an owner already, another one becomes a moderator.
    /// </summary>
    public static AuthorizationDecision AllowAs(RoomRole role) => new() { IsAllowed = true, Role = role };

    /// <summary>No, and why. The client is shown the sentence.</summary>
    public static AuthorizationDecision DenyBecause(string reason) => new() { Reason = reason };
}
