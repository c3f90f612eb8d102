using System.Security.Claims;

namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>A ticket that was given and not used yet.</summary>
/// <param name="Hash">What is known of its value.</param>
/// <param name="Holder">Whose limit it counts towards.</param>
/// <param name="User">Whom it stands for.</param>
/// <param name="Expiry">When it is no longer good.</param>
internal sealed record OutstandingTicket(TicketHash Hash, string Holder, ClaimsPrincipal User, TimeSpan Expiry);
