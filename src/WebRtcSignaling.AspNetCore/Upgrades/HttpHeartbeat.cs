using Microsoft.Extensions.Logging;
using WebRtcSignaling.WebSockets.Connections;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>
/// The heartbeat of connections for as long as HTTP has them: once a second, as Kestrel's own is, which HTTP's time limits are made for. Kestrel's visits each connection until its
/// end and calls whoever has registered, and nobody can leave it again; many idle connections would pay for that (docs/performance.md, "Idle connections").
/// Safe for concurrent use.
/// </summary>
#pragma warning disable CA1001 // Without connections nothing keeps the timer, and it nothing.
internal sealed class HttpHeartbeat
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly HashSet<ConnectionHandover> _connections = [];
    private readonly Ticker _ticker;

    public HttpHeartbeat(TimeProvider time, ILogger logger) => _ticker = new Ticker(time, logger, () => Count > 0, Beat);

    private int Count
    {
        get
        {
            lock (_lock)
            {
                return _connections.Count;
            }
        }
    }

    public void Add(ConnectionHandover connection)
    {
        lock (_lock)
        {
            _connections.Add(connection);
        }

        _ticker.Wake();
    }

    public void Remove(ConnectionHandover connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
        }
    }

    private void Beat()
    {
        ConnectionHandover[] connections;
        lock (_lock)
        {
            connections = [.. _connections];
        }

        // Without the lock: whoever hears of it may end its connection.
        foreach (ConnectionHandover connection in connections)
        {
            _ticker.Visit(connection, static connection => connection.Beat());
        }
    }
}
