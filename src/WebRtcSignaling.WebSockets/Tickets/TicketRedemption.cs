using System.Net;
using System.Security.Claims;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.Limits;

namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>
/// Asks whoever knows the tickets, as long as those of an address have not been wrong too often, and lets nothing that goes wrong there go further. Where nobody knows any,
/// every ticket is wrong.
/// </summary>
internal sealed partial class TicketRedemption(ITicketRedeemer? redeemer, AdmissionControl admission, ILogger logger)
{
    /// <summary>The longest ticket that anybody is asked about: that of another server may be a signed token.</summary>
    public const int MaxLength = 2_048;

    /// <summary>Uses a ticket up.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="address">Where it comes from; <see langword="null"/> if that is not known.</param>
    /// <param name="cancellationToken">Ends the wait for whoever knows the tickets; then nothing is counted.</param>
    public async ValueTask<TicketVerdict> RedeemAsync(string ticket, IPAddress? address, CancellationToken cancellationToken)
    {
        if (admission.CheckAuthentication(address) is { } tooMany)
        {
            admission.CountRefusal(tooMany);
            return new(IsGood: false, User: null, tooMany);
        }

        TicketVerdict verdict = redeemer is null || ticket.Length is 0 or > MaxLength
            ? default
            : await AskAsync(redeemer, ticket, cancellationToken).ConfigureAwait(false);
        if (!verdict.IsGood && !cancellationToken.IsCancellationRequested)
        {
            admission.CountFailedAuthentication(address);
        }

        return verdict;
    }

    private async ValueTask<TicketVerdict> AskAsync(ITicketRedeemer asked, string ticket, CancellationToken cancellationToken)
    {
        try
        {
            ClaimsPrincipal? user = await asked.RedeemAsync(ticket, cancellationToken).ConfigureAwait(false);
            return user is null ? default : new TicketVerdict(IsGood: true, KnownUser.Of(user));
        }
#pragma warning disable CA1031 // Whatever the host app throws means no; it must not take the connection down.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // Whoever was asked in vain may say so by another exception than that of being cancelled.
            if (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(logger, exception.GetType().Name);
            }

            return default;
        }
    }

    // Not the exception: its text may hold the ticket.
    [LoggerMessage(5, LogLevel.Error, "The ticket redeemer failed ({Kind}); the ticket is refused.")]
    private static partial void LogFailed(ILogger logger, string kind);
}
