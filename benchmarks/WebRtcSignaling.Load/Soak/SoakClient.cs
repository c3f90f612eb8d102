using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace WebRtcSignaling.Load.Soak;

/// <summary>A client that comes, does something and goes. What does not come in time is an error of the server.</summary>
internal sealed class SoakClient : IDisposable
{
    private const int ReceiveBytes = 8_192;

    private readonly ClientWebSocket _socket = new();
    private readonly ArrayBufferWriter<byte> _message = new();
    private readonly CancellationToken _patience;

    private SoakClient(CancellationToken patience) => _patience = patience;

    /// <summary>Its id, once it has entered.</summary>
    public string Id { get; private set; } = "";

    public static async Task<SoakClient> ConnectAsync(IPEndPoint server, string target, CancellationToken patience)
    {
        var client = new SoakClient(patience);
        await client._socket.ConnectAsync(new Uri($"ws://{server}{target}"), patience).ConfigureAwait(false);
        return client;
    }

    /// <summary>Connects to the native endpoint and reads its welcome.</summary>
    public static async Task<SoakClient> EnterAsync(IPEndPoint server, CancellationToken patience)
    {
        SoakClient client = await ConnectAsync(server, "/signaling", patience).ConfigureAwait(false);
        using JsonDocument welcome = await client.ReadTypeAsync("welcome").ConfigureAwait(false);
        client.Id = welcome.RootElement.GetProperty("clientId").GetString()!;
        return client;
    }

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, _patience);

    /// <summary>Sends a native request, and reads on to the message that answers it.</summary>
    public async Task AskAsync(string json, string answer)
    {
        await SendAsync(json).ConfigureAwait(false);
        (await ReadTypeAsync(answer).ConfigureAwait(false)).Dispose();
    }

    /// <summary>Reads on to the next message of this type; a refusal throws.</summary>
    public async Task<JsonDocument> ReadTypeAsync(string type)
    {
        while (true)
        {
            var message = JsonDocument.Parse(await ReadAsync().ConfigureAwait(false));
            if (message.RootElement.GetProperty("type").GetString() == type)
            {
                return message;
            }

            if (message.RootElement.TryGetProperty("code", out JsonElement code))
            {
                throw new LoadException($"Waiting for {type}, the server refused: {code}");
            }

            message.Dispose();
        }
    }

    /// <summary>Reads on to the next message that begins so.</summary>
    public async Task<string> ReadTextAsync(string beginning)
    {
        while (true)
        {
            string message = await ReadAsync().ConfigureAwait(false);
            if (message.StartsWith(beginning, StringComparison.Ordinal))
            {
                return message;
            }
        }
    }

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _patience);

    /// <summary>Goes without a word, unless it has closed.</summary>
    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }

    private async Task<string> ReadAsync()
    {
        _message.ResetWrittenCount();
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(_message.GetMemory(ReceiveBytes), _patience).ConfigureAwait(false);
            _message.Advance(received.Count);
        }
        while (!received.EndOfMessage);

        return received.MessageType == WebSocketMessageType.Text
            ? Encoding.UTF8.GetString(_message.WrittenSpan)
            : throw new LoadException($"The server closed with {(int?)_socket.CloseStatus} {_socket.CloseStatusDescription}.");
    }
}
