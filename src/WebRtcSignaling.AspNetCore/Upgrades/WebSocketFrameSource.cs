using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>Writes what a <see cref="WebSocket"/> receives as the frames of a client.</summary>
internal sealed class WebSocketFrameSource(WebSocket webSocket) : IDisposable
{
    private const int ReceiveBufferSize = 4_096;
    private const byte MaskBit = 0x80;

    private readonly Pipe _pipe = new(new PipeOptions(useSynchronizationContext: false));

    // The receive loop and the answers to pings take turns at writing.
    private readonly SemaphoreSlim _turn = new(1);
    private bool _insideMessage;

    public PipeReader Frames => _pipe.Reader;

    /// <summary>Runs until the peer's Close or end. Never throws.</summary>
    public async Task RunAsync()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReceiveBufferSize);
        Exception? error = null;
        try
        {
            while (await ForwardAsync(buffer).ConfigureAwait(false))
            {
            }
        }
#pragma warning disable CA1031 // However a WebSocket says that it broke, the connection is lost.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            error = exception;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        await _turn.WaitAsync().ConfigureAwait(false);
        await _pipe.Writer.CompleteAsync(error).ConfigureAwait(false);
    }

    /// <summary>Answers a ping of the connection's own. If it is the other's turn to write, that is a sign of life as well.</summary>
    public async ValueTask PongAsync(ReadOnlyMemory<byte> payload)
    {
        if (await _turn.WaitAsync(TimeSpan.Zero).ConfigureAwait(false))
        {
            try
            {
                Write(Opcode.Pong, payload.Span, fin: true);
                await _pipe.Writer.FlushAsync().ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Receives and writes one piece of a message, or the Close.</summary>
    /// <returns>Whether more may come, and anybody still reads.</returns>
    private async ValueTask<bool> ForwardAsync(byte[] buffer)
    {
        WebSocketReceiveResult received = await webSocket.ReceiveAsync(buffer, CancellationToken.None).ConfigureAwait(false);
        if (received.MessageType == WebSocketMessageType.Close)
        {
            await WriteAsync(Opcode.Close, CloseBody(), fin: true).ConfigureAwait(false);
            return false;
        }

        Opcode opcode =
            _insideMessage ? Opcode.Continuation
            : received.MessageType == WebSocketMessageType.Text ? Opcode.Text
            : Opcode.Binary;
        _insideMessage = !received.EndOfMessage;
        return await WriteAsync(opcode, buffer.AsMemory(0, received.Count), received.EndOfMessage).ConfigureAwait(false);
    }

    /// <summary>Writes a frame.</summary>
    /// <returns>Whether anybody still reads.</returns>
    private async ValueTask<bool> WriteAsync(Opcode opcode, ReadOnlyMemory<byte> payload, bool fin)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            Write(opcode, payload.Span, fin);
            return !(await _pipe.Writer.FlushAsync().ConfigureAwait(false)).IsCompleted;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A client's frames are masked (RFC 6455 section 5.1); a key of zeros leaves the payload as it is.</summary>
    private void Write(Opcode opcode, ReadOnlySpan<byte> payload, bool fin)
    {
        PipeWriter output = _pipe.Writer;
        Span<byte> header = output.GetSpan(FrameHeader.MaxLength);
        int length = FrameWriter.WriteHeader(header, opcode, payload.Length, fin);
        header[1] |= MaskBit;
        header.Slice(length, sizeof(uint)).Clear();
        output.Advance(length + sizeof(uint));
        output.Write(payload);
    }

    private byte[] CloseBody()
    {
        if (webSocket.CloseStatus is not { } code || code == WebSocketCloseStatus.Empty)
        {
            return [];
        }

        byte[] reason = Encoding.UTF8.GetBytes(webSocket.CloseStatusDescription ?? "");
        byte[] body = new byte[sizeof(ushort) + reason.Length];
        BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)code);
        reason.CopyTo(body, sizeof(ushort));
        return body;
    }
}
