using System.Security.Claims;
using WebRtcSignaling.Errors;

namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>What has become of a ticket.</summary>
/// <param name="IsGood">Whether it was good.</param>
/// <param name="User">Whom it stands for; <see langword="null"/> for an anonymous user, which a good ticket may stand for, too.</param>
/// <param name="TooMany">Why nobody looked at it: its address has failed too often; <see langword="null"/> if somebody has.</param>
internal readonly record struct TicketVerdict(bool IsGood, ClaimsPrincipal? User, SignalingError? TooMany = null);
