using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;

namespace WebRtcSignaling.AspNetCore.Tests.Handshake;

/// <summary>What Kestrel and we answer to requests that do not become a connection.</summary>
[TestFixture]
public sealed class RefusedHandshakeTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        Assert.That(_app.Endpoint.ConnectionCount, Is.Zero);
        await _app.DisposeAsync();
    }

    [Test]
    public async Task A_plain_get_is_told_what_this_is()
    {
        RawResponse response = await SendAsync("GET /signaling HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Multiple(() =>
        {
            Assert.That(response.Status, Is.EqualTo(426));
            Assert.That(response["Upgrade"], Is.EqualTo("websocket"));
            Assert.That(response["Connection"], Is.EqualTo("Upgrade"));
            Assert.That(response["Content-Type"], Is.EqualTo("text/plain; charset=utf-8"));
            Assert.That(response.Body, Does.Contain("WebSocket endpoint").And.Contain("new WebSocket"));
        });
    }

    [Test]
    public async Task Another_version_is_told_which_one_is_spoken()
    {
        RawResponse response = await SendAsync(Handshake(("Sec-WebSocket-Version", "8")));
        Assert.Multiple(() =>
        {
            Assert.That(response.Status, Is.EqualTo(426));
            Assert.That(response["Sec-WebSocket-Version"], Is.EqualTo("13"));
        });
    }

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    [TestCase("OPTIONS")]
    [TestCase("get")]
    [TestCase("BREW")]
    public async Task Another_method_is_not_allowed(string method)
    {
        RawResponse response = await SendAsync($"{method} /signaling HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
        Assert.Multiple(() =>
        {
            Assert.That(response.Status, Is.EqualTo(405));
            Assert.That(response["Allow"], Is.EqualTo("GET"));
        });
    }

    [Test]
    public async Task A_head_gets_the_answer_without_its_body()
    {
        RawResponse response = await SendAsync("HEAD /signaling HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", hasBody: false);
        Assert.That(response.Status, Is.EqualTo(405));
    }

    [TestCase("Sec-WebSocket-Key", null)]
    [TestCase("Sec-WebSocket-Key", "")]
    [TestCase("Sec-WebSocket-Key", "tooshort")]
    [TestCase("Sec-WebSocket-Key", "!!!!!!!!!!!!!!!!!!!!!!==")]
    [TestCase("Sec-WebSocket-Key", RawClient.Key + "\r\nSec-WebSocket-Key: " + RawClient.Key)]
    [TestCase("Sec-WebSocket-Protocol", "a,a")]
    [TestCase("Sec-WebSocket-Protocol", "a b")]
    [TestCase("Sec-WebSocket-Protocol", "")]
    [TestCase("Content-Length", "5\r\n\r\nhello")]
    [TestCase("Transfer-Encoding", "chunked")]
    [TestCase("Origin", "http://a.example\r\nOrigin: http://b.example")]
    [TestCase("Host", "")]
    [TestCase("Host", "a\r\nHost: b")]
    [TestCase("Host", null)]
    public async Task A_bad_handshake_is_a_bad_request(string field, string? value) =>
        Assert.That((await SendAsync(Handshake((field, value)))).Status, Is.EqualTo(400));

    [TestCase("Upgrade", null, ExpectedResult = 426)]
    [TestCase("Upgrade", "h2c", ExpectedResult = 426)]
    [TestCase("Connection", null, ExpectedResult = 400)]
    [TestCase("Connection", "keep-alive", ExpectedResult = 400)]
    [TestCase("Sec-WebSocket-Version", null, ExpectedResult = 426)]
    [TestCase("Sec-WebSocket-Version", "13, 13", ExpectedResult = 426)]
    public async Task<int> A_request_for_something_else_is_refused(string field, string? value) =>
        (await SendAsync(Handshake((field, value)))).Status;

    [Test]
    public async Task An_older_http_has_no_upgrade()
    {
        RawResponse response = await SendAsync(Handshake().Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal));
        Assert.That(response.Status, Is.EqualTo(505));
    }

    [TestCase("/signaling?application=nobody", ExpectedResult = 404)]
    [TestCase("/signaling?application=", ExpectedResult = 404)]
    [TestCase("/signaling?application=default&application=default", ExpectedResult = 400)]
    [TestCase("/elsewhere", ExpectedResult = 404)]
    public async Task<int> A_place_that_is_not_there_is_not_found(string target) =>
        (await SendAsync(RawClient.Handshake(_app.Address, target))).Status;

    [TestCase("Upgrade", "WebSocket")]
    [TestCase("Upgrade", "h2c, websocket")]
    [TestCase("Connection", "keep-alive, upgrade")]
    [TestCase("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")]
    [TestCase("Sec-WebSocket-Protocol", "chat, superchat")]
    public async Task What_the_rfc_allows_is_accepted(string field, string value)
    {
        using RawClient client = await RawClient.ConnectAsync(_app.Address);
        await client.SendAsync(Handshake((field, value)));
        RawResponse response = await client.ReadHeadAsync();
        Assert.Multiple(() =>
        {
            Assert.That(response.Status, Is.EqualTo(101));
            Assert.That(response["Upgrade"], Is.EqualTo("websocket"));
            Assert.That(response["Connection"], Is.EqualTo("Upgrade"));
            Assert.That(response["Sec-WebSocket-Accept"], Is.EqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "The example of RFC 6455 section 1.3.");
            Assert.That(response["Sec-WebSocket-Extensions"], Is.Null);
            Assert.That(response["Sec-WebSocket-Protocol"], Is.Null);
        });
        client.Dispose();
        await _app.Connections.WhenNone().WaitAsync(TestApp.Bound);
    }

    [Test]
    public async Task Frames_that_come_with_the_handshake_are_not_lost()
    {
        using RawClient client = await RawClient.ConnectAsync(_app.Address);
        byte[] head = System.Text.Encoding.ASCII.GetBytes(Handshake());
        await client.SendAsync([.. head, .. Testing.ClientFrames.Text("""{"type":"ping","id":1}"""), .. Testing.ClientFrames.Close(1000)]);
        await client.ReadHeadAsync();
        (int _, byte[] welcome) = await client.ReadFrameAsync();
        (int _, byte[] pong) = await client.ReadFrameAsync();
        (int opcode, byte[] close) = await client.ReadFrameAsync();
        Assert.Multiple(() =>
        {
            Assert.That(System.Text.Encoding.UTF8.GetString(welcome), Does.StartWith("""{"type":"welcome","""));
            Assert.That(System.Text.Encoding.UTF8.GetString(pong), Is.EqualTo("""{"type":"pong","id":1}"""));
            Assert.That(opcode, Is.EqualTo(8));
            Assert.That(close, Is.EqualTo(new byte[] { 3, 232 }));
        });
        await client.ReadToEndAsync();
        await _app.Connections.WhenNone().WaitAsync(TestApp.Bound);
    }

    private string Handshake(params (string Name, string? Value)[] changes) => RawClient.Handshake(_app.Address, changes: changes);

    private async Task<RawResponse> SendAsync(string request, bool hasBody = true)
    {
        using RawClient client = await RawClient.ConnectAsync(_app.Address);
        await client.SendAsync(request);
        return hasBody ? await client.ReadResponseAsync() : await client.ReadHeadAsync();
    }
}
