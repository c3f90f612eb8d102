using System.Net;
using System.Net.Sockets;
using System.Text;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Tests.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Storms;

/// <summary>A client of which there may be thousands: a socket, and a buffer only if it reads. It takes nothing from a pool that the server uses.</summary>
internal sealed class StormClient : IDisposable
{
    private const int BufferBytes = 8_192;
    private const int SmallWindowBytes = 4_096;
    private const string Welcome = "{\"type\":\"welcome\",\"clientId\":\"";

    public static readonly byte[] Handshake = Encoding.ASCII.GetBytes(RawClient.Handshake);

    private readonly Socket _socket;
    private byte[] _input = [];
    private int _begin;
    private int _end;

    private StormClient(Socket socket) => _socket = socket;

    /// <summary>Connects, and says nothing yet.</summary>
    /// <param name="server">Where.</param>
    /// <param name="hasSmallWindow">Whether the system keeps little for it, so that a server soon notices that it does not read.</param>
    public static async Task<StormClient> ConnectAsync(EndPoint server, bool hasSmallWindow = false)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (hasSmallWindow)
        {
            socket.ReceiveBufferSize = SmallWindowBytes;
        }

        await socket.ConnectAsync(server).Soon();
        return new(socket);
    }

    /// <summary>Connects and reads its welcome.</summary>
    /// <returns>The client and its id.</returns>
    public static async Task<(StormClient Client, string Id)> EnterAsync(EndPoint server)
    {
        StormClient client = await ConnectAsync(server);
        await client.SendAsync(Handshake);
        await client.ReadHeadAsync();
        string welcome = await client.ReadTextAsync(Welcome);
        return (client, welcome[Welcome.Length..welcome.IndexOf('"', Welcome.Length)]);
    }

    /// <exception cref="IOException">The server has ended the connection.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _socket.SendAsync(bytes).AsTask().Soon();
        }
        catch (SocketException problem)
        {
            throw new IOException("The server has reset the connection.", problem);
        }
    }

    public Task SendAsync(string json) => SendAsync(ClientFrames.Text(json));

    /// <summary>Takes the answer to the handshake.</summary>
    public async Task ReadHeadAsync()
    {
        int at;
        do
        {
            await ReceiveAsync();
            at = _input.AsSpan(_begin, _end - _begin).IndexOf("\r\n\r\n"u8);
        }
        while (at < 0);

        _begin += at + 4;
    }

    /// <summary>The next text message that begins so; pings are answered, and other messages forgotten.</summary>
    public async Task<string> ReadTextAsync(string beginning)
    {
        while (true)
        {
            (int opcode, byte[] payload) = await ReadFrameAsync();
            if (opcode == RawFrame.Ping)
            {
                await SendAsync(ClientFrames.Pong(payload));
            }
            else if (opcode == RawFrame.Close)
            {
                throw new IOException($"The server closed with {(payload[0] << 8) + payload[1]}.");
            }
            else if (Encoding.UTF8.GetString(payload) is var text && text.StartsWith(beginning, StringComparison.Ordinal))
            {
                return text;
            }
        }
    }

    public void Reset() => _socket.Close(timeout: 0);

    public void Dispose() => _socket.Dispose();

    private async Task<(int Opcode, byte[] Payload)> ReadFrameAsync()
    {
        await HaveAsync(2);
        int header = _input[_begin + 1] == 126 ? 4 : 2;
        await HaveAsync(header);
        int length = header == 4 ? (_input[_begin + 2] << 8) + _input[_begin + 3] : _input[_begin + 1];
        await HaveAsync(header + length);
        int opcode = _input[_begin] & 0x0F;
        byte[] payload = _input[(_begin + header)..(_begin + header + length)];
        _begin += header + length;
        return (opcode, payload);
    }

    private async Task HaveAsync(int count)
    {
        while (_end - _begin < count)
        {
            await ReceiveAsync();
        }
    }

    private async Task ReceiveAsync()
    {
        if (_end == _input.Length)
        {
            byte[] next = new byte[Math.Max(BufferBytes, 2 * (_end - _begin))];
            _input.AsSpan(_begin, _end - _begin).CopyTo(next);
            (_input, _begin, _end) = (next, 0, _end - _begin);
        }

        try
        {
            int read = await _socket.ReceiveAsync(_input.AsMemory(_end)).AsTask().Soon();
            _end += read > 0 ? read : throw new IOException("The server has ended the connection.");
        }
        catch (SocketException problem)
        {
            throw new IOException("The server has reset the connection.", problem);
        }
    }
}
