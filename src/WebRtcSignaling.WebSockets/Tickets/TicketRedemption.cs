using System.Security.Claims;
using Microsoft.Extensions.Logging;

namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>
/// Asks whoever knows the tickets, and lets nothing that goes wrong there go further. Where nobody knows any, every ticket is wrong.
/// </summary>
internal sealed partial class TicketRedemption(ITicketRedeemer? redeemer, ILogger logger)
{
    /// <summary>The longest ticket that anybody is asked about: that of another server may be a signed token.</summary>
    public const int MaxLength = 2_048;

    public ValueTask<TicketVerdict> RedeemAsync(string ticket, CancellationToken cancellationToken) =>
        redeemer is null || ticket.Length is 0 or > MaxLength ? default : AskAsync(redeemer, ticket, cancellationToken);

    private async ValueTask<TicketVerdict> AskAsync(ITicketRedeemer asked, string ticket, CancellationToken cancellationToken)
    {
        try
        {
            ClaimsPrincipal? user = await asked.RedeemAsync(ticket, cancellationToken).ConfigureAwait(false);
            return user is null ? default : new TicketVerdict(true, KnownUser.Of(user));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return default;
        }
#pragma warning disable CA1031 // Whatever the host app throws means no; it must not take the connection down.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception.GetType().Name);
            return default;
        }
    }

    // Not the exception: its text may hold the ticket.
    [LoggerMessage(5, LogLevel.Error, "The ticket redeemer failed ({Kind}); the ticket is refused.")]
    private static partial void LogFailed(ILogger logger, string kind);
}
