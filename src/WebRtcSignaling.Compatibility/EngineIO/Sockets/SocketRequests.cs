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
    public Task OpenAsync(HttpContext context, SessionOpening opening) => ServeAsync(
        context, new EngineSocketDialect(opening.Version, socket => sessions.Open(opening, socket)));

    /// <summary>Lets a session that polls move to a WebSocket.</summary>
    public async Task UpgradeAsync(HttpContext context, EngineSession session)
    {
        if (!session.TryAttach())
        {
            await EngineRefusal.BadRequest.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        bool hasCome = false;
        var dialect = new EngineSocketDialect(session.Opening.Version, socket =>
        {
            hasCome = true;
            return session.TryBind(socket) ? session : null;
        });
        try
        {
            await ServeAsync(context, dialect).ConfigureAwait(false);
        }
        finally
        {
            if (!hasCome)
            {
                session.LoseSocket(socket: null, SessionCloseReason.ConnectionLost);
            }
        }
    }

    private async Task ServeAsync(HttpContext context, EngineSocketDialect dialect)
    {
        if (!WebSocketHandshake.TryAccept(RequestPolicy.HandshakeOf(context), [], out HandshakeAcceptance? acceptance, out _)
            || TransportUpgrades.Find(context) is not { } upgrade)
        {
            await EngineRefusal.BadRequest.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        connections.Enter();
        try
        {
            ConnectionLimits.Lift(context);
            IUpgradedTransport? transport = await upgrade.AcceptAsync(context, acceptance, settings).ConfigureAwait(false);
            if (transport is null)
            {
                await EngineRefusal.Overloaded.WriteAsync(context).ConfigureAwait(false);
                return;
            }

            using var lost = new LostConnection(settings.Time, context.RequestAborted, connections.Aborting);
            ConnectionEnd end = await webSockets.ServeAsync(transport, new ConnectionRequest(), dialect, lost.Token).ConfigureAwait(false);
            await transport.EndAsync(end).ConfigureAwait(false);
        }
        finally
        {
            connections.Leave();
        }
    }
}
