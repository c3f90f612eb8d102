using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>
/// One client from connecting to its end: handshake, then the WebSocket connection, then the close. Whoever starts it has taken a place in
/// <see cref="ListenerContext.Handshakes"/> for it; it gives the place back.
/// </summary>
/// <param name="transport">The client's bytes; closed in the end.</param>
/// <param name="listener">What it shares with others.</param>
internal sealed partial class ListenerConnection(SocketTransport transport, ListenerContext listener) : IThreadPoolWorkItem
{
    /// <summary>How long a client may take at most that is one too many of its address.</summary>
    private static readonly TimeSpan _patienceBeyondLimit = TimeSpan.FromSeconds(1);

    // Asked for now, since a socket that is closed does not know any more.
    private readonly IPAddress? _address = transport.RemoteAddress;

    // Held until the handshake is over, however it goes.
    private Capacity? _place = listener.Handshakes;
    private bool _isCounted;

    /// <summary>Lets it come to its end in good order, since the listener stops. Safe to call from anywhere.</summary>
    public void EndInput() => transport.EndInput();

    /// <summary>Ends it at once. Safe to call from anywhere.</summary>
    public void Abort() => transport.Abort();

    // Its task is of no use to anybody: whoever waits for connections waits until all have been removed.
    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    /// <summary>Runs until the socket is closed. Never throws.</summary>
    private async Task RunAsync()
    {
        try
        {
            CatchUp();

            // Counted from its first byte, so that handshakes that are never finished count, too.
            _isCounted = listener.WebSockets.Admission.TryEnter(_address);
            if (await ShakeHandsAsync().ConfigureAwait(false) is { } request)
            {
                await ServeAsync(request).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (
            exception is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            LogLost(listener.Logger, exception.GetType().Name);
        }
#pragma warning disable CA1031 // Whatever else fails is our fault, or that of a TLS callback, and must end this connection only.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(listener.Logger, exception);
        }
        finally
        {
            EndHandshake();
            transport.Dispose();
            if (_isCounted)
            {
                listener.WebSockets.Admission.Leave(_address);
            }

            listener.Clients.Remove(this);
        }
    }

    /// <summary>Hears what others were told before it was among them.</summary>
    private void CatchUp()
    {
        if (listener.Stopping.IsCancellationRequested)
        {
            EndInput();
        }

        if (listener.Aborted.IsCancellationRequested)
        {
            Abort();
        }
    }

    /// <summary>Brings the client to the point where it speaks WebSocket, or sends it away.</summary>
    /// <returns>
    /// What it wants, with a place in <see cref="ListenerContext.Connections"/> taken for it; <see langword="null"/> if it is sent away.
    /// </returns>
    private async Task<ConnectionRequest?> ShakeHandsAsync()
    {
        try
        {
            // Local, so that a connection does not keep its request for as long as it lives.
            var reader = new RequestHeadReader(listener.Options.MaxRequestHeadBytes, listener.Options.MaxRequestFields);
            HandshakeRefusal? refusal = await ReadHeadAsync(reader).ConfigureAwait(false);
            HandshakeAcceptance? acceptance = null;
            string? application = null;
            ConnectionRequest? request = null;
            if (reader.Head is { } head && listener.Policy.TryAccept(head, transport.Scheme, out acceptance, out application, out refusal))
            {
                // Before its ticket is used up: it is to come back, and that to another server.
                (request, refusal) = listener.IsDraining ? (null, HandshakeRefusals.Stopping)
                    : _isCounted ? await AdmitAsync(acceptance, application).ConfigureAwait(false)
                    : (null, HandshakeRefusals.TooManyOfAddress);
                refusal ??= listener.Connections.TryTake() ? null : HandshakeRefusals.Overloaded;
            }

            if (refusal is not null)
            {
                await RefuseAsync(refusal, reader.AsksForNoBody).ConfigureAwait(false);
                return null;
            }

            return acceptance is null ? null : await AcceptAsync(acceptance, request!).ConfigureAwait(false);
        }
        finally
        {
            EndHandshake();
        }
    }

    /// <summary>Reads the request head. Neither a head nor a refusal: the client went away, or never said a word.</summary>
    private async Task<HandshakeRefusal?> ReadHeadAsync(RequestHeadReader reader)
    {
        // One that is refused whatever it wants, but has a right to hear why, does not keep a place from others for long.
        TimeSpan patience = _isCounted ? listener.Options.HandshakeTimeout : _patienceBeyondLimit;
        using var timeout = new CancellationTokenSource(patience, listener.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, listener.Stopping);
        try
        {
            await transport.OpenAsync(either.Token).ConfigureAwait(false);
            var status = RequestHeadStatus.NeedMore;
            while (status == RequestHeadStatus.NeedMore)
            {
                var result = await transport.Input.ReadAsync(either.Token).ConfigureAwait(false);
                ReadOnlySequence<byte> buffer = result.Buffer;
                status = reader.TryRead(ref buffer);
                transport.Input.AdvanceTo(buffer.Start, status == RequestHeadStatus.NeedMore ? buffer.End : buffer.Start);
                if (result.IsCompleted && status == RequestHeadStatus.NeedMore)
                {
                    return null;
                }
            }

            return reader.Refusal;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !listener.Stopping.IsCancellationRequested)
        {
            // Browsers open connections in advance and show what comes on them unasked, so silence is answered with silence.
            LogTimedOut(listener.Logger);
            return reader.HasBegun ? HandshakeRefusals.Timeout : null;
        }
    }

    /// <summary>Says who the client is, or why it may not connect.</summary>
    private async ValueTask<(ConnectionRequest? Request, HandshakeRefusal? Refusal)> AdmitAsync(HandshakeAcceptance acceptance, string? application)
    {
        var request = new ConnectionRequest
        {
            SubProtocol = acceptance.SubProtocol,
            AnnouncesHello = acceptance.AnnouncesHello,
            Application = application,
            RemoteAddress = _address,
            CanHalfClose = true,
            RequiresTicket = listener.Options.RequireTicket,
        };
        if (acceptance.Ticket is null)
        {
            return await listener.WebSockets.AdmitAsync(request, ticket: null, listener.Stopping).ConfigureAwait(false);
        }

        // Whoever knows the tickets may be slow, or not listen to the token; the client's place is not its to keep.
        using var timeout = new CancellationTokenSource(listener.Options.HandshakeTimeout, listener.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, listener.Stopping);
        try
        {
            return await listener.WebSockets.AdmitAsync(request, acceptance.Ticket, either.Token).AsTask()
                .WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!listener.Stopping.IsCancellationRequested)
        {
            return (null, HandshakeRefusals.InvalidTicket);
        }
    }

    private async Task<ConnectionRequest> AcceptAsync(HandshakeAcceptance acceptance, ConnectionRequest request)
    {
        try
        {
            HandshakeResponse.WriteAcceptance(transport.Output, acceptance);
            await transport.Output.FlushAsync(listener.Stopping).ConfigureAwait(false);
            return request;
        }
        catch
        {
            listener.Connections.Release();
            throw;
        }
    }

    private async Task RefuseAsync(HandshakeRefusal refusal, bool withoutBody)
    {
        LogRefused(listener.Logger, refusal.Status);
        var answer = new ArrayBufferWriter<byte>();
        HandshakeResponse.WriteRefusal(answer, refusal, listener.Time.GetUtcNow(), withoutBody);
        await CloseAsync(answer.WrittenMemory).ConfigureAwait(false);
    }

    private async Task ServeAsync(ConnectionRequest request)
    {
        try
        {
            ConnectionEnd end = await listener.WebSockets.ServeAsync(transport, request, CancellationToken.None).ConfigureAwait(false);
            if (end == ConnectionEnd.Abort || transport.IsCutOff)
            {
                return;
            }

            var goodbye = new ArrayBufferWriter<byte>(FrameHeader.MaxControlPayload + FrameWriter.MaxHeaderLength);
            if (listener.Stopping.IsCancellationRequested && !transport.IsOutputCompleted)
            {
                // Its input has ended because we stop, not because anybody closed it.
                FrameWriter.WriteClose(goodbye, CloseCode.GoingAway, "the server is going away; try again");
            }

            await CloseAsync(goodbye.WrittenMemory).ConfigureAwait(false);
        }
        finally
        {
            listener.Connections.Release();
        }
    }

    /// <summary>Says the last words and closes, within <see cref="WebSocketOptions.CloseTimeout"/>.</summary>
    private async Task CloseAsync(ReadOnlyMemory<byte> lastWords)
    {
        using var timeout = new CancellationTokenSource(listener.Options.WebSockets.CloseTimeout, listener.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, listener.Aborted);
        await transport.CloseAsync(lastWords, either.Token).ConfigureAwait(false);
    }

    private void EndHandshake()
    {
        _place?.Release();
        _place = null;
    }
}
