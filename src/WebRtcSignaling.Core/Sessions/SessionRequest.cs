using System.Security.Claims;

namespace WebRtcSignaling.Sessions;

/// <summary>Who wants a session.</summary>
public sealed record SessionRequest
{
    /// <summary>The application; <see langword="null"/> for <see cref="SignalingOptions.DefaultApplication"/>.</summary>
    public string? Application { get; init; }

    /// <summary>The id, where the client may choose it; <see langword="null"/> for an unguessable one.</summary>
    public SessionId? Id { get; init; }

    /// <summary>The name that others see, 1 to 64 characters; <see langword="null"/> for none.</summary>
    public string? Username { get; init; }

    /// <summary>The account behind it, as the host app has authenticated it; <see langword="null"/> for nobody known.</summary>
    public ClaimsPrincipal? User { get; init; }
}
