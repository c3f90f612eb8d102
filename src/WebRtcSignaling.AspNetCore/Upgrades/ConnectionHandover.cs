using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using WebRtcSignaling.AspNetCore.Hosting;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>
/// Stands between a connection of Kestrel and HTTP, so that an upgraded connection can outlive its request: HTTP comes to its end with the handshake and
/// all that it keeps for a request is free, while the connection is served here.
/// <code>
///   socket &lt;-> [TLS] &lt;-> ConnectionHandover &lt;-> HTTP -> endpoint: handshake, TryTake
///   socket &lt;-> [TLS] &lt;-> ConnectionHandover: UpgradedConnection      once HTTP is over
/// </code>
/// </summary>
internal sealed class ConnectionHandover : IDuplexPipe, IConnectionHeartbeatFeature
{
    private readonly KestrelServerLimits _limits;
    private readonly IDuplexPipe _transport;
    private readonly IConnectionHeartbeatFeature? _heartbeat;
    private readonly Lock _lock = new();
    private List<(Action<object> Action, object State)>? _listeners;
    private HandoverOutput? _output;
    private UpgradedConnection? _taken;
    private ConnectionPlace? _place;

    private ConnectionHandover(ConnectionContext connection, KestrelServerLimits limits)
    {
        _limits = limits;
        _transport = connection.Transport;
        _heartbeat = connection.Features.Get<IConnectionHeartbeatFeature>();
        _output = new HandoverOutput(_transport.Output);
    }

    /// <summary>The connection's own bytes, whatever becomes of HTTP.</summary>
    public IDuplexPipe Transport => _transport;

    PipeReader IDuplexPipe.Input => _transport.Input;

    PipeWriter IDuplexPipe.Output => _output ?? _transport.Output;

    /// <summary>Serves a connection: HTTP first, and then what HTTP has left to do.</summary>
    public static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate http, KestrelServerLimits limits)
    {
        var handover = new ConnectionHandover(connection, limits);
        connection.Features.Set(handover);
        connection.Features.Set<IConnectionHeartbeatFeature>(handover);
        connection.Transport = handover;
        try
        {
            await http(connection).ConfigureAwait(false);
        }
        finally
        {
            connection.Transport = handover._transport;
        }

        if (handover._taken is not null)
        {
            await handover.GoOnAsync(connection).ConfigureAwait(false);
        }
    }

    /// <summary>Takes over a connection whose handshake is answered, to be served once its request is over.</summary>
    /// <param name="context">The request.</param>
    /// <param name="connection">What is to be done with it.</param>
    /// <param name="place">Its place, which moves here.</param>
    /// <returns>Whether it is taken. Otherwise it can only be served within the request.</returns>
    public bool TryTake(HttpContext context, UpgradedConnection connection, ConnectionPlace place)
    {
        // Another layer between HTTP and here, such as TLS, would end with HTTP. And Kestrel counts upgraded connections by their requests.
        if (_output is not { } output
            || context.Features.Get<IConnectionTransportFeature>()?.Transport != this
            || _limits.MaxConcurrentUpgradedConnections is not null)
        {
            return false;
        }

        output.Keep();
        _place = place.Move();
        _taken = connection;
        return true;
    }

    /// <summary>Lets somebody hear of the connection's heartbeat: HTTP while it lasts, and who comes after.</summary>
    public void OnHeartbeat(Action<object> action, object state)
    {
        lock (_lock)
        {
            if (_listeners is null)
            {
                _listeners = [];
                _heartbeat?.OnHeartbeat(static handover => ((ConnectionHandover)handover).Beat(), this);
            }

            _listeners.Add((action, state));
        }
    }

    private void Beat()
    {
        lock (_lock)
        {
            foreach ((Action<object> action, object state) in _listeners!)
            {
                action(state);
            }
        }
    }

    private async Task GoOnAsync(ConnectionContext connection)
    {
        // What HTTP left of itself with the connection would keep it alive.
        _output = null;
        connection.Features.Set<IConnectionTimeoutFeature>(null);
        lock (_lock)
        {
            _listeners?.Clear();
        }

        using ConnectionPlace place = _place!;
        await _taken!.RunAsync(connection.ConnectionClosed).ConfigureAwait(false);
    }
}
