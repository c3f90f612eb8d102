using System.Security.Claims;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>Who a client's session belongs to: the handshake's user, or the one whose ticket <c>hello</c> brings, which outranks it.</summary>
internal static class NativeTicket
{
    /// <summary>Takes the ticket, if there is one.</summary>
    /// <param name="connection">The client's connection.</param>
    /// <param name="username">The name that it wants.</param>
    /// <param name="ticket">The ticket of its <c>hello</c>; <see langword="null"/> for none.</param>
    /// <param name="token">What else it proves itself with, for the host app.</param>
    /// <returns>The session to ask for. Refusals: <c>invalid-ticket</c>, <c>too-many-attempts</c>.</returns>
    public static async ValueTask<SignalingResult<SessionRequest>> AdmitAsync(
        IDialectConnection connection, string? username, string? ticket, ReadOnlyMemory<byte> token)
    {
        ConnectionRequest request = connection.Request;
        ClaimsPrincipal? user = request.User;
        DateTimeOffset? expiresAt = request.AuthenticationExpiresAt;
        if (ticket is not null)
        {
            TicketVerdict verdict = await connection.Tickets.RedeemAsync(ticket, request.RemoteAddress, connection.Ended).ConfigureAwait(false);
            if (!verdict.IsGood)
            {
                return verdict.TooMany ?? TicketRefusals.Invalid;
            }

            user = verdict.User;
            expiresAt = null;
        }
        else if (request.RequiresTicket)
        {
            return TicketRefusals.Invalid;
        }

        return new SessionRequest
        {
            Application = request.Application,
            User = user,
            Username = username,
            Credential = token,
            AuthenticationExpiresAt = expiresAt,
            RemoteAddress = request.RemoteAddress,
        };
    }
}
