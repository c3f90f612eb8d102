using System.Security.Cryptography;
using System.Text;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>What a listener answers to requests, over real sockets.</summary>
public sealed class ListenerRequestTests
{
    [Test]
    public async Task A_good_request_becomes_a_connection_with_a_session([Values] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using RawClient client = await host.ConnectAsync();

        HttpAnswer answer = await client.UpgradeAsync();

        Assert.Multiple(() =>
        {
            Assert.That(answer.Fields["Sec-WebSocket-Accept"], Is.EqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
            Assert.That(answer.Fields, Does.Not.ContainKey("Sec-WebSocket-Protocol"));
            Assert.That(answer.Fields, Does.Not.ContainKey("Sec-WebSocket-Extensions"));
        });
        Assert.That(await client.ReadTextAsync(), Does.StartWith("{\"type\":\"welcome\""));
        Assert.That((host.Server.SessionCount, host.Listener.ConnectionCount, host.Listener.HandshakeCount), Is.EqualTo((1, 1, 0)));
    }

    [Test]
    public async Task What_comes_in_one_piece_with_the_request_is_not_lost([Values] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using RawClient client = await host.ConnectAsync();

        await client.SendAsync([.. Encoding.ASCII.GetBytes(RawClient.Handshake), .. ClientFrames.Text("{\"type\":\"ping\",\"id\":7}")]);

        Assert.That((await client.ReadAnswerAsync()).Status, Is.EqualTo(101));
        Assert.That(await client.ReadTextAsync(), Does.StartWith("{\"type\":\"welcome\""));
        Assert.That(await client.ReadTextAsync(), Is.EqualTo("{\"type\":\"pong\",\"id\":7}"));
    }

    [Test]
    public async Task A_request_that_comes_byte_by_byte_becomes_a_connection()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using RawClient client = await host.ConnectAsync();

        foreach (char character in RawClient.Handshake)
        {
            await client.SendAsync(character.ToString());
        }

        Assert.That((await client.ReadAnswerAsync()).Status, Is.EqualTo(101));
    }

    [Test]
    public async Task The_query_chooses_the_application()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using RawClient client = await host.ConnectAsync();

        await client.SendAsync(RawClient.Handshake.Replace("/signaling", "/signaling?application=green+tea", StringComparison.Ordinal));

        Assert.That((await client.ReadAnswerAsync()).Status, Is.EqualTo(101));
        Assert.That(await client.ReadTextAsync(), Does.Contain("\"application\":\"green tea\""));
        Assert.That(host.Server.FindApplication("green tea")?.Sessions, Has.Count.EqualTo(1));
    }

    [TestCase("webrtc-signaling.v1", "webrtc-signaling.v1")]
    [TestCase("chat, webrtc-signaling.v1", "webrtc-signaling.v1")]
    [TestCase("chat", null)]
    public async Task A_sub_protocol_is_agreed_on_if_it_is_spoken_here(string offered, string? agreed)
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using RawClient client = await host.ConnectAsync();

        await client.SendAsync(RawClient.Handshake[..^2] + $"Sec-WebSocket-Protocol: {offered}\r\n\r\n");

        Assert.That((await client.ReadAnswerAsync()).Fields.GetValueOrDefault("Sec-WebSocket-Protocol"), Is.EqualTo(agreed));
        Assert.That(await client.ReadTextAsync(), Does.StartWith("{\"type\":\"welcome\""));
    }

    [TestCase("GET /signaling HTTP/1.1\r\nHost: a\r\n\r\n", 426, TestName = "{m}(plain GET)")]
    [TestCase("GET /other HTTP/1.1\r\nHost: a\r\n\r\n", 404, TestName = "{m}(other path)")]
    [TestCase("GET /Signaling HTTP/1.1\r\nHost: a\r\n\r\n", 404, TestName = "{m}(other case)")]
    [TestCase("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 404, TestName = "{m}(root)")]
    [TestCase("POST /signaling HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 405, TestName = "{m}(POST)")]
    [TestCase("get /signaling HTTP/1.1\r\nHost: a\r\n\r\n", 405, TestName = "{m}(lower case)")]
    [TestCase("GET /signaling HTTP/1.0\r\nHost: a\r\n\r\n", 505, TestName = "{m}(HTTP 1.0)")]
    [TestCase("GET /signaling HTTP/1.1\r\n\r\n", 400, TestName = "{m}(no Host)")]
    [TestCase("GET /signaling HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400, TestName = "{m}(two Hosts)")]
    [TestCase("GET /signaling HTTP/1.1\nHost: a\n\n", 400, TestName = "{m}(bare LF)")]
    [TestCase("GET /signaling HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 400, TestName = "{m}(a body)")]
    [TestCase("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00FC\u0003\u0003", 400, TestName = "{m}(TLS to a plain endpoint)")]
    [TestCase("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, TestName = "{m}(HTTP 2)")]
    public async Task A_wrong_request_is_told_so_and_the_connection_closes(string request, int status)
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using RawClient client = await host.ConnectAsync();

        await client.SendAsync(request);

        await AssertRefusedAsync(client, status);
        await host.AssertNothingIsLeftAsync();
    }

    [TestCase("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", 426)]
    [TestCase("Connection: Upgrade", "Connection: close", 400)]
    [TestCase("Upgrade: websocket", "Upgrade: h2c", 426)]
    [TestCase("25jZQ==", "25jZQ", 400)]
    [TestCase("Host: localhost", "Host: localhost\r\nOrigin: https://evil.example", 403)]
    [TestCase("Host: localhost", "Host: localhost\r\nOrigin: null", 403)]
    [TestCase("Host: localhost", "Host: localhost\r\nOrigin: http://localhost\r\nOrigin: http://localhost", 400)]
    [TestCase("Host: localhost", "Host: localhost\r\nSec-WebSocket-Protocol: a, a", 400)]
    [TestCase("/signaling", "/signaling?application=a&application=b", 400)]
    public async Task A_handshake_with_something_wrong_is_refused(string right, string wrong, int status)
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using RawClient client = await host.ConnectAsync();

        await client.SendAsync(RawClient.Handshake.Replace(right, wrong, StringComparison.Ordinal));

        await AssertRefusedAsync(client, status);
    }

    [TestCase(Wire.Tcp, "http://localhost", true)]
    [TestCase(Wire.Tls, "https://localhost", true)]
    [TestCase(Wire.Unix, "http://localhost:80", true)]
    [TestCase(Wire.Tcp, "https://localhost", false)]
    [TestCase(Wire.Tls, "http://localhost", false)]
    [TestCase(Wire.Tcp, "https://a.example.org", true)]
    public async Task Pages_of_the_servers_own_origin_and_of_those_allowed_may_connect(Wire wire, string origin, bool isAllowed)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire, static options => options.AllowedOrigins.Add("https://*.example.org"));
        using RawClient client = await host.ConnectAsync();

        await client.SendAsync(RawClient.Handshake[..^2] + $"Origin: {origin}\r\n\r\n");

        Assert.That((await client.ReadAnswerAsync()).Status, Is.EqualTo(isAllowed ? 101 : 403));
    }

    [Test]
    public async Task The_answer_to_a_HEAD_has_no_body()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using RawClient client = await host.ConnectAsync();

        await client.SendAsync("HEAD /signaling HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.That((await client.ReadAnswerAsync(isHead: true)).Status, Is.EqualTo(405));
        client.EndSending();
        Assert.That(await client.ReadEndAsync(), Is.Zero);
    }

    [Test]
    public async Task The_answer_reaches_a_client_that_sends_on_and_on([Values] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using RawClient client = await host.ConnectAsync();

        await client.SendAsync("POST /signaling HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
        for (int i = 0; i < 100; i++)
        {
            await client.SendAsync(RandomNumberGenerator.GetBytes(10_000));
        }

        await AssertRefusedAsync(client, 405);
        await host.AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task A_head_over_the_bound_is_refused()
    {
        await using ListenerHost host = await ListenerHost.StartAsync(configure: static options => (options.MaxRequestHeadBytes, options.MaxRequestFields) = (1000, 5));
        string[] heads =
        [
            $"GET /{new string('a', 1000)}", $"GET / HTTP/1.1\r\nX: {new string('a', 1000)}",
            $"GET / HTTP/1.1\r\n{string.Concat(Enumerable.Repeat("X: y\r\n", 6))}",
        ];
        foreach ((string head, int status) in heads.Zip([414, 431, 431]))
        {
            using RawClient client = await host.ConnectAsync();
            await client.SendAsync(head);
            await AssertRefusedAsync(client, status);
        }
    }

    [Test]
    public async Task A_broken_frame_after_the_handshake_is_answered_by_a_close_code([Values] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using RawClient client = await host.JoinAsync();

        await client.SendAsync([0x81, 0x01, 0x41]);

        Assert.That(await client.ReadCloseAsync(), Is.EqualTo(1002));
        client.Dispose();
        await host.AssertNothingIsLeftAsync();
    }

    private static async Task AssertRefusedAsync(RawClient client, int status)
    {
        HttpAnswer answer = await client.ReadAnswerAsync();
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(status));
            Assert.That(answer.Fields["Connection"], Does.EndWith("close"));
            Assert.That(answer.Fields["Content-Type"], Is.EqualTo(HandshakeRefusal.ContentType));
            Assert.That(answer.Body, Does.EndWith(".\n"));
        });
        client.EndSending();
        Assert.That(await client.ReadEndAsync(), Is.Zero, "something followed the answer");
    }
}
