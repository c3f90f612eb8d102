using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

namespace WebRtcSignaling.Compatibility.Tests.PeerJs.Http;

/// <summary>The calls beside the WebSocket, the paths, and pages of other origins.</summary>
internal sealed class CallTests
{
    private const string Friend = "https://friend.example";
    private const string Stranger = "https://stranger.example";

    [Test]
    public async Task An_id_is_a_fresh_UUID_as_plain_text()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using HttpClient http = app.CreateHttpClient();
        using HttpResponseMessage first = await http.GetAsync("/peerjs/id?ts=17&version=1.5.5");
        string id = await first.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(first.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/plain"));
            Assert.That(first.Headers.CacheControl?.NoStore, Is.True);
            Assert.That(id, Does.Match("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
        });
        Assert.That(await http.GetStringAsync("/peerjs/id"), Is.Not.EqualTo(id));
    }

    [Test]
    public async Task Nobody_is_told_who_is_connected_unless_that_is_allowed()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient ann = await app.ConnectAsync("ann");
        using HttpClient http = app.CreateHttpClient();
        using HttpResponseMessage response = await http.GetAsync("/peerjs/peers");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain("ann"));
    }

    [Test]
    public async Task Where_it_is_allowed_the_ids_of_the_key_are_told()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(static options =>
        {
            options.AllowDiscovery = true;
            options.Keys.Add("one");
            options.Keys.Add("two");
        });
        using SocketClient ann = await app.ConnectAsync("ann%22%C3%A9", key: "one"), ben = await app.ConnectAsync("ben", key: "two");
        using HttpClient http = app.CreateHttpClient();
        using HttpResponseMessage response = await http.GetAsync("/one/peers");
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"));
        string[]? ids = System.Text.Json.JsonSerializer.Deserialize<string[]>(await response.Content.ReadAsStringAsync());
        Assert.That(ids, Is.EqualTo(new[] { "ann\"é" }));
    }

    [TestCase("/other/id")]
    [TestCase("/other/peers")]
    [TestCase("/peerjs/else")]
    [TestCase("/peerjs/id/more")]
    [TestCase("/default/id")]
    public async Task Nothing_else_below_the_path_is_taken(string path)
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(map: static app =>
        {
            app.MapPeerJs();
            app.MapFallback(static context => context.Response.WriteAsync("the app's own"));
        });
        using HttpClient http = app.CreateHttpClient();
        Assert.That(await http.GetStringAsync(path), Is.EqualTo("the app's own"));
    }

    [Test]
    public async Task Another_path_works_as_well()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(map: static app => app.MapPeerJs("/my/app"));
        using HttpClient http = app.CreateHttpClient();
        Assert.That(Guid.TryParse(await http.GetStringAsync("/my/app/peerjs/id"), out _), Is.True);
        using SocketClient ann = await app.OpenAsync("?key=peerjs&id=ann&token=t", path: "/my/app/peerjs");
        Assert.That(await ann.ReceiveAsync(), Is.EqualTo("""{"type":"OPEN"}"""));
    }

    [TestCase("POST", "/peerjs/id")]
    [TestCase("DELETE", "/peerjs/peers")]
    [TestCase("POST", "/peerjs")]
    public async Task Another_method_is_refused(string method, string path)
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using HttpResponseMessage response = await SendAsync(app, method, path, null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [Test]
    public async Task A_browser_that_looks_at_the_WebSocket_is_told_what_it_is()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using HttpResponseMessage response = await SendAsync(app, "GET", "/peerjs?key=peerjs&id=ann&token=secret", null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UpgradeRequired));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain("secret"));
    }

    [TestCase("/peerjs/id")]
    [TestCase("/peerjs/peers")]
    public async Task An_allowed_origin_may_read(string path)
    {
        await using PeerJsApp app = await WithFriendAsync();
        using HttpResponseMessage response = await SendAsync(app, "GET", path, Friend);
        Assert.That(Field(response, "Access-Control-Allow-Origin"), Is.EqualTo(Friend));
        Assert.That(Field(response, "Vary"), Is.EqualTo("Origin"));
    }

    [TestCase("GET", "/peerjs/id")]
    [TestCase("OPTIONS", "/peerjs/id")]
    [TestCase("GET", "/peerjs/peers")]
    [TestCase("GET", "/peerjs")]
    public async Task A_stranger_is_refused_and_reads_nothing(string method, string path)
    {
        await using PeerJsApp app = await WithFriendAsync();
        using HttpResponseMessage response = await SendAsync(app, method, path, Stranger);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(response.Headers.Select(static field => field.Key), Has.None.StartsWith("Access-Control"));
    }

    [Test]
    public async Task A_preflight_of_a_friend_is_answered()
    {
        await using PeerJsApp app = await WithFriendAsync();
        using HttpResponseMessage response = await SendAsync(app, "OPTIONS", "/peerjs/id", Friend);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Field(response, "Access-Control-Allow-Methods"), Is.EqualTo("GET"));
    }

    [Test]
    public async Task A_stranger_gets_no_WebSocket_and_a_friend_does()
    {
        await using PeerJsApp app = await WithFriendAsync();
        const string Query = "?key=peerjs&id=ann&token=t";
        Assert.ThrowsAsync<InvalidOperationException>(() => app.OpenAsync(Query, static request => request.Headers.Origin = Stranger));
        using SocketClient friend = await app.OpenAsync(Query, static request => request.Headers.Origin = Friend);
        Assert.That(await friend.ReceiveAsync(), Is.EqualTo("""{"type":"OPEN"}"""));
    }

    private static Task<PeerJsApp> WithFriendAsync() => PeerJsApp.StartAsync(configureHost: static options => options.AllowedOrigins.Add(Friend));

    private static async Task<HttpResponseMessage> SendAsync(PeerJsApp app, string method, string path, string? origin)
    {
        using HttpClient http = app.CreateHttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        return await http.SendAsync(request);
    }

    private static string? Field(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(" | ", values) : null;
}
