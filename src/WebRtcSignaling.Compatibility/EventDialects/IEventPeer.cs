using System.Net;
using System.Security.Claims;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EventDialects;

/// <summary>One client on an event wire, as a dialect sees it. Safe for concurrent use.</summary>
internal interface IEventPeer
{
    /// <summary>What the client takes for its own id (<c>socket.id</c> in Socket.IO): <c>[A-Za-z0-9_-]</c>, unguessable, unique on this server.</summary>
    string Id { get; }

    SignalingServer Server { get; }

    /// <summary>The application that the endpoint serves; <see langword="null"/> for the server's default.</summary>
    string? Application { get; }

    /// <summary>The account behind the client; <see langword="null"/> if it is anonymous.</summary>
    ClaimsPrincipal? User { get; }

    /// <summary>Until when <see cref="User"/> counts as authenticated; <see langword="null"/> for as long as the session lives.</summary>
    DateTimeOffset? AuthenticationExpiresAt { get; }

    /// <summary>Where the client comes from; <see langword="null"/> if that is not known.</summary>
    IPAddress? RemoteAddress { get; }

    /// <summary>Fires when the client is gone.</summary>
    CancellationToken Ended { get; }

    /// <summary>
    /// Sends an event: a JSON array of its name and its arguments, copied before this returns. Never waits, and may be called under a room's lock. Past the
    /// client's budget of bytes, the client is put out.
    /// </summary>
    void Send(ReadOnlySpan<byte> eventArray);

    /// <summary>Puts the client out as its wire does it; what was sent before still goes out first. Only the first call counts.</summary>
    void Close(SessionClose close);
}
