using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.WebSockets;

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
    private readonly IConnectionHeartbeatFeature? _kestrelHeartbeat;
    private (Action<object> Action, object State)[] _listeners = [];
    private bool _isWithHttp = true;
    private HandoverOutput? _output;
    private UpgradedConnection? _taken;
    private ConnectionPlace? _place;

    private ConnectionHandover(ConnectionContext connection, KestrelServerLimits limits)
    {
        _limits = limits;
        _transport = connection.Transport;
        _kestrelHeartbeat = connection.Features.Get<IConnectionHeartbeatFeature>();
        _output = new HandoverOutput(_transport.Output);
    }

    /// <summary>
    /// The one that a request's connection passes through; <see langword="null"/> if there is none, or another layer between it and HTTP, such as TLS, which would end with HTTP.
    /// </summary>
    public static ConnectionHandover? Find(IFeatureCollection features) => features.Get<IConnectionTransportFeature>()?.Transport as ConnectionHandover;

    /// <summary>The connection's own bytes, whatever becomes of HTTP.</summary>
    public IDuplexPipe Transport => _transport;

    PipeReader IDuplexPipe.Input => _transport.Input;

    PipeWriter IDuplexPipe.Output => _output ?? _transport.Output;

    /// <summary>Serves a connection: HTTP first, and then what HTTP has left to do.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="http">The layer above.</param>
    /// <param name="limits">Those of the web server.</param>
    /// <param name="heartbeat">HTTP's.</param>
    public static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate http, KestrelServerLimits limits, HttpHeartbeat heartbeat)
    {
        var handover = new ConnectionHandover(connection, limits);
        connection.Features.Set<IConnectionHeartbeatFeature>(handover);
        connection.Transport = handover;
        heartbeat.Add(handover);
        try
        {
            await http(connection).ConfigureAwait(false);
        }
        catch
        {
            handover._place?.Dispose();
            throw;
        }
        finally
        {
            connection.Transport = handover._transport;
            heartbeat.Remove(handover);
            handover.LeaveHttp();
        }

        if (handover._taken is not null)
        {
            handover.ForgetHttp(connection);
            using ConnectionPlace place = handover._place!;
            IUpgradedTransport transport = handover._taken.Transport;
            ConnectionEnd end = await handover.SpeakAsync(connection.ConnectionClosed).ConfigureAwait(false);
            await transport.EndAsync(end).ConfigureAwait(false);
        }
    }

    /// <summary>Takes over a connection whose handshake is answered, to be served once its request is over.</summary>
    /// <param name="connection">What is to be done with it.</param>
    /// <param name="place">Its place, which moves here.</param>
    /// <returns>Whether it is taken. Otherwise it can only be served within the request.</returns>
    public bool TryTake(UpgradedConnection connection, ConnectionPlace place)
    {
        // Kestrel counts upgraded connections by their requests.
        if (_output is not { } output || _limits.MaxConcurrentUpgradedConnections is not null)
        {
            return false;
        }

        output.Keep();
        _place = place.Move();
        _taken = connection;
        return true;
    }

    /// <summary>Lets somebody hear of the connection's heartbeat until its end: <see cref="HttpHeartbeat"/> while HTTP lasts, and then Kestrel's, as the end of HTTP is not the connection's.</summary>
    public void OnHeartbeat(Action<object> action, object state)
    {
        lock (this)
        {
            if (_isWithHttp)
            {
                _listeners = [.. _listeners, (action, state)];
                return;
            }
        }

        _kestrelHeartbeat?.OnHeartbeat(action, state);
    }

    /// <summary>Calls those who hear of the heartbeat.</summary>
    public void Beat()
    {
        lock (this)
        {
            foreach ((Action<object> action, object state) in _listeners)
            {
                action(state);
            }
        }
    }

    /// <summary>HTTP has come to its end.</summary>
    private void LeaveHttp()
    {
        (Action<object> Action, object State)[] listeners;
        lock (this)
        {
            _isWithHttp = false;
            listeners = _listeners;
            _listeners = [];
        }

        // Where the connection goes on without HTTP, HTTP is all who listened.
        if (_taken is null)
        {
            foreach ((Action<object> action, object state) in listeners)
            {
                _kestrelHeartbeat?.OnHeartbeat(action, state);
            }
        }
    }

    /// <summary>Begins what is left to do, and does not keep it: there are many of these, and they last.</summary>
    private Task<ConnectionEnd> SpeakAsync(CancellationToken clientGone)
    {
        UpgradedConnection taken = _taken!;
        _taken = null;
        return taken.SpeakAsync(clientGone);
    }

    /// <summary>Lets go of what HTTP has left of itself with the connection, which would keep it alive.</summary>
    private void ForgetHttp(ConnectionContext connection)
    {
        _output = null;
        connection.Features.Set<IConnectionTimeoutFeature>(null);
    }
}
