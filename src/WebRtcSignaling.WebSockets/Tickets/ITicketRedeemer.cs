using System.Security.Claims;

namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>
/// Redeems tickets: short-lived secrets by which clients begin their sessions, and which stand for a user who has authenticated
/// elsewhere. <see cref="TicketIssuer"/> is an implementation; a program whose tickets are in a database, or come from another server,
/// brings its own.
/// </summary>
public interface ITicketRedeemer
{
    /// <summary>
    /// Redeems a ticket, which must be valid only once: of two calls with the same ticket, even concurrent ones, only one may succeed.
    /// Called concurrently for different clients. If it throws, the ticket is refused, and only the type of the exception is logged,
    /// because its text may contain the ticket.
    /// </summary>
    /// <param name="ticket">What the client sent, unchecked: 1 to 2,048 characters. A secret: do not log it.</param>
    /// <param name="cancellationToken">Fires when the client has disconnected or has waited too long.</param>
    /// <returns>The user that the ticket stands for; <see langword="null"/> if it is wrong, used or too old.</returns>
    ValueTask<ClaimsPrincipal?> RedeemAsync(string ticket, CancellationToken cancellationToken);
}
