namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>Settings of one <c>MapSignaling</c>.</summary>
public sealed class SignalingEndpointOptions
{
    /// <summary>
    /// The application of all clients that connect here; it must exist (<see cref="SignalingOptions.Applications"/>). It can then be
    /// reached only through endpoints that name it, so that <c>RequireAuthorization</c> on them protects it. Default
    /// <see langword="null"/>: clients choose with <c>?application=name</c>, or get <see cref="SignalingOptions.DefaultApplication"/>.
    /// </summary>
    public string? Application { get; set; }

    /// <summary>
    /// Whether a client must bring a ticket (<c>MapSignalingTickets</c>), in its handshake or, if <c>Signaling:WebSockets:RequireHello</c>
    /// is on, in its <c>hello</c>; others are refused with 401. Use it instead of <c>RequireAuthorization</c>, which checks the request
    /// before its ticket is read. Default off: a ticket is optional, and the session belongs to its user.
    /// </summary>
    public bool RequireTicket { get; set; }
}
