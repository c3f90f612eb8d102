using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Handshake;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.AspNetCore;

/// <summary>
/// All settings of a signaling server in ASP.NET Core. Configuration: section <c>Signaling</c>, so <c>Signaling:Rooms:MaxMembers</c> in a file is
/// <c>Signaling__Rooms__MaxMembers</c> in the environment. Read once, when the server is made, and validated when the app starts.
/// </summary>
public sealed class SignalingHostOptions : SignalingOptions
{
    /// <summary>The section of the configuration that is bound to these settings.</summary>
    public const string SectionName = "Signaling";

    /// <summary>
    /// The origins whose pages may connect, besides the server's own: exact ones (<c>https://example.org</c>), all names below one
    /// (<c>https://*.example.org</c>), <c>null</c> for pages without an origin, or <c>*</c> for all. Programs that are no browsers send no origin
    /// and may connect in any case. Default: none. Behind a proxy the server's own origin is what the forwarded headers say, if the app uses them.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Settings for WebSocket connections.</summary>
    public WebSocketOptions WebSockets { get; set; } = new();

    /// <summary>Settings for the tickets that <c>MapSignalingTickets</c> gives.</summary>
    public TicketOptions Tickets { get; set; } = new();

    /// <summary>
    /// Whether a session's authentication expires when that of its request does (<c>AuthenticationProperties.ExpiresUtc</c>: of a cookie, or of a bearer token), so that the session
    /// ends then (<see cref="Sessions.SessionOptions.CloseOnExpiry"/>) unless it has proved itself anew. Needs an authorizer that gives it a later time; one whose user
    /// comes from a ticket is not concerned. Default off.
    /// </summary>
    public bool UseAuthenticationExpiry { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => base.Validate()
        .Concat(WebSockets.Validate(nameof(WebSockets)))
        .Concat(Tickets.Validate(nameof(Tickets)))
        .Concat(OriginPolicy.Validate(AllowedOrigins, nameof(AllowedOrigins)));
}
