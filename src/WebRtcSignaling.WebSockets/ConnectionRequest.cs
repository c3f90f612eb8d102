using System.Net;
using System.Security.Claims;

namespace WebRtcSignaling.WebSockets;

/// <summary>What is known about a connection after its handshake.</summary>
public sealed record ConnectionRequest
{
    /// <summary>The sub-protocol that was agreed on; <see langword="null"/> for none.</summary>
    public string? SubProtocol { get; init; }

    /// <summary>The application that the client asked for; <see langword="null"/> for the server's default.</summary>
    public string? Application { get; init; }

    /// <summary>The account behind it; <see langword="null"/> if it is anonymous.</summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>When the authentication of <see cref="User"/> expires; <see langword="null"/> for never.</summary>
    public DateTimeOffset? AuthenticationExpiresAt { get; init; }

    /// <summary>
    /// The client's address, for limits by address; <see langword="null"/> if it is not known, or there is none. Behind a proxy, the address that the web server takes
    /// from the forwarded headers.
    /// </summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>
    /// Whether the session begins only with a ticket in <c>hello</c>. <see cref="WebSocketOptions.RequireHello"/> or <see cref="AnnouncesHello"/> must be on then, or
    /// the session never begins. Off if a ticket came with the handshake already.
    /// </summary>
    public bool RequiresTicket { get; init; }

    /// <summary>
    /// Whether the client has announced that <c>hello</c> will be its first message, by offering the sub-protocol <c>hello</c> beside its own. The session then
    /// begins, or is resumed, only with <c>hello</c>, as if <see cref="WebSocketOptions.RequireHello"/> were on.
    /// </summary>
    public bool AnnouncesHello { get; init; }

    /// <summary>
    /// Whether completing the transport's output closes only that direction, so that it can be done before the peer's end has been read. True for a plain socket; not
    /// for a web server's transport, which may close both directions.
    /// </summary>
    public bool CanHalfClose { get; init; }
}
