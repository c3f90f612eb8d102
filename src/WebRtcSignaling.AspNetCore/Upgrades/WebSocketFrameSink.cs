using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using WebRtcSignaling.WebSockets.Messages;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>Sends the frames of a server through a <see cref="WebSocket"/>.</summary>
internal sealed class WebSocketFrameSink(WebSocket webSocket, WebSocketFrameSource source)
{
    // A flush ends when the WebSocket has taken everything, so that a peer that does not read is noticed as on any other transport.
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));

    public PipeWriter Frames => _pipe.Writer;

    /// <summary>Runs until the server's Close or end, or until nothing can be sent any more. Never throws.</summary>
    public async Task RunAsync()
    {
        using var reader = new MessageReader(int.MaxValue / 2, expectMasked: false);
        try
        {
            ReadResult result;
            do
            {
                result = await _pipe.Reader.ReadAsync().ConfigureAwait(false);
                ReadOnlySequence<byte> buffer = result.Buffer;
                while (reader.TryRead(ref buffer, out IncomingMessage message) == ReadStatus.Message)
                {
                    await SendAsync(message).ConfigureAwait(false);
                }

                _pipe.Reader.AdvanceTo(buffer.Start, buffer.End);
            }
            while (!result.IsCompleted);
        }
#pragma warning disable CA1031 // However a WebSocket says that it broke, nothing more can be sent; the connection sees its output completed.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        await _pipe.Reader.CompleteAsync().ConfigureAwait(false);
    }

    private ValueTask SendAsync(in IncomingMessage message)
    {
        switch (message.Kind)
        {
            case MessageKind.Text:
                return webSocket.SendAsync(message.Payload, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            case MessageKind.Binary:
                return webSocket.SendAsync(message.Payload, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            case MessageKind.Ping:
                return source.PongAsync(message.Payload);
            case MessageKind.Close:
                return new(webSocket.CloseOutputAsync(
                    message.CloseCode is { } code ? (WebSocketCloseStatus)code : WebSocketCloseStatus.Empty,
                    message.CloseCode is null ? null : message.CloseReason,
                    CancellationToken.None));
            default:
                // A pong: whoever made the WebSocket answers pings himself.
                return ValueTask.CompletedTask;
        }
    }
}
