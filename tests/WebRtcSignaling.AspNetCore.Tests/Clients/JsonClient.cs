using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.AspNetCore.Tests.Clients;

/// <summary>A client of the native dialect over any <see cref="WebSocket"/>.</summary>
internal sealed class JsonClient(WebSocket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];

    public WebSocket Socket => socket;

    /// <summary>Its own id, once <see cref="ReadWelcomeAsync"/> has read it.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The numbers that were taken off the messages.</summary>
    public ReceivedNumbers Numbers { get; } = new();

    public async Task<JsonObject> ReadWelcomeAsync()
    {
        JsonObject welcome = await ReceiveAsync("welcome");
        Id = (string)welcome["clientId"]!;
        return welcome;
    }

    public Task SendAsync(string json) => SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text);

    public Task SendAsync(byte[] payload, WebSocketMessageType type) =>
        socket.SendAsync(payload, type, endOfMessage: true, CancellationToken.None).WaitAsync(TestApp.Bound);

    /// <summary>The next text message as it came; <see langword="null"/> for a Close.</summary>
    public async Task<string?> ReceiveTextAsync()
    {
        using var message = new MemoryStream();
        while (true)
        {
            WebSocketReceiveResult received = await socket.ReceiveAsync(_buffer, CancellationToken.None).WaitAsync(TestApp.Bound);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            Assert.That(received.MessageType, Is.EqualTo(WebSocketMessageType.Text));
            message.Write(_buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return Numbers.Take(Encoding.UTF8.GetString(message.ToArray()));
            }
        }
    }

    public async Task<JsonObject> ReceiveAsync() => JsonNode.Parse(
        await ReceiveTextAsync() ?? throw new InvalidOperationException($"Closed with {socket.CloseStatus} {socket.CloseStatusDescription}."))!.AsObject();

    /// <summary>The next message of this type, whatever comes before it.</summary>
    public async Task<JsonObject> ReceiveAsync(string type)
    {
        while (true)
        {
            JsonObject message = await ReceiveAsync();
            if ((string?)message["type"] == type)
            {
                return message;
            }
        }
    }

    /// <summary>Reads until the server's Close, and answers it.</summary>
    public async Task<int?> ReceiveCloseAsync()
    {
        while (await ReceiveTextAsync() is not null)
        {
        }

        if (socket.State == WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(TestApp.Bound);
        }

        return (int?)socket.CloseStatus;
    }

    /// <summary>Joins a room, which is created if it does not exist.</summary>
    public async Task<JsonObject> JoinAsync(string room)
    {
        await SendAsync($$"""{"type":"room-join","room":"{{room}}","create":true}""");
        return await ReceiveAsync("room-joined");
    }

    /// <summary>A request and its answer: whatever was sent before has been dealt with by then.</summary>
    public async Task RoundTripAsync()
    {
        await SendAsync("""{"type":"ping"}""");
        await ReceiveAsync("pong");
    }

    /// <summary>Leaves with a close handshake.</summary>
    public async Task CloseAsync()
    {
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(TestApp.Bound);
        await ReceiveCloseAsync();
    }

    public void Dispose() => socket.Dispose();
}
