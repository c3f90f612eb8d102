using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>
/// A connection of Kestrel after its WebSocket is over. What was written last may still be in Kestrel's buffer, and no rate limit of HTTP applies to it: a
/// peer that never reads would hold the connection for ever.
/// </summary>
/// <remarks>Made of what belongs to the connection, since the request and its context are over by then.</remarks>
internal sealed class ClosingConnection
{
    private readonly IConnectionLifetimeFeature _connection;
    private readonly UpgradeSettings _settings;
    private readonly long _since;

    private ClosingConnection(IConnectionLifetimeFeature connection, UpgradeSettings settings)
    {
        _connection = connection;
        _settings = settings;
        _since = settings.Time.GetTimestamp();
    }

    /// <summary>Aborts the connection of an HTTP/1.1 request if it does not end within the time that is allowed for closing.</summary>
    public static void Watch(HttpContext context, UpgradeSettings settings)
    {
        if (context.Features.Get<IConnectionHeartbeatFeature>() is { } heartbeat
            && context.Features.Get<IConnectionLifetimeFeature>() is { } lifetime)
        {
            Watch(lifetime, heartbeat, settings);
        }
    }

    /// <inheritdoc cref="Watch(HttpContext, UpgradeSettings)"/>
    /// <param name="connection">The connection.</param>
    /// <param name="heartbeat">Comes about every second, and ends with the connection.</param>
    /// <param name="settings">The clock and the time that is allowed.</param>
    public static void Watch(IConnectionLifetimeFeature connection, IConnectionHeartbeatFeature heartbeat, UpgradeSettings settings) =>
        heartbeat.OnHeartbeat(static closing => ((ClosingConnection)closing).OnHeartbeat(), new ClosingConnection(connection, settings));

    private void OnHeartbeat()
    {
        if (_settings.Time.GetElapsedTime(_since) >= _settings.WebSockets.CloseTimeout)
        {
            _connection.Abort();
        }
    }
}
