using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace WebRtcSignaling.AspNetCore.Tests.Upgrades;

/// <summary>A WebSocket that receives what the test says, and keeps what is sent.</summary>
internal sealed class ScriptedWebSocket : WebSocket
{
    private readonly Channel<(byte[] Payload, WebSocketMessageType Type, bool End)> _incoming = Channel.CreateUnbounded<(byte[], WebSocketMessageType, bool)>();
    private readonly Channel<string> _sent = Channel.CreateUnbounded<string>();
    private WebSocketCloseStatus? _closeStatus;
    private string? _closeReason;

    public override WebSocketCloseStatus? CloseStatus => _closeStatus;

    public override string? CloseStatusDescription => _closeReason;

    public override WebSocketState State => IsAborted ? WebSocketState.Aborted : WebSocketState.Open;

    public override string? SubProtocol => null;

    public bool IsAborted { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>What was sent, each as a line.</summary>
    public ChannelReader<string> Sent => _sent.Reader;

    public void Receive(byte[] payload, WebSocketMessageType type, bool end = true) => _incoming.Writer.TryWrite((payload, type, end));

    public void ReceiveClose(int? code, string? reason)
    {
        _closeStatus = (WebSocketCloseStatus?)code;
        _closeReason = reason;
        Receive([], WebSocketMessageType.Close);
    }

    public void Break() => _incoming.Writer.TryComplete(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        if (!await _incoming.Reader.WaitToReadAsync(cancellationToken) || !_incoming.Reader.TryRead(out var received))
        {
            throw new InvalidOperationException("The test says nothing more.");
        }

        (byte[] payload, WebSocketMessageType type, bool end) = received;
        payload.CopyTo(buffer.AsSpan());
        return new(payload.Length, type, end);
    }

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsAborted, this);
        _sent.Writer.TryWrite($"{messageType} {Encoding.UTF8.GetString(buffer)}");
        return Task.CompletedTask;
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        _sent.Writer.TryWrite($"Close {(int)closeStatus} {statusDescription}");
        return Task.CompletedTask;
    }

    public override void Abort()
    {
        IsAborted = true;
        Break();
    }

    public override void Dispose() => IsDisposed = true;
}
