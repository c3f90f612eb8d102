using WebRtcSignaling.WebSockets;

namespace WebRtcSignaling.Testing.Connections;

/// <summary>A signaling server whose clients connect in memory, on a clock that the test moves.</summary>
public sealed class MemoryServer : IAsyncDisposable
{
    private readonly List<Task<ConnectionEnd>> _served = [];
    private readonly List<WireClient> _clients = [];

    public MemoryServer(SignalingOptions? options = null, WebSocketOptions? webSockets = null)
    {
        Server = new SignalingServer(options, timeProvider: Time);
        Endpoint = new WebSocketEndpoint(Server, webSockets, Time);
    }

    public ManualTimeProvider Time { get; } = new();

    public SignalingServer Server { get; }

    public WebSocketEndpoint Endpoint { get; }

    /// <summary>Connects a client. Its welcome is still to be read.</summary>
    public WireClient Connect(ConnectionRequest? request = null) => Connect(new MemoryTransport(), request, CancellationToken.None).Client;

    /// <summary>Connects a client over this transport.</summary>
    public (WireClient Client, Task<ConnectionEnd> Served) Connect(
        MemoryTransport transport, ConnectionRequest? request, CancellationToken aborted)
    {
        Task<ConnectionEnd> served = Endpoint.ServeAsync(transport.Server, request ?? new(), aborted);
        var client = new WireClient(transport.Client);
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
    }
}
