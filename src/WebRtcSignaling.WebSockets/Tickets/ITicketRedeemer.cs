using System.Security.Claims;

namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>
/// Knows the tickets that clients begin their sessions with: short-lived secrets that stand for somebody who has proved elsewhere who it
/// is. <see cref="TicketIssuer"/> is one; a program whose tickets are kept in a database, or are given by another server, brings its own.
/// </summary>
public interface ITicketRedeemer
{
    /// <summary>
    /// Takes a ticket. It must be good once: of two calls with the same ticket, also at once, one gets an answer. Called concurrently for
    /// different clients. An exception is logged by its type alone, since its text may hold the ticket, and refuses.
    /// </summary>
    /// <param name="ticket">What the client sent, whatever it is: 1 to 2,048 characters. A secret; not to be logged.</param>
    /// <param name="cancellationToken">Fires when the client is gone or has waited too long.</param>
    /// <returns>Whom the ticket stands for; <see langword="null"/> if it is wrong, used or too old.</returns>
    ValueTask<ClaimsPrincipal?> RedeemAsync(string ticket, CancellationToken cancellationToken);
}
