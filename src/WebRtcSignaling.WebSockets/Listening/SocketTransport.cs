using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>
/// A client's socket as a pair of pipes, plain or through TLS. While nothing comes, nothing is held to read into: a read first waits for
/// bytes with an empty buffer, and takes one from the pool only then.
/// </summary>
/// <remarks>Whoever made it disposes it, which resets the connection unless <see cref="CloseAsync"/> has closed it.</remarks>
internal sealed class SocketTransport : IDuplexPipe, IDisposable
{
    private const int ThrownAwayAtOnce = 4_096;

    private readonly Socket _socket;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly Stream _stream;
    private readonly CancellationTokenSource? _readingTls;
    private readonly SocketInput _input;
    private readonly SocketOutput _output;

    /// <param name="socket">A connected socket.</param>
    /// <param name="tls">How to encrypt; <see langword="null"/> for not at all.</param>
    /// <param name="pool">Where the buffers come from; <see langword="null"/> for the shared pool.</param>
    public SocketTransport(Socket socket, SslServerAuthenticationOptions? tls, ArrayPool<byte>? pool = null)
    {
        _socket = socket;
        _tls = tls;
        _stream = new NetworkStream(socket, ownsSocket: false);
        if (tls is not null)
        {
            _stream = new SslStream(_stream);
            _readingTls = new CancellationTokenSource();
        }

        // Only after the stream was made, which asks for a socket that blocks: a send that cannot go on must not wait for the peer.
        socket.Blocking = false;
        pool ??= ArrayPool<byte>.Shared;
        _input = new(_stream, pool, _readingTls?.Token ?? CancellationToken.None);
        _output = new(_stream, pool, plain: tls is null ? socket : null);
    }

    /// <summary>The scheme of addresses that lead here.</summary>
    public string Scheme => _tls is null ? "http" : "https";

    public PipeReader Input => _input;

    public PipeWriter Output => _output;

    /// <summary>Whether nothing more may be sent, since the output is completed.</summary>
    public bool IsOutputCompleted => _output.IsCompleted;

    /// <summary>Whether a flush was given up on the way, so that nobody knows what of it was sent, and nothing can follow.</summary>
    public bool IsCutOff => _output.UnflushedBytes > 0;

    /// <summary>Where the client comes from; <see langword="null"/> for a Unix domain socket, or a client that is gone already.</summary>
    public IPAddress? RemoteAddress
    {
        get
        {
            try
            {
                return (_socket.RemoteEndPoint as IPEndPoint)?.Address;
            }
            catch (SocketException)
            {
                return null;
            }
        }
    }

    /// <summary>Prepares the socket, and does the TLS handshake where there is one.</summary>
    public Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_socket.ProtocolType == ProtocolType.Tcp)
        {
            // Signals are small and urgent, and each flush is a whole burst already.
            _socket.NoDelay = true;
        }

        return _tls is null ? Task.CompletedTask : ((SslStream)_stream).AuthenticateAsServerAsync(_tls, cancellationToken);
    }

    /// <summary>
    /// Lets the reader see the end of the input, without the peer having ended, so that whoever serves this connection comes to an end and
    /// leaves the output fit for last words. Safe to call from anywhere.
    /// </summary>
    public void EndInput()
    {
        _output.FinishFlushes();
        _input.End();
    }

    /// <summary>
    /// Says the last words and closes so that they arrive (RFC 9112 section 9.6): ends our direction and throws away what still comes until
    /// the peer ends its own. Closing a socket on unread bytes resets the connection, and the reset may overtake what was sent last.
    /// </summary>
    /// <param name="lastWords">What is still to be sent, behind all that was flushed.</param>
    /// <param name="cancellationToken">Gives up and resets the connection.</param>
    public async Task CloseAsync(ReadOnlyMemory<byte> lastWords, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration =
            cancellationToken.UnsafeRegister(static transport => ((SocketTransport)transport!).Abort(), this);
        if (!_output.IsCompleted)
        {
            // Not by the pipe: somebody may have cancelled its next flush, and TLS does not survive a cancelled write.
            await _stream.WriteAsync(lastWords, CancellationToken.None).ConfigureAwait(false);
            await _output.CompleteAsync().ConfigureAwait(false);
        }

        if (_stream is SslStream { IsAuthenticated: true } tls)
        {
            await tls.ShutdownAsync().ConfigureAwait(false);
            _socket.Shutdown(SocketShutdown.Send);
        }

        if (_readingTls is not null)
        {
            // A read that was given up would go on, and take what is read here.
            await _readingTls.CancelAsync().ConfigureAwait(false);
        }

        byte[] thrownAway = ArrayPool<byte>.Shared.Rent(ThrownAwayAtOnce);
        try
        {
            while (await _socket.ReceiveAsync(thrownAway, CancellationToken.None).ConfigureAwait(false) > 0)
            {
                // Whoever goes on sending must not keep the thread that others are read on.
                await Task.Yield();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(thrownAway);
        }

        _socket.Dispose();
    }

    /// <summary>
    /// Resets the connection, whatever may be unsent; every operation on it fails from now on. Safe to call from anywhere.
    /// </summary>
    public void Abort() => _socket.Close(timeout: 0);

    public void Dispose()
    {
        Abort();
        _input.Complete();
        _output.Drop();
        _stream.Dispose();
        _readingTls?.Dispose();
    }
}
