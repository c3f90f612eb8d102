using System.IO.Pipelines;
using System.Net.WebSockets;
using WebRtcSignaling.WebSockets;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>
/// A <see cref="WebSocket"/> as the bytes that it would be on the wire, so that the one kind of connection there is serves it, too: what it receives is
/// written as a client's frames, and a server's frames are sent through it.
/// <code>
///   WebSocket.ReceiveAsync -> client's frames  -> Input  -> connection
///   WebSocket.SendAsync   &lt;-  server's frames &lt;-  Output &lt;- connection
/// </code>
/// A <see cref="WebSocket"/> can send no ping: it is told to watch over its peer itself, and the connection's own pings are answered here.
/// </summary>
internal sealed class WebSocketTransport : IUpgradedTransport, IDisposable
{
    private readonly WebSocket _webSocket;
    private readonly WebSocketFrameSource _source;
    private readonly WebSocketFrameSink _sink;
    private readonly Task _receiving;
    private readonly Task _sending;

    /// <param name="webSocket">The open WebSocket; it is disposed at the end.</param>
    public WebSocketTransport(WebSocket webSocket)
    {
        _webSocket = webSocket;
        _source = new WebSocketFrameSource(webSocket);
        _sink = new WebSocketFrameSink(webSocket, _source);
        _receiving = _source.RunAsync();
        _sending = _sink.RunAsync();
    }

    public PipeReader Input => _source.Frames;

    public PipeWriter Output => _sink.Frames;

    public async ValueTask EndAsync(ConnectionEnd end)
    {
        if (end == ConnectionEnd.Abort)
        {
            _webSocket.Abort();
        }

        await Output.CompleteAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);

        // After a Close from both sides this does nothing; otherwise a receive might wait for ever.
        _webSocket.Abort();
        await Input.CompleteAsync().ConfigureAwait(false);
        await _receiving.ConfigureAwait(false);
        Dispose();
    }

    public void Dispose()
    {
        _source.Dispose();
        _webSocket.Dispose();
    }
}
