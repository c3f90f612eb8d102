using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Http;

/// <summary>Pages of other origins.</summary>
internal sealed class CrossOriginTests
{
    private const string Friend = "https://friend.example";
    private const string Stranger = "https://stranger.example";

    [Test]
    public async Task An_allowed_origin_may_read_with_credentials_as_version_3_always_asks([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await StartAsync();
        using HttpResponseMessage response = await SendAsync(app, HttpMethod.Get, $"?EIO={version}&transport=polling", Friend);
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(Header(response, "Access-Control-Allow-Origin"), Is.EqualTo(Friend));
            Assert.That(Header(response, "Access-Control-Allow-Credentials"), Is.EqualTo("true"));
            Assert.That(Header(response, "Vary"), Is.EqualTo("Origin"));
        });
    }

    [Test]
    public async Task An_allowed_origin_may_read_why_it_is_refused()
    {
        await using CompatibilityApp app = await StartAsync();
        using HttpResponseMessage response = await SendAsync(app, HttpMethod.Get, "?EIO=3&transport=polling&sid=unknown", Friend);
        Assert.That(await Refusal.ReadAsync(response), Is.EqualTo("400 1"));
        Assert.That(Header(response, "Access-Control-Allow-Origin"), Is.EqualTo(Friend));
    }

    [TestCase("/guarded/?EIO=3&transport=polling")]
    [TestCase("/peers/peerjs/id")]
    [TestCase("/peers/peerjs/peers")]
    [TestCase("/guarded-box?id=1")]
    public async Task A_browser_may_ask_first_without_being_signed_in_and_nobody_is_sent_to_a_page_to_sign_in_at(string pathAndQuery)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(
            configureHost: static options => options.AllowedOrigins.Add(Friend),
            map: static app =>
            {
                app.MapSocketIO("/guarded").RequireAuthorization();
                app.MapPeerJs("/peers").RequireAuthorization();
                app.MapMessageBox("/guarded-box").RequireAuthorization();
            },
            configureServices: static services =>
            {
                services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
                services.AddAuthorization();
            });
        using HttpClient client = app.CreateHttpClient();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, pathAndQuery);
        preflight.Headers.Add("Origin", Friend);
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization");
        using HttpResponseMessage asked = await client.SendAsync(preflight);
        using HttpResponseMessage refused = await client.GetAsync(pathAndQuery);
        Assert.Multiple(() =>
        {
            Assert.That(asked.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(Header(asked, "Access-Control-Allow-Origin"), Is.EqualTo(Friend));
            Assert.That(Header(asked, "Access-Control-Allow-Headers"), Is.EqualTo("authorization"));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    [TestCase("GET")]
    [TestCase("POST")]
    [TestCase("OPTIONS")]
    public async Task A_stranger_is_refused_and_may_read_nothing(string method)
    {
        await using CompatibilityApp app = await StartAsync();
        using PollingClient client = await app.OpenPollingAsync(4);
        using HttpResponseMessage response = await SendAsync(
            app, new HttpMethod(method), $"?EIO=4&transport=polling&sid={client.Sid}", Stranger);
        Assert.That(await Refusal.ReadAsync(response), Is.EqualTo("403 4"));
        Assert.That(response.Headers.Select(static header => header.Key), Has.None.StartsWith("Access-Control"));
        Assert.That(await client.PostAsync("40"), Is.EqualTo("ok"), "the session is not harmed");
    }

    [Test]
    public async Task A_stranger_gets_no_WebSocket_and_a_friend_does()
    {
        await using CompatibilityApp app = await StartAsync();
        Assert.ThrowsAsync<InvalidOperationException>(() => app.OpenSocketAsync(
            "/socket.io/?EIO=4&transport=websocket", static request => request.Headers.Origin = Stranger));
        using SocketClient friend = await app.OpenSocketAsync(
            "/socket.io/?EIO=4&transport=websocket", static request => request.Headers.Origin = Friend);
        Assert.That(await friend.ReceiveAsync(), Does.StartWith("0{"));
    }

    [Test]
    public async Task The_own_origin_is_allowed_and_so_is_who_has_none()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using HttpResponseMessage own = await SendAsync(app, HttpMethod.Get, "?EIO=4&transport=polling", "http://localhost");
        using HttpResponseMessage none = await SendAsync(app, HttpMethod.Get, "?EIO=4&transport=polling", null);
        Assert.Multiple(() =>
        {
            Assert.That(own.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(none.Headers.Select(static header => header.Key), Has.None.StartsWith("Access-Control"));
        });
    }

    [Test]
    public async Task A_preflight_allows_what_clients_send()
    {
        await using CompatibilityApp app = await StartAsync();
        using HttpResponseMessage response = await SendAsync(
            app,
            HttpMethod.Options,
            "?EIO=3&transport=polling&sid=any",
            Friend,
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "content-type, x-token"));
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(Header(response, "Access-Control-Allow-Origin"), Is.EqualTo(Friend));
            Assert.That(Header(response, "Access-Control-Allow-Credentials"), Is.EqualTo("true"));
            Assert.That(Header(response, "Access-Control-Allow-Methods"), Is.EqualTo("GET, POST"));
            Assert.That(Header(response, "Access-Control-Allow-Headers"), Is.EqualTo("content-type, x-token"));
        });
    }

    [TestCase("https://bücher.example")]
    [TestCase("https://a.example https://b.example")]
    public async Task An_origin_that_cannot_stand_in_a_header_is_refused_even_where_all_are_allowed(string origin)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(configureHost: static options => options.AllowedOrigins.Add("*"));
        using HttpResponseMessage response = await SendAsync(app, HttpMethod.Get, "?EIO=4&transport=polling", origin);
        Assert.That(await Refusal.ReadAsync(response), Is.EqualTo("400 3"));
    }

    [Test]
    public async Task Where_all_are_allowed_each_is_told_its_own_name()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(configureHost: static options => options.AllowedOrigins.Add("*"));
        using HttpResponseMessage response = await SendAsync(app, HttpMethod.Get, "?EIO=3&transport=polling", Stranger);
        Assert.That(Header(response, "Access-Control-Allow-Origin"), Is.EqualTo(Stranger));
    }

    [TestCase("GET", "?EIO=4&transport=polling")]
    [TestCase("GET", "?EIO=3&transport=polling")]
    [TestCase("POST", "?EIO=4&transport=polling&sid=any")]
    public async Task What_another_site_has_a_browser_fetch_without_an_origin_is_refused_and_costs_nothing(string method, string query)
    {
        await using CompatibilityApp app = await StartAsync();
        using HttpResponseMessage response = await SendAsync(app, new HttpMethod(method), query, null, ("Sec-Fetch-Site", "cross-site"));
        Assert.That(await Refusal.ReadAsync(response), Is.EqualTo("403 4"));
        Assert.That(app.Sessions.Count, Is.Zero);
    }

    [TestCase("same-origin")]
    [TestCase("same-site")]
    [TestCase("none")]
    public async Task What_the_own_site_or_the_user_fetches_without_an_origin_is_served(string site)
    {
        await using CompatibilityApp app = await StartAsync();
        using HttpResponseMessage response = await SendAsync(app, HttpMethod.Get, "?EIO=4&transport=polling", null, ("Sec-Fetch-Site", site));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(Friend, Friend)]
    [TestCase("*", null)]
    public async Task Another_site_that_is_allowed_is_served(string allowed, string? origin)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(configureHost: options => options.AllowedOrigins.Add(allowed));
        using HttpResponseMessage response = await SendAsync(
            app, HttpMethod.Get, "?EIO=4&transport=polling", origin, ("Sec-Fetch-Site", "cross-site"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static Task<CompatibilityApp> StartAsync() =>
        CompatibilityApp.StartAsync(configureHost: static options => options.AllowedOrigins.Add(Friend));

    private static async Task<HttpResponseMessage> SendAsync(
        CompatibilityApp app, HttpMethod method, string query, string? origin, params (string Name, string Value)[] headers)
    {
        using HttpClient http = app.CreateHttpClient();
        using var request = new HttpRequestMessage(method, "/socket.io/" + query);
        foreach ((string name, string value) in headers.Append((Name: "Origin", Value: origin!)).Where(static header => header.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(" | ", values) : null;
}
