using System.Net.WebSockets;

namespace Alternatives.WebSockets;

/// <summary>One client of the relay: its socket, a buffer that grows to its longest message, and one send at a time.</summary>
internal sealed class RelayClient(string id, WebSocket socket) : IDisposable
{
    private const int FirstBufferBytes = 4_096;
    private const int MaxMessageBytes = 65_536;

    private readonly SemaphoreSlim _sending = new(1);
    private byte[] _buffer = new byte[FirstBufferBytes];

    public string Id { get; } = id;

    /// <summary>The next message, valid until the next call; null at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            }
            catch (WebSocketException)
            {
                return null;
            }

            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close || length >= MaxMessageBytes)
            {
                return null;
            }

            if (part.EndOfMessage)
            {
                return _buffer.AsMemory(0, length);
            }

            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, length * 2);
            }
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message)
    {
        await _sending.WaitAsync();
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The target is gone, which its own loop sees.
        }
        finally
        {
            _sending.Release();
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }
}
