using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.Samples.Tests;

/// <summary>
/// The ready server reads for all its clients on one thread for each core. With one core, one client that sends as fast as it is read must not have that thread
/// for itself.
/// </summary>
internal sealed class ReadyServerFloodTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private SignalingServerProcess _server = null!;

    [OneTimeSetUp]
    public async Task StartServerAsync() =>
        _server = await SignalingServerProcess.StartAsync(new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = "1" });

    [OneTimeTearDown]
    public async Task EndServerAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Others_are_answered_while_a_client_sends_fragments_without_end_which_closes_it()
    {
        using var socket = await ConnectAsync(
            $"GET /signaling HTTP/1.1\r\nHost: {_server.Address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        var answer = new byte[4096];
        Assert.That(Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer)), Does.StartWith("HTTP/1.1 101"));

        // A text that begins, and continues with nothing.
        await socket.SendAsync((byte[])[0x01, 0x80, 0, 0, 0, 0]);
        await AreAnsweredWhileAsync(socket, [.. Enumerable.Repeat((byte[])[0x00, 0x80, 0, 0, 0, 0], 20_000).SelectMany(frame => frame)], lasts: false);
    }

    [Test]
    public async Task Others_are_answered_while_a_client_sends_requests_without_end()
    {
        var request = $"GET /nothing HTTP/1.1\r\nHost: {_server.Address.Authority}\r\n\r\n";
        using var socket = await ConnectAsync(request);
        var draining = DrainAsync(socket);
        await AreAnsweredWhileAsync(socket, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(request, 500))), lasts: true);
        socket.Close();
        await draining.WaitAsync(Bound);
    }

    private async Task<Socket> ConnectAsync(string first)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _server.Address.Port));
        await socket.SendAsync(Encoding.ASCII.GetBytes(first));
        return socket;
    }

    private async Task AreAnsweredWhileAsync(Socket flooding, byte[] chunk, bool lasts)
    {
        using var ann = new ClientWebSocket();
        await ann.ConnectAsync(new Uri($"ws://{_server.Address.Authority}/signaling"), CancellationToken.None).WaitAsync(Bound);
        var answer = new byte[4096];
        await ann.ReceiveAsync(answer, CancellationToken.None).WaitAsync(Bound);
        using var stop = new CancellationTokenSource();
        var flood = FloodAsync(flooding, chunk, stop.Token);
        for (var i = 0; i < 100; i++)
        {
            await ann.SendAsync("""{"type":"ping"}"""u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            var received = await ann.ReceiveAsync(answer, CancellationToken.None).WaitAsync(Bound);
            Assert.That(Encoding.UTF8.GetString(answer, 0, received.Count), Does.Contain("pong"));
        }

        if (lasts)
        {
            Assert.That(flood.IsCompleted, Is.False, "the flood went on all the time");
            await stop.CancelAsync();
        }

        Assert.That(await flood.WaitAsync(Bound), Is.GreaterThan(chunk.Length));
    }

    private static async Task<long> FloodAsync(Socket socket, byte[] chunk, CancellationToken stop)
    {
        await Task.Yield();
        for (long sent = 0; ; sent += chunk.Length)
        {
            try
            {
                await socket.SendAsync(chunk, stop);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                return sent;
            }
        }
    }

    private static async Task DrainAsync(Socket socket)
    {
        var thrownAway = new byte[65_536];
        try
        {
            while (await socket.ReceiveAsync(thrownAway) > 0)
            {
            }
        }
        catch (SocketException)
        {
        }
        catch (ObjectDisposedException)
        {
        }
    }
}
