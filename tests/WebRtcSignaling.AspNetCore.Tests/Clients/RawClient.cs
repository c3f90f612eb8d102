using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.AspNetCore.Tests.Clients;

/// <summary>A client that says over TCP whatever it is told to.</summary>
internal sealed class RawClient : IDisposable
{
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    private RawClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public Socket Socket => _socket;

    /// <param name="address">Where to.</param>
    /// <param name="receiveBufferBytes">How much the system may take from the server while nobody reads; <see langword="null"/> for its own choice.</param>
    public static async Task<RawClient> ConnectAsync(IPEndPoint address, int? receiveBufferBytes = null)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBufferBytes is { } bytes)
        {
            socket.ReceiveBufferSize = bytes;
        }

        await socket.ConnectAsync(address).WaitAsync(TestApp.Bound);
        return new RawClient(socket);
    }

    /// <summary>A handshake as a well-behaved client sends it, with these lines added or, where they have no value, left out.</summary>
    public static string Handshake(IPEndPoint address, string target = "/signaling", params (string Name, string? Value)[] changes)
    {
        var fields = new List<(string Name, string? Value)>
        {
            ("Host", address.ToString()),
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", Key),
        };
        foreach ((string name, string? value) in changes)
        {
            fields.RemoveAll(field => field.Name == name);
            fields.Add((name, value));
        }

        IEnumerable<string> lines = fields.Where(field => field.Value is not null).Select(field => $"{field.Name}: {field.Value}\r\n");
        return $"GET {target} HTTP/1.1\r\n{string.Concat(lines)}\r\n";
    }

    /// <summary>Connects and shakes hands.</summary>
    public static async Task<RawClient> OpenAsync(IPEndPoint address, int? receiveBufferBytes = null)
    {
        RawClient client = await ConnectAsync(address, receiveBufferBytes);
        await client.SendAsync(Handshake(address));
        RawResponse response = await client.ReadHeadAsync();
        Assert.That(response.Status, Is.EqualTo(101));
        return client;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte[] bytes) => _stream.WriteAsync(bytes).AsTask().WaitAsync(TestApp.Bound);

    public Task SendTextAsync(string json) => SendAsync(ClientFrames.Text(json));

    /// <summary>Reads a response up to the empty line.</summary>
    public async Task<RawResponse> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            byte[] one = await ReadAsync(1);
            head.Append((char)one[0]);
        }

        return RawResponse.Parse(head.ToString());
    }

    /// <summary>Reads a whole response.</summary>
    public async Task<RawResponse> ReadResponseAsync()
    {
        RawResponse response = await ReadHeadAsync();
        int length = int.Parse(response["Content-Length"] ?? "0", CultureInfo.InvariantCulture);
        return response with { Body = Encoding.UTF8.GetString(await ReadAsync(length)) };
    }

    /// <summary>Reads one frame; it may be of up to 65,535 bytes.</summary>
    public async Task<(int Opcode, byte[] Payload)> ReadFrameAsync()
    {
        byte[] start = await ReadAsync(2);
        int length = start[1] < 126 ? start[1] : await ReadAsync(2) is var extended ? (extended[0] << 8) | extended[1] : 0;
        return (start[0] & 0x0F, await ReadAsync(length));
    }

    public async Task<byte[]> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(TestApp.Bound);
        return bytes;
    }

    /// <summary>Reads until the server ends or resets the connection.</summary>
    public async Task ReadToEndAsync()
    {
        byte[] thrownAway = new byte[64 * 1024];
        try
        {
            while (await _stream.ReadAsync(thrownAway).AsTask().WaitAsync(TestApp.Bound) > 0)
            {
            }
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Ends with a reset, as when a cable is cut or a process dies.</summary>
    public void Reset() => _socket.Close(timeout: 0);

    public void Dispose() => _stream.Dispose();
}
