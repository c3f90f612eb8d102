using System.IO.Pipelines;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Ice;
using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.Testing.Connections;

/// <summary>A signaling server whose clients connect in memory, on a clock that the test moves.</summary>
public sealed class MemoryServer : IAsyncDisposable
{
    private readonly List<Task<ConnectionEnd>> _served = [];
    private readonly List<WireClient> _clients = [];

    public MemoryServer(
        SignalingOptions? options = null,
        WebSocketOptions? webSockets = null,
        ISignalingAuthorizer? authorizer = null,
        IIceServerProvider? iceServers = null,
        ITicketRedeemer? tickets = null)
    {
        Server = new SignalingServer(options, authorizer, iceServers, Time);
        Tickets = new TicketIssuer(timeProvider: Time);
        Endpoint = new WebSocketEndpoint(Server, webSockets, Time, tickets: tickets ?? Tickets);
    }

    public ManualTimeProvider Time { get; } = new();

    public SignalingServer Server { get; }

    /// <summary>Gives the tickets that the server takes, unless somebody else was to know them.</summary>
    public TicketIssuer Tickets { get; }

    public WebSocketEndpoint Endpoint { get; }

    /// <summary>Connects a client. Its welcome is still to be read.</summary>
    public WireClient Connect(ConnectionRequest? request = null) => Connect(new MemoryTransport(), request, CancellationToken.None).Client;

    /// <summary>Connects a client over this transport.</summary>
    public (WireClient Client, Task<ConnectionEnd> Served) Connect(
        MemoryTransport transport, ConnectionRequest? request = null, CancellationToken aborted = default) =>
        Connect(transport.Server, transport.Client, request, aborted);

    /// <summary>Connects a client whose two ends need not be the same pipes: what is between them may fail.</summary>
    public (WireClient Client, Task<ConnectionEnd> Served) Connect(
        IDuplexPipe serverSide, IDuplexPipe clientSide, ConnectionRequest? request = null, CancellationToken aborted = default)
    {
        Task<ConnectionEnd> served = Endpoint.ServeAsync(serverSide, request ?? new(), aborted);
        var client = new WireClient(clientSide);
        _served.Add(served);
        _clients.Add(client);
        return (client, served);
    }

    /// <summary>Connects a client and reads its welcome.</summary>
    public async Task<(WireClient Client, string ClientId)> ConnectAsync(ConnectionRequest? request = null)
    {
        WireClient client = Connect(request);
        return (client, (string)(await client.ReceiveJsonAsync("welcome"))["clientId"]!);
    }

    /// <summary>Moves the clock second by second, so that every connection looks at it as often as it would.</summary>
    public void Advance(TimeSpan by)
    {
        for (TimeSpan gone = TimeSpan.Zero; gone < by; gone += TimeSpan.FromSeconds(1))
        {
            Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (WireClient client in _clients)
        {
            await client.EndAsync();
        }

        Server.Dispose();
        await Task.WhenAll(_served).WaitAsync(TimeSpan.FromSeconds(30));
        foreach (WireClient client in _clients)
        {
            client.Dispose();
        }

        Endpoint.Dispose();
        Tickets.Dispose();
    }
}
