using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Handshake;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.AspNetCore;

/// <summary>
/// All settings of a signaling server in ASP.NET Core. Configuration: section <c>Signaling</c>; <c>Signaling:Rooms:MaxMembers</c> in a file is
/// <c>Signaling__Rooms__MaxMembers</c> in the environment. Read once, when the server is created, and validated when the app starts.
/// </summary>
public sealed class SignalingHostOptions : SignalingOptions
{
    /// <summary>The section of the configuration with these settings.</summary>
    public const string SectionName = "Signaling";

    /// <summary>
    /// The origins whose pages may connect, besides the server's own: exact ones (<c>https://example.org</c>), all subdomains of one (<c>https://*.example.org</c>),
    /// <c>null</c> for pages without an origin, or <c>*</c> for all. Programs other than browsers send no origin and are always allowed. Default: none. Behind a proxy,
    /// the server's own origin is the one in the forwarded headers, if the app uses them.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Settings for WebSocket connections.</summary>
    public WebSocketOptions WebSockets { get; set; } = new();

    /// <summary>Settings for the tickets that <c>MapSignalingTickets</c> issues.</summary>
    public TicketOptions Tickets { get; set; } = new();

    /// <summary>
    /// Whether the authentication of a session expires together with that of its request (<c>AuthenticationProperties.ExpiresUtc</c> of a cookie or a bearer token). The
    /// session then ends (<see cref="Sessions.SessionOptions.CloseOnExpiry"/>) unless it authenticates again, for which an authorizer has to give it a later time. Does
    /// not apply to sessions whose user comes from a ticket. Default off.
    /// </summary>
    public bool UseAuthenticationExpiry { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => base.Validate()
        .Concat(WebSockets.Validate(nameof(WebSockets)))
        .Concat(Tickets.Validate(nameof(Tickets)))
        .Concat(OriginPolicy.Validate(AllowedOrigins, nameof(AllowedOrigins)));
}
