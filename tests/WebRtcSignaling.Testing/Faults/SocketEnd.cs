using System.Net.Sockets;

namespace WebRtcSignaling.Testing.Faults;

/// <summary>An end over TCP.</summary>
internal sealed class SocketEnd : LinkEnd
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    public SocketEnd(Socket socket)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public override Stream Input => _stream;

    public override Stream Output => _stream;

    public override void EndOutput()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // That side has reset the connection already.
        }
    }

    /// <summary>Not by the stream, which ends the connection in order before it closes.</summary>
    public override void Reset() => _socket.Close(timeout: 0);

    public override async Task CloseAsync(CancellationToken cancellationToken)
    {
        EndOutput();
        byte[] rest = new byte[4_096];
        try
        {
            while (await _stream.ReadAsync(rest, cancellationToken) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // That side, or whoever ends the link, is faster.
        }

        await _stream.DisposeAsync();
    }
}
