using System.Net;
using System.Security.Claims;

namespace WebRtcSignaling.WebSockets;

/// <summary>What is known of a connection once its handshake is done.</summary>
public sealed record ConnectionRequest
{
    /// <summary>The sub-protocol that was agreed on; <see langword="null"/> for none.</summary>
    public string? SubProtocol { get; init; }

    /// <summary>The application that the client asked for; <see langword="null"/> for the server's default.</summary>
    public string? Application { get; init; }

    /// <summary>The account behind it; <see langword="null"/> for nobody known.</summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>Until when <see cref="User"/> counts as authenticated; <see langword="null"/> for as long as the session lives.</summary>
    public DateTimeOffset? AuthenticationExpiresAt { get; init; }

    /// <summary>
    /// Where the client comes from, for limits by address; <see langword="null"/> if that is not known, or there is no such place. Behind a proxy, what the web server makes
    /// of the forwarded headers.
    /// </summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>
    /// Whether the session begins only with a ticket in <c>hello</c>, for which <see cref="WebSocketOptions.RequireHello"/> or <see cref="AnnouncesHello"/> must
    /// be on; otherwise it never begins. Off where a ticket has come with the handshake already.
    /// </summary>
    public bool RequiresTicket { get; init; }

    /// <summary>
    /// Whether the client has announced that it says <c>hello</c> first, by offering the sub-protocol <c>hello</c> beside the one that it speaks: the session then
    /// begins, or goes on, only with that, as if <see cref="WebSocketOptions.RequireHello"/> were on.
    /// </summary>
    public bool AnnouncesHello { get; init; }

    /// <summary>
    /// Whether completing the transport's output closes that direction only, so that it can be done before the peer's end has been read. So
    /// it is
    /// for a socket of one's own; not for a web server's transport, which may close both.
    /// </summary>
    public bool CanHalfClose { get; init; }
}
