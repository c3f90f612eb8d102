using Microsoft.AspNetCore.Http;
using WebRtcSignaling.AspNetCore.Endpoints;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.AspNetCore.Upgrades;
using WebRtcSignaling.Compatibility.EngineIO.Http;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.Compatibility.EngineIO.Sockets;

/// <summary>Requests that become WebSockets, over whatever the web server offers, and stay until these end.</summary>
internal sealed class SocketRequests(
    EngineSessions sessions, WebSocketEndpoint webSockets, OpenConnections connections, UpgradeSettings settings)
{
    /// <summary>Begins a session on a WebSocket.</summary>
    public Task OpenAsync(HttpContext context, SessionOpening opening) => TryServeAsync(
        context, new EngineSocketDialect(opening.Version, socket => sessions.Open(opening, socket)));

    /// <summary>Lets a session that polls move to a WebSocket.</summary>
    public async Task UpgradeAsync(HttpContext context, EngineSession session)
    {
        if (!session.TryAttach())
        {
            await EngineRefusal.BadRequest.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        bool isServed = false;
        try
        {
            isServed = await TryServeAsync(
                context, new EngineSocketDialect(session.Opening.Version, socket => session.TryBind(socket) ? session : null)).ConfigureAwait(false);
        }
        finally
        {
            if (!isServed)
            {
                session.LoseSocket(socket: null, SessionCloseReason.ConnectionLost);
            }
        }
    }

    /// <returns>Whether there is a WebSocket, so that the dialect hears of it, now or soon.</returns>
    private async Task<bool> TryServeAsync(HttpContext context, EngineSocketDialect dialect)
    {
        if (!WebSocketHandshake.TryAccept(RequestPolicy.HandshakeOf(context), [], out HandshakeAcceptance? acceptance, out _)
            || TransportUpgrades.Find(context) is not { } upgrade)
        {
            await EngineRefusal.BadRequest.WriteAsync(context).ConfigureAwait(false);
            return false;
        }

        using ConnectionPlace place = ConnectionPlace.Take(connections);
        ConnectionLimits.Lift(context);
        IUpgradedTransport? transport = await upgrade.AcceptAsync(context, acceptance, settings).ConfigureAwait(false);
        if (transport is null)
        {
            await EngineRefusal.Overloaded.WriteAsync(context).ConfigureAwait(false);
            return false;
        }

        await Connect(transport, dialect).ServeAsync(context, place).ConfigureAwait(false);
        return true;
    }

    private UpgradedConnection Connect(IUpgradedTransport transport, EngineSocketDialect dialect) => new(
        transport, connections, settings.Time, (pipes, aborted) => webSockets.ServeAsync(pipes, new ConnectionRequest(), dialect, aborted));
}
