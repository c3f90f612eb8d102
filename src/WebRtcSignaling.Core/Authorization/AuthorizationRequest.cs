using System.Security.Claims;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Authorization;

/// <summary>What somebody wants to do.</summary>
public sealed record AuthorizationRequest
{
    /// <summary>What.</summary>
    public required SignalingOperation Operation { get; init; }

    /// <summary>The application it happens in.</summary>
    public required string Application { get; init; }

    /// <summary>The account behind it; <see langword="null"/> for nobody known.</summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>
    /// The session that asks; <see langword="null"/> only for <see cref="SignalingOperation.Connect"/>, unless a session proves itself anew.
    /// </summary>
    public SignalingSession? Session { get; init; }

    /// <summary>The username it has, or wants to have.</summary>
    public string? Username { get; init; }

    /// <summary>The room it is about, if any.</summary>
    public RoomId? Room { get; init; }

    /// <summary>The session it is directed at, if any.</summary>
    public SessionId? Target { get; init; }

    /// <summary>The group it is about, if any.</summary>
    public string? Group { get; init; }

    /// <summary>
    /// Whether the session has proved itself anew, and this asks again what was allowed before: <see cref="SignalingOperation.Connect"/>, and
    /// <see cref="SignalingOperation.JoinRoom"/> for each room that it is in. A room that is refused now is left; see
    /// <see cref="SignalingSession.ReauthenticateAsync(ReadOnlyMemory{byte}, ClaimsPrincipal?, CancellationToken)"/>.
    /// </summary>
    public bool IsRenewal { get; init; }

    /// <summary>
    /// What the client said along with it, as opaque bytes: its credential for <see cref="SignalingOperation.Connect"/>
    /// (<see cref="SessionRequest.Credential"/>), its parameters for creating and joining a room (<see cref="JoinRoomRequest.Data"/>). Empty for nothing.
    /// </summary>
    public ReadOnlyMemory<byte> Data { get; init; }
}
