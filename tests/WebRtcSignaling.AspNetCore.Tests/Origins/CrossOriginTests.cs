using System.Net;
using Microsoft.AspNetCore.Builder;
using WebRtcSignaling.AspNetCore.Tests.Apps;

namespace WebRtcSignaling.AspNetCore.Tests.Origins;

/// <summary>Pages of other origins, at the message boxes: the setting is that of WebSockets.</summary>
internal sealed class CrossOriginTests
{
    private const string Friend = "https://friend.example";
    private const string Stranger = "https://stranger.example";

    private TestApp _app;
    private HttpClient _http;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(map: static app => app.MapMessageBox(), settings: [new("Signaling:AllowedOrigins:0", Friend)]);
        _http = new HttpClient { BaseAddress = new Uri($"http://{_app.Address}") };
    }

    [TearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [TestCase("GET")]
    [TestCase("POST")]
    public async Task An_allowed_origin_may_read(string method)
    {
        using HttpResponseMessage response = await SendAsync(method, "?box=abc", Friend);
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(Field(response, "Access-Control-Allow-Origin"), Is.EqualTo(Friend));
            Assert.That(Field(response, "Vary"), Is.EqualTo("Origin"));
        });
    }

    [Test]
    public async Task An_allowed_origin_may_read_why_it_is_refused()
    {
        using HttpResponseMessage response = await SendAsync("GET", "?box=a%20b", Friend);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(Field(response, "Access-Control-Allow-Origin"), Is.EqualTo(Friend));
    }

    [TestCase("GET")]
    [TestCase("POST")]
    [TestCase("OPTIONS")]
    public async Task A_stranger_is_refused_reads_nothing_and_changes_nothing(string method)
    {
        await _http.GetAsync("/box?box=abc&msg=m");
        using HttpResponseMessage response = await SendAsync(method, "?box=abc", Stranger);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(response.Headers.Select(static field => field.Key), Has.None.StartsWith("Access-Control"));
        Assert.That(await _http.GetStringAsync("/box?box=abc"), Is.EqualTo("""{"type":"msgs","data":["m"]}"""));
    }

    [Test]
    public async Task A_preflight_allows_what_clients_send()
    {
        using HttpResponseMessage response = await SendAsync(
            "OPTIONS", "", Friend, ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type"));
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(Field(response, "Access-Control-Allow-Methods"), Is.EqualTo("GET, POST"));
            Assert.That(Field(response, "Access-Control-Allow-Headers"), Is.EqualTo("content-type"));
            Assert.That(Field(response, "Access-Control-Max-Age"), Is.EqualTo("600"));
        });
    }

    [Test]
    public async Task The_own_origin_is_allowed()
    {
        using HttpResponseMessage response = await SendAsync("GET", "", $"http://{_app.Address}");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task What_is_not_one_origin_is_refused()
    {
        using HttpResponseMessage response = await SendAsync("GET", "", "https://a.example https://b.example");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(response.Headers.Select(static field => field.Key), Has.None.StartsWith("Access-Control"));
    }

    [Test]
    public async Task What_another_site_has_a_browser_fetch_without_an_origin_is_refused_and_changes_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/box?box=abc&msg=m");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using HttpResponseMessage response = await _http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await _http.GetStringAsync("/box?box=abc"), Does.Not.Contain("\"m\""));
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string query, string origin, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/box" + query);
        foreach ((string name, string value) in fields.Append(("Origin", origin)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request);
    }

    private static string? Field(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(" | ", values) : null;
}
