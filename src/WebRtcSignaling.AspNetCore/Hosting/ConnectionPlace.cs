using System.Diagnostics.CodeAnalysis;
using System.Net;
using WebRtcSignaling.Limits;

namespace WebRtcSignaling.AspNetCore.Hosting;

/// <summary>
/// A place among the open connections and, where those are limited, among those of its address: from the handshake to the end of the connection. Whoever
/// owns it disposes it.
/// </summary>
internal sealed class ConnectionPlace : IDisposable
{
    private readonly AdmissionControl? _admission;
    private readonly IPAddress? _address;
    private OpenConnections? _connections;

    private ConnectionPlace(OpenConnections? connections, AdmissionControl? admission, IPAddress? address)
    {
        _connections = connections;
        _admission = admission;
        _address = address;
    }

    /// <summary>Takes a place that no address is counted for.</summary>
    public static ConnectionPlace Take(OpenConnections connections)
    {
        connections.Enter();
        return new ConnectionPlace(connections, admission: null, address: null);
    }

    /// <summary>Takes a place, unless the address has as many as it may have.</summary>
    public static bool TryTake(
        OpenConnections connections, AdmissionControl admission, IPAddress? address, [NotNullWhen(true)] out ConnectionPlace? place)
    {
        place = null;
        if (!admission.TryEnter(address))
        {
            return false;
        }

        connections.Enter();
        place = new ConnectionPlace(connections, admission, address);
        return true;
    }

    /// <summary>Gives the place to another owner: to dispose this object does nothing any more.</summary>
    public ConnectionPlace Move()
    {
        var moved = new ConnectionPlace(_connections, _admission, _address);
        _connections = null;
        return moved;
    }

    public void Dispose()
    {
        if (_connections is { } connections)
        {
            _connections = null;
            connections.Leave();
            _admission?.Leave(_address);
        }
    }
}
