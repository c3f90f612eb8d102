using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>A client that sends any bytes, and reads HTTP answers and frames in the plainest way.</summary>
internal sealed class RawClient : IDisposable
{
    public const string Handshake =
        "GET /signaling HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly PipeReader _input;

    private RawClient(Socket socket, Stream stream)
    {
        _socket = socket;
        _stream = stream;
        _input = PipeReader.Create(stream);
    }

    public static async Task<RawClient> ConnectAsync(EndPoint address, bool tls = false)
    {
        bool isUnix = address is UnixDomainSocketEndPoint;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        await socket.ConnectAsync(address).Soon();
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (!tls)
        {
            return new(socket, plain);
        }

        var encrypted = new SslStream(plain);
        await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => TestCertificate.Localhost.Equals(certificate),
        }).Soon();
        return new(socket, encrypted);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public Task SendAsync(byte[] bytes) => _stream.WriteAsync(bytes).AsTask().Soon();

    /// <summary>Asks for a WebSocket and reads the answer, which must grant it.</summary>
    public async Task<HttpAnswer> UpgradeAsync()
    {
        await SendAsync(Handshake);
        HttpAnswer answer = await ReadAnswerAsync();
        Assert.That(answer.Status, Is.EqualTo(101), answer.Body);
        return answer;
    }

    public async Task<HttpAnswer> ReadAnswerAsync(bool isHead = false)
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await ReadExactlyAsync(1))[0]);
        }

        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var fields = lines.Skip(1).Select(static line => line.Split(": ", 2))
            .ToDictionary(static parts => parts[0], static parts => parts[1], StringComparer.OrdinalIgnoreCase);
        int length = isHead ? 0 : int.Parse(fields.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
        Assert.That(lines[0], Does.Match("^HTTP/1.1 [1-5][0-9][0-9] [A-Z]"));
        return new(int.Parse(lines[0][9..12], CultureInfo.InvariantCulture), fields, Encoding.UTF8.GetString(await ReadExactlyAsync(length)));
    }

    /// <summary>Reads an unmasked, whole frame.</summary>
    public async Task<(int Opcode, byte[] Payload)> ReadFrameAsync()
    {
        byte[] header = await ReadExactlyAsync(2);
        Assert.That(header[0] & 0xF0, Is.EqualTo(0x80));
        int length = header[1];
        if (length == 126)
        {
            byte[] extended = await ReadExactlyAsync(2);
            length = (extended[0] << 8) + extended[1];
        }

        return (header[0] & 0x0F, await ReadExactlyAsync(length));
    }

    public async Task<string> ReadTextAsync()
    {
        (int opcode, byte[] payload) = await ReadFrameAsync();
        Assert.That(opcode, Is.EqualTo(RawFrame.Text));
        return Encoding.UTF8.GetString(payload);
    }

    /// <summary>Reads frames up to a Close, and gives its code.</summary>
    public async Task<int> ReadCloseAsync()
    {
        (int opcode, byte[] payload) = await ReadFrameAsync();
        while (opcode != RawFrame.Close)
        {
            (opcode, payload) = await ReadFrameAsync();
        }

        return (payload[0] << 8) + payload[1];
    }

    /// <summary>Reads to the end, and gives how many bytes came. A reset throws.</summary>
    public async Task<long> ReadEndAsync()
    {
        ReadResult result = await _input.ReadAtLeastAsync(int.MaxValue).AsTask().Soon();
        long length = result.Buffer.Length;
        _input.AdvanceTo(result.Buffer.End);
        return length;
    }

    /// <summary>Whether the server is through with this connection, by an end or by a reset; whatever came before is thrown away.</summary>
    public async Task<bool> IsOverSoonAsync()
    {
        try
        {
            await ReadEndAsync();
        }
        catch (IOException)
        {
        }

        return true;
    }

    /// <summary>Whether, as far as has come here, the server has neither said nor ended anything. Not for TLS, which sends tickets on its own.</summary>
    public bool IsQuiet => !_socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);

    /// <summary>Ends this direction only.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Resets the connection.</summary>
    public void Reset() => _socket.Close(0);

    public void Dispose() => _stream.Dispose();

    private async Task<byte[]> ReadExactlyAsync(int count)
    {
        if (count == 0)
        {
            return [];
        }

        ReadResult result = await _input.ReadAtLeastAsync(count).AsTask().Soon();
        if (result.Buffer.Length < count)
        {
            _input.AdvanceTo(result.Buffer.Start);
            throw new EndOfStreamException($"The connection ended {count - result.Buffer.Length} bytes too early.");
        }

        byte[] bytes = result.Buffer.Slice(0, count).ToArray();
        _input.AdvanceTo(result.Buffer.GetPosition(count));
        return bytes;
    }
}
