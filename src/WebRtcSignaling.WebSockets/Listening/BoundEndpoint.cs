using System.Net;
using System.Net.Sockets;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>A socket that holds an address, and takes connections once <see cref="Listen"/> has been called.</summary>
internal sealed class BoundEndpoint : IDisposable
{
    private readonly Socket _socket;

    private BoundEndpoint(ListenEndpoint endpoint, Socket socket)
    {
        Endpoint = endpoint;
        _socket = socket;
    }

    /// <summary>What was asked for.</summary>
    public ListenEndpoint Endpoint { get; }

    /// <summary>What came of it: the port is a real one.</summary>
    public EndPoint Address => _socket.LocalEndPoint ?? Endpoint.Address;

    /// <summary>Takes the address.</summary>
    /// <exception cref="IOException">It cannot be had; the message names it.</exception>
    public static BoundEndpoint Bind(ListenEndpoint endpoint)
    {
        EndPoint address = endpoint.Address;
        bool isUnix = address is UnixDomainSocketEndPoint;
        if (isUnix)
        {
            UnixSocketFile.DeleteIfAbandoned(address.ToString()!);
        }

        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
            if (address is IPEndPoint { Address: var ip } && ip.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(address);
            return new(endpoint, socket);
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            throw CannotListen(address, exception);
        }
    }

    /// <summary>Begins to queue connections.</summary>
    /// <exception cref="IOException">It cannot be done; the message names the address.</exception>
    public void Listen(int backlog)
    {
        try
        {
            _socket.Listen(backlog);
        }
        catch (SocketException exception)
        {
            throw CannotListen(Endpoint.Address, exception);
        }
    }

    public ValueTask<Socket> AcceptAsync(CancellationToken cancellationToken) => _socket.AcceptAsync(cancellationToken);

    /// <summary>Lets the address go. The platform deletes the file of a Unix domain socket with it.</summary>
    public void Dispose() => _socket.Dispose();

    private static IOException CannotListen(EndPoint address, SocketException exception) =>
        new($"Cannot listen on {address}: {exception.SocketErrorCode}.", exception);
}
