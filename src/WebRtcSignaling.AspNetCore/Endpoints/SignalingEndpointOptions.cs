namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>What differs from one <c>MapSignaling</c> to the next.</summary>
public sealed class SignalingEndpointOptions
{
    /// <summary>
    /// The application of all that connect here; it must exist (<see cref="SignalingOptions.Applications"/>). It can then be reached only
    /// through endpoints that name it, so that <c>RequireAuthorization</c> on them protects it. Default <see langword="null"/>: clients
    /// choose with <c>?application=name</c>, or get <see cref="SignalingOptions.DefaultApplication"/>.
    /// </summary>
    public string? Application { get; set; }

    /// <summary>
    /// Whether a client must bring a ticket (<c>MapSignalingTickets</c>), in its handshake or, where
    /// <c>Signaling:WebSockets:RequireHello</c> is on, in its <c>hello</c>; others are refused with 401. It stands in for
    /// <c>RequireAuthorization</c>, which looks at the request before anybody looks at its ticket. Default off: a ticket is taken where one
    /// comes, and says who the session belongs to.
    /// </summary>
    public bool RequireTicket { get; set; }
}
