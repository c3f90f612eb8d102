using System.Security.Claims;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Authorization;

/// <summary>What a client, or a session of C# code, wants to do.</summary>
public sealed record AuthorizationRequest
{
    /// <summary>The operation.</summary>
    public required SignalingOperation Operation { get; init; }

    /// <summary>The application in which it would happen.</summary>
    public required string Application { get; init; }

    /// <summary>The account behind it; <see langword="null"/> if it is anonymous.</summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>
    /// The session that asks; <see langword="null"/> only for <see cref="SignalingOperation.Connect"/>, except when an existing session authenticates
    /// again.
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
    /// Whether the session has authenticated again, and the host app is asked once more about what it allowed before:
    /// <see cref="SignalingOperation.Connect"/>, and <see cref="SignalingOperation.JoinRoom"/> for each room that the session is in. The session leaves a
    /// room that is refused now; see <see cref="SignalingSession.ReauthenticateAsync(ReadOnlyMemory{byte}, ClaimsPrincipal?, CancellationToken)"/>.
    /// </summary>
    public bool IsRenewal { get; init; }

    /// <summary>
    /// Data that the client sent with the request, as opaque bytes: its credential for <see cref="SignalingOperation.Connect"/>
    /// (<see cref="SessionRequest.Credential"/>), its parameters for creating and joining a room (<see cref="JoinRoomRequest.Data"/>). Empty if there is
    /// none.
    /// </summary>
    public ReadOnlyMemory<byte> Data { get; init; }
}
