using System.Security.Claims;
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
    /// <returns>The session to ask for; <see langword="null"/> if there is none without a good ticket.</returns>
    public static async ValueTask<SessionRequest?> AdmitAsync(
        IDialectConnection connection, string? username, string? ticket, ReadOnlyMemory<byte> token)
    {
        ConnectionRequest request = connection.Request;
        ClaimsPrincipal? user = request.User;
        DateTimeOffset? expiresAt = request.AuthenticationExpiresAt;
        if (ticket is not null)
        {
            TicketVerdict verdict = await connection.Tickets.RedeemAsync(ticket, connection.Ended).ConfigureAwait(false);
            if (!verdict.IsGood)
            {
                return null;
            }

            user = verdict.User;
            expiresAt = null;
        }
        else if (request.RequiresTicket)
        {
            return null;
        }

        return new SessionRequest
        {
            Application = request.Application,
            User = user,
            Username = username,
            Credential = token,
            AuthenticationExpiresAt = expiresAt,
        };
    }
}
