using System.Security.Claims;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Tests.Tickets;

/// <summary>A redeemer that does what the test says, and keeps what it was asked.</summary>
internal sealed class ScriptedRedeemer(Func<string, CancellationToken, ValueTask<ClaimsPrincipal?>> redeem) : ITicketRedeemer
{
    private readonly List<string> _asked = [];

    public IReadOnlyList<string> Asked => _asked;

    public ValueTask<ClaimsPrincipal?> RedeemAsync(string ticket, CancellationToken cancellationToken)
    {
        _asked.Add(ticket);
        return redeem(ticket, cancellationToken);
    }
}
