using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WebRtcSignaling.Load.Tests.Cases;

/// <summary>A relay of the runtime's own parts, in this process, which says its welcome in two fragments.</summary>
internal sealed class RelayServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, WebSocket> _clients = new();
    private readonly ConcurrentDictionary<string, long> _numbers = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    public RelayServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Answers a join with this instead.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether it numbers the signals that a client is sent.</summary>
    public bool IsNumbering { get; init; }

    /// <summary>What its clients have acknowledged, in messages of their own or in signals; what one client has said is in order.</summary>
    public ConcurrentQueue<(string Client, bool IsAlone, long Number)> Acknowledged { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll(_connections.Prepend(_accepting)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
            _connections.Add(ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            Stream stream = client.GetStream();
            await UpgradeAsync(stream);
            using WebSocket socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
            string id = Guid.NewGuid().ToString("N");
            _clients[id] = socket;
            await SendAsync(socket, "{\"type\":\"welcome\",", endOfMessage: false);
            await SendAsync(socket, $"\"clientId\":\"{id}\"}}");
            byte[] buffer = new byte[65_536];
            while (true)
            {
                WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, _end.Token);
                using JsonDocument message = JsonDocument.Parse(buffer.AsMemory(0, part.Count));
                JsonElement root = message.RootElement;
                string? type = root.GetProperty("type").GetString();
                if (root.TryGetProperty("ack", out JsonElement number))
                {
                    Acknowledged.Enqueue((id, type == "ack", number.GetInt64()));
                }

                if (type == "room-join")
                {
                    await SendAsync(socket, Refusal ?? """{"type":"room-joined"}""");
                }
                else if (type != "ack")
                {
                    // What is for all others is for the other one in a room of two.
                    string target = root.TryGetProperty("targetId", out JsonElement named) ? named.GetString()! : _clients.Keys.Single(other => other != id);
                    string head = IsNumbering ? $"\"seq\":{_numbers.AddOrUpdate(target, 1, static (_, last) => last + 1)}," : "";
                    await SendAsync(
                        _clients[target],
                        "{" + head + $$"""
                        "type":"signal-receive","senderId":"{{id}}","data":{{root.GetProperty("data").GetRawText()}}}
                        """);
                }
            }
        }
    }

    private async Task UpgradeAsync(Stream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, _end.Token);
            head.Append((char)one[0]);
        }

        string key = head.ToString().Split("Sec-WebSocket-Key: ")[1].Split('\r')[0];
#pragma warning disable CA5350 // RFC 6455 section 4.2.2.
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"),
            _end.Token);
    }

    // One signal at a time is on its way to each client in these tests, so that sends do not meet.
    private Task SendAsync(WebSocket socket, string text, bool endOfMessage = true) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage, _end.Token);
}
