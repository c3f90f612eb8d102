using System.Security.Claims;

namespace WebRtcSignaling.Resumption;

/// <summary>Who wants to go on with a session, by its resume token.</summary>
public sealed record ResumeRequest
{
    /// <summary>The token that the session's client was given last.</summary>
    public required string Token { get; init; }

    /// <summary>The application that it asks for; <see langword="null"/> for <see cref="SignalingOptions.DefaultApplication"/>.</summary>
    public string? Application { get; init; }

    /// <summary>
    /// The account behind it, as the host app has authenticated it now. Where one is known, it must be the session's own; <see langword="null"/> for nobody known:
    /// then, the token is proof enough.
    /// </summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>Without the token.</summary>
    public override string ToString() => $"{nameof(ResumeRequest)} {{ Application = {Application} }}";
}
