using System.Net;
using System.Net.WebSockets;
using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.Samples.Tests;

internal sealed class ReadyServerTests
{
    private readonly HttpClient _http = new();
    private SignalingServerProcess _server = null!;

    [OneTimeSetUp]
    public async Task StartServerAsync() => _server = await SignalingServerProcess.StartAsync();

    [OneTimeTearDown]
    public async Task EndServerAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
    }

    [Test]
    public async Task The_page_comes_with_a_content_policy_and_without_inline_scripts()
    {
        using var answer = await _http.GetAsync(_server.Address);
        var page = await answer.Content.ReadAsStringAsync();
        var policy = string.Join(';', answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"));
            Assert.That(policy, Does.Contain("default-src 'self'").And.Not.Contain("unsafe"));
            Assert.That(page, Does.Contain("<script type=\"module\" src=\"app.js\"></script>"));
            Assert.That(page, Does.Not.Match("(?i)<script(?![^>]*src=)|\\son\\w+=|javascript:|\\sstyle="));
        });
    }

    [TestCase("signaling.js", "text/javascript")]
    [TestCase("peers.js", "text/javascript")]
    [TestCase("style.css", "text/css")]
    [TestCase("icons.svg", "image/svg+xml")]
    public async Task What_the_page_needs_is_served(string file, string type)
    {
        using var answer = await _http.GetAsync(new Uri(_server.Address, file));
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo(type));
        });
    }

    [TestCase("package.json")]
    [TestCase("appsettings.json")]
    [TestCase("SignalingServer.dll")]
    public async Task What_lies_beside_the_pages_is_not_served(string file)
    {
        using var answer = await _http.GetAsync(new Uri(_server.Address, file));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task It_is_healthy() => Assert.That(await _http.GetStringAsync(new Uri(_server.Address, "health")), Is.EqualTo("Healthy"));

    [TestCase("box")]
    [TestCase("box.php")]
    [TestCase("box.php/")]
    public async Task A_long_session_description_fits_into_a_query_of_the_message_box(string path)
    {
        var description = new string('é', 20_000);
        await _http.GetStringAsync(new Uri(_server.Address, $"{path}?box=abc&msg={Uri.EscapeDataString(description)}"));
        var answer = System.Text.Json.Nodes.JsonNode.Parse(await _http.GetStringAsync(new Uri(_server.Address, $"{path}?box=abc")))!;
        Assert.That((string?)answer["data"]![0], Is.EqualTo(description));
    }

    [Test]
    public async Task Clients_of_PeerJS_find_their_calls_at_the_root() => Assert.That(
        Guid.TryParse(await _http.GetStringAsync(new Uri(_server.Address, "peerjs/id")), out _), Is.True);

    [Test]
    public async Task A_program_without_an_origin_and_a_page_of_its_own_may_connect_and_a_page_from_elsewhere_may_not()
    {
        var own = _server.Address.GetLeftPart(UriPartial.Authority);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await ConnectAsync(origin: null), Is.EqualTo(HttpStatusCode.SwitchingProtocols));
            Assert.That(await ConnectAsync(own), Is.EqualTo(HttpStatusCode.SwitchingProtocols));
            Assert.That(await ConnectAsync("https://elsewhere.example"), Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(await ConnectAsync("null"), Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    private async Task<HttpStatusCode> ConnectAsync(string? origin)
    {
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;
        if (origin is not null) client.Options.SetRequestHeader("Origin", origin);
        var address = new UriBuilder(_server.Address) { Scheme = "ws", Path = "/signaling" }.Uri;
        try
        {
            await client.ConnectAsync(address, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return client.HttpStatusCode;
    }
}
