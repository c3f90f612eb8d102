using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using WebRtcSignaling.WebSockets.Messages;

namespace WebRtcSignaling.Testing.Connections;

/// <summary>
/// A client of the native dialect as it should be: numbers its requests, acknowledges what it hears, comes back to its session after its connection was lost, and
/// sends again what the server has not taken. Reads by itself; what it hears goes to <see cref="Heard"/>, one message at a time.
/// </summary>
public sealed class ResumingClient(Func<IDuplexPipe> connect)
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Number, string Json)> _untaken = new();
    private IDuplexPipe? _transport;
    private TaskCompletionSource<bool> _greeted = NewGreeting();
    private string? _token;
    private long _asked;
    private long _received;
    private int _unacknowledged;
    private int _mostUnacknowledged;

    /// <summary>What came, without its numbers, in order. Called under this client's lock.</summary>
    public event Action<JsonObject>? Heard;

    public string ClientId { get; private set; } = "";

    /// <summary>How often it came back and everything followed.</summary>
    public int Recovered { get; private set; }

    /// <summary>How often it came back and something was lost.</summary>
    public int NotRecovered { get; private set; }

    /// <summary>How many requests the server is not known to have taken.</summary>
    public int Untaken
    {
        get
        {
            lock (_lock)
            {
                return _untaken.Count;
            }
        }
    }

    public bool IsConnected
    {
        get
        {
            lock (_lock)
            {
                return _transport is not null;
            }
        }
    }

    /// <summary>What the server did that it must not; <see langword="null"/> if nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Connects, and says hello.</summary>
    /// <returns>Whether the server has answered before the connection was lost again.</returns>
    public Task<bool> ConnectAsync()
    {
        lock (_lock)
        {
            IDuplexPipe transport = connect();
            _transport = transport;
            _greeted = NewGreeting();
            Write(_token is null ? """{"type":"hello"}""" : $$"""{"type":"hello","resume":"{{_token}}","ack":{{_received}}}""");
            _ = RunAsync(transport, _greeted);
            return _greeted.Task;
        }
    }

    /// <summary>Sends a request, now or when it is back.</summary>
    /// <param name="members">Its members, without braces and numbers.</param>
    public void Ask(string members)
    {
        lock (_lock)
        {
            _untaken.Enqueue((++_asked, members));
            if (_transport is not null && _greeted.Task.IsCompleted)
            {
                Send(_asked, members);
            }
        }
    }

    /// <summary>Loses the connection: what is on its way is gone.</summary>
    /// <param name="isHalfOpen">Whether the server does not notice.</param>
    /// <param name="torn">How many bytes of a message get through at last.</param>
    public void Cut(bool isHalfOpen = false, int torn = 0)
    {
        lock (_lock)
        {
            if (_transport is not { } transport)
            {
                return;
            }

            _transport = null;
            byte[] frame = ClientFrames.Text("""{"type":"ping"}""");
            transport.Output.Write(frame.AsSpan(0, Math.Min(torn, frame.Length - 1)));
            if (!isHalfOpen)
            {
                transport.Output.Complete(new IOException("Cut."));
                transport.Input.CancelPendingRead();
            }
        }
    }

    private static TaskCompletionSource<bool> NewGreeting() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync(IDuplexPipe transport, TaskCompletionSource<bool> greeted)
    {
        try
        {
            await ReadAsync(transport);
        }
        catch (Exception exception)
        {
            Failure ??= exception;
        }

        lock (_lock)
        {
            if (ReferenceEquals(_transport, transport))
            {
                _transport = null;
            }
        }

        greeted.TrySetResult(false);
        await transport.Input.CompleteAsync();
        await transport.Output.CompleteAsync();
    }

    private async Task ReadAsync(IDuplexPipe transport)
    {
        using var reader = new MessageReader(maxMessageBytes: 16 * 1024 * 1024, expectMasked: false);
        while (true)
        {
            ReadResult result = await transport.Input.ReadAsync();
            ReadOnlySequence<byte> buffer = result.Buffer;
            bool goesOn = TakeAll(transport, reader, ref buffer) && !result.IsCompleted && !result.IsCanceled;
            transport.Input.AdvanceTo(buffer.Start, buffer.End);
            if (!goesOn)
            {
                return;
            }
        }
    }

    /// <returns>Whether the connection is still this client's.</returns>
    private bool TakeAll(IDuplexPipe transport, MessageReader reader, ref ReadOnlySequence<byte> buffer)
    {
        lock (_lock)
        {
            while (ReferenceEquals(_transport, transport))
            {
                ReadStatus status = reader.TryRead(ref buffer, out IncomingMessage message);
                if (status != ReadStatus.Message)
                {
                    return status == ReadStatus.NeedMore;
                }

                switch (message.Kind)
                {
                    case MessageKind.Text:
                        Take(JsonNode.Parse(message.Payload.Span)!.AsObject(), message.Payload.Length);
                        break;
                    case MessageKind.Ping:
                        WriteFrame(ClientFrames.Pong(message.Payload.ToArray()));
                        break;
                    case MessageKind.Close:
                        WriteFrame(ClientFrames.Close(1000));
                        return false;
                }
            }

            return false;
        }
    }

    private void Take(JsonObject message, int length)
    {
        string type = (string)message["type"]!;
        if (type is "welcome" or "resumed")
        {
            Greet(type, message);
            return;
        }

        if ((long?)message["ack"] is { } taken)
        {
            DropTaken(taken);
        }

        if ((long?)message["seq"] is not { } number)
        {
            return;
        }

        if (number != _received + 1)
        {
            throw new InvalidOperationException($"{number} came after {_received}: {message.ToJsonString()}");
        }

        _received = number;
        Heard?.Invoke(message);
        _unacknowledged += length;
        if (_unacknowledged > _mostUnacknowledged)
        {
            Acknowledge();
        }
    }

    private void Greet(string type, JsonObject greeting)
    {
        bool isSame = ClientId == (string?)greeting["clientId"];
        ClientId = (string)greeting["clientId"]!;
        _token = (string?)greeting["resume"]?["token"];
        _mostUnacknowledged = ((int?)greeting["resume"]?["bytes"] ?? 0) / 4;
        if (type == "resumed")
        {
            bool recovered = (bool)greeting["recovered"]!;
            Recovered += recovered ? 1 : 0;
            NotRecovered += recovered ? 0 : 1;
            _received = (long)greeting["seq"]!;
            DropTaken((long)greeting["ack"]!);
        }

        if (!isSame)
        {
            _asked = 0;
            _received = 0;
            _untaken.Clear();
        }

        Heard?.Invoke(greeting);
        Acknowledge();
        foreach ((long number, string members) in _untaken)
        {
            Send(number, members);
        }

        _greeted.TrySetResult(true);
    }

    private void DropTaken(long taken)
    {
        while (_untaken.TryPeek(out (long Number, string Json) first) && first.Number <= taken)
        {
            _untaken.Dequeue();
        }
    }

    private void Acknowledge()
    {
        _unacknowledged = 0;
        Write($$"""{"type":"ack","ack":{{_received}}}""");
    }

    private void Send(long number, string members)
    {
        _unacknowledged = 0;
        Write($$"""{"seq":{{number}},"ack":{{_received}},{{members}}}""");
    }

    private void Write(string json) => WriteFrame(ClientFrames.Text(Encoding.UTF8.GetBytes(json)));

    private void WriteFrame(byte[] frame)
    {
        // A pipe in memory takes it at once.
        _transport!.Output.Write(frame);
        _ = _transport.Output.FlushAsync().AsTask();
    }
}
