using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using WebRtcSignaling.WebSockets.Messages;

namespace WebRtcSignaling.Testing.Connections;

/// <summary>
/// A WebSocket client over any duplex pipe, after the handshake, for tests: sends what it is told to, byte for byte, and reads what comes. Whatever
/// does not come within a bound fails the test instead of hanging it.
/// </summary>
public sealed class WireClient(IDuplexPipe transport) : IDisposable
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(30);

    private readonly MessageReader _reader = new(maxMessageBytes: 64 * 1024 * 1024, expectMasked: false);

    private int _catchUps;

    /// <summary>How many pings came; they are answered unless <see cref="AnswersPings"/> says otherwise.</summary>
    public int Pings { get; private set; }

    /// <summary>The numbers that were taken off the messages of a native session.</summary>
    public ReceivedNumbers Numbers { get; } = new();

    public bool AnswersPings { get; set; } = true;

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes) => await transport.Output.WriteAsync(bytes).AsTask().WaitAsync(_bound);

    public Task SendAsync(string json) => SendBytesAsync(ClientFrames.Text(json));

    /// <summary>Ends this side's output, as a client does that is gone.</summary>
    public async Task EndAsync() => await transport.Output.CompleteAsync();

    /// <summary>The next text message.</summary>
    public async Task<string> ReceiveAsync()
    {
        WireEvent next = await ReceiveEventAsync();
        return next.Text ?? throw new InvalidOperationException($"A text message was expected, not {next}.");
    }

    public async Task<JsonObject> ReceiveJsonAsync() => JsonNode.Parse(await ReceiveAsync())!.AsObject();

    /// <summary>The next message of this type, whatever comes before it.</summary>
    public async Task<JsonObject> ReceiveJsonAsync(string type)
    {
        while (true)
        {
            JsonObject message = await ReceiveJsonAsync();
            if ((string?)message["type"] == type)
            {
                return message;
            }
        }
    }

    /// <summary>Sends a request and reads the next message.</summary>
    public async Task<JsonObject> AskAsync(string json)
    {
        await SendAsync(json);
        return await ReceiveJsonAsync();
    }

    /// <summary>All text messages that were on their way here, up to now.</summary>
    public async Task<IReadOnlyList<string>> CatchUpAsync()
    {
        string end = $"{{\"type\":\"pong\",\"id\":\"catch-up-{++_catchUps}\"}}";
        await SendAsync(end.Replace("pong", "ping", StringComparison.Ordinal));
        var messages = new List<string>();
        while (await ReceiveAsync() is var message && message != end)
        {
            messages.Add(message);
        }

        return messages;
    }

    /// <summary>Reads until the connection closes; what comes before is forgotten.</summary>
    public async Task<WireEvent> ReceiveCloseAsync()
    {
        while (true)
        {
            WireEvent next = await ReceiveEventAsync();
            if (next.Text is null)
            {
                return next;
            }
        }
    }

    /// <summary>Reads up to the next Ping; what comes before is forgotten.</summary>
    public async Task ReceivePingAsync()
    {
        int before = Pings;
        while (Pings == before && await ReadOneAsync() is not { CloseCode: null, Text: null })
        {
        }
    }

    /// <summary>The next text message, Close frame, or end.</summary>
    public async Task<WireEvent> ReceiveEventAsync()
    {
        while (true)
        {
            if (await ReadOneAsync() is { } next)
            {
                return next;
            }
        }
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>Reads one message; <see langword="null"/> for a Ping or a Pong.</summary>
    private async Task<WireEvent?> ReadOneAsync()
    {
        while (true)
        {
            ReadResult result = await transport.Input.ReadAsync().AsTask().WaitAsync(_bound);
            ReadOnlySequence<byte> buffer = result.Buffer;
            ReadStatus status = _reader.TryRead(ref buffer, out IncomingMessage message);
            WireEvent? found = status == ReadStatus.Message ? ToEvent(message) : null;
            byte[]? pingPayload = status == ReadStatus.Message && message.Kind == MessageKind.Ping ? message.Payload.ToArray() : null;
            transport.Input.AdvanceTo(buffer.Start, status == ReadStatus.Message ? buffer.Start : buffer.End);
            if (pingPayload is not null)
            {
                Pings++;
                await (AnswersPings ? SendBytesAsync(ClientFrames.Pong(pingPayload)) : Task.CompletedTask);
            }

            if (status == ReadStatus.Message)
            {
                return found;
            }

            if (status == ReadStatus.Violation)
            {
                throw new InvalidOperationException($"The server broke RFC 6455: {_reader.Violation!.Reason}.");
            }

            if (result.IsCompleted)
            {
                return WireEvent.End;
            }
        }
    }

    private WireEvent? ToEvent(in IncomingMessage message) => message.Kind switch
    {
        MessageKind.Text => new WireEvent(Numbers.Take(Encoding.UTF8.GetString(message.Payload.Span)), null, null),
        MessageKind.Close => new WireEvent(null, (int?)message.CloseCode, message.CloseReason),
        _ => null,
    };
}
