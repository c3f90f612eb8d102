namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>What differs from one <c>MapSignaling</c> to the next.</summary>
public sealed class SignalingEndpointOptions
{
    /// <summary>
    /// The application of all that connect here; it must exist (<see cref="SignalingOptions.Applications"/>). It can then be reached only through
    /// endpoints that name it, so that <c>RequireAuthorization</c> on them protects it. Default <see langword="null"/>: clients choose with
    /// <c>?application=name</c>, or get <see cref="SignalingOptions.DefaultApplication"/>.
    /// </summary>
    public string? Application { get; set; }
}
