using System.Security.Claims;

namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>What has become of a ticket.</summary>
/// <param name="IsGood">Whether it was good.</param>
/// <param name="User">Whom it stands for; <see langword="null"/> for nobody known, which a good ticket may stand for, too.</param>
internal readonly record struct TicketVerdict(bool IsGood, ClaimsPrincipal? User);
