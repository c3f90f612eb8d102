using System.Net.WebSockets;
using System.Text;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

/// <summary>A WebSocket of a client. Whatever does not come within a bound fails the test instead of hanging it.</summary>
internal sealed class SocketClient(WebSocket socket) : IDisposable
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(30);

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendBinaryAsync(params byte[] bytes) => SendAsync(bytes, WebSocketMessageType.Binary);

    /// <summary>The next message: text as it is, bytes as <c>bytes:</c> and hexadecimal, a Close as <c>close:</c> and its code, a broken connection as <c>lost</c>.</summary>
    public async Task<string> ReceiveAsync()
    {
        using var message = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            WebSocketReceiveResult result;
            try
            {
                result = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(_bound);
            }
            catch (Exception exception) when (exception is WebSocketException or IOException)
            {
                return "lost";
            }

            if (result.MessageType == WebSocketMessageType.Close)
            {
                return $"close:{(int?)result.CloseStatus}";
            }

            message.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
            {
                return result.MessageType == WebSocketMessageType.Binary
                    ? "bytes:" + Convert.ToHexString(message.ToArray())
                    : Encoding.UTF8.GetString(message.ToArray());
            }
        }
    }

    /// <summary>The next so many messages.</summary>
    public async Task<string[]> ReceiveAsync(int count)
    {
        string[] messages = new string[count];
        for (int i = 0; i < count; i++)
        {
            messages[i] = await ReceiveAsync();
        }

        return messages;
    }

    /// <summary>The messages up to one that begins so, or until the connection is lost.</summary>
    public async Task<List<string>> ReceiveUntilAsync(string start)
    {
        var messages = new List<string>();
        do
        {
            messages.Add(await ReceiveAsync());
        }
        while (messages[^1] != "lost" && !messages[^1].StartsWith(start, StringComparison.Ordinal));

        return messages;
    }

    /// <summary>Closes as a client does that leaves.</summary>
    public Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    /// <summary>Ends the connection without a word.</summary>
    public void Abort() => socket.Abort();

    public void Dispose() => socket.Dispose();

    private Task SendAsync(byte[] bytes, WebSocketMessageType type) => socket.SendAsync(bytes, type, true, CancellationToken.None).WaitAsync(_bound);
}
