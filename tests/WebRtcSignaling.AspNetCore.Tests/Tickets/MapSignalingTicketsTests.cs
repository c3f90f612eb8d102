using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.AspNetCore.Tests.Tickets;

/// <summary>The endpoint that gives tickets: who gets one, and what else it says.</summary>
[TestFixture]
public sealed class MapSignalingTicketsTests
{
    [Test]
    public async Task Who_is_authenticated_gets_a_ticket_that_nothing_may_store()
    {
        await using TestApp app = await StartAsync();
        using var client = new TicketClient(app);
        using HttpResponseMessage response = await client.SendAsync(HttpMethod.Post, ("Authorization", "ann"));
        JsonObject body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
            Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/json"));
            Assert.That(body.Select(member => member.Key), Is.EqualTo(new[] { "ticket", "expiresIn" }));
            Assert.That((string?)body["ticket"], Has.Length.EqualTo(32));
            Assert.That((int?)body["expiresIn"], Is.EqualTo(30_000));
        });
    }

    [TestCase(false, null, ExpectedResult = 401)]
    [TestCase(false, "ann", ExpectedResult = 200)]
    [TestCase(true, null, ExpectedResult = 401)]
    [TestCase(true, "ann", ExpectedResult = 403)]
    [TestCase(true, "tom", ExpectedResult = 200)]
    public async Task<int> Only_those_get_a_ticket_whom_the_app_s_authentication_knows_and_its_policy_allows(bool onlyT, string? user)
    {
        await using TestApp app = await StartAsync(tickets =>
        {
            if (onlyT)
            {
                tickets.RequireAuthorization(policy => policy.RequireRole("t"));
            }
        });
        return await StatusAsync(app, ("Authorization", user));
    }

    [Test]
    public async Task An_app_without_authentication_gives_tickets_to_nobody()
    {
        await using TestApp app = await TestApp.StartAsync(map: web => web.MapSignalingTickets());
        Assert.That(await StatusAsync(app), Is.EqualTo(401));
    }

    [Test]
    public async Task An_app_may_give_tickets_to_anybody()
    {
        await using TestApp app = await StartAsync(tickets => tickets.AllowAnonymous());
        Assert.That(await StatusAsync(app), Is.EqualTo(200));
    }

    [Test]
    public async Task With_cookies_nobody_is_sent_to_a_page_to_sign_in()
    {
        await using TestApp app = await TestApp.StartAsync(
            builder =>
            {
                builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
                builder.Services.AddAuthorization();
                builder.Services.AddSignaling();
            },
            web => web.MapSignalingTickets().RequireAuthorization());
        Assert.That(await StatusAsync(app), Is.EqualTo(401));
    }

    [TestCase("GET")]
    [TestCase("PUT")]
    [TestCase("HEAD")]
    public async Task Only_POST_gives_tickets(string method)
    {
        await using TestApp app = await StartAsync();
        using var client = new TicketClient(app);
        using HttpResponseMessage response = await client.SendAsync(new HttpMethod(method), ("Authorization", "ann"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(app.Services.GetRequiredService<TicketIssuer>().Count, Is.Zero);
    }

    [TestCase(null, 200, null)]
    [TestCase("https://app.example", 200, "https://app.example")]
    [TestCase("https://evil.example", 403, null)]
    [TestCase("null", 403, null)]
    [TestCase("", 403, null)]
    public async Task A_page_may_ask_if_it_may_connect(string? origin, int status, string? shared)
    {
        await using TestApp app = await StartAsync(settings: [("Signaling:AllowedOrigins:0", "https://app.example")]);
        using var client = new TicketClient(app);
        using HttpResponseMessage response = await client.SendAsync(HttpMethod.Post, ("Authorization", "ann"), ("Origin", origin));
        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            Assert.That(Field(response, "Access-Control-Allow-Origin"), Is.EqualTo(shared));
            Assert.That(Field(response, "Access-Control-Allow-Credentials"), Is.EqualTo(shared is null ? null : "true"));
            Assert.That(app.Services.GetRequiredService<TicketIssuer>().Count, Is.EqualTo(status == 200 ? 1 : 0));
        });
    }

    [TestCase("https://app.example", 204)]
    [TestCase("https://evil.example", 403)]
    public async Task A_browser_may_ask_first_without_being_signed_in(string origin, int status)
    {
        await using TestApp app = await StartAsync(
            tickets => tickets.RequireAuthorization(), [("Signaling:AllowedOrigins:0", "https://app.example")]);
        using var client = new TicketClient(app);
        using HttpResponseMessage response = await client.SendAsync(
            HttpMethod.Options,
            ("Origin", origin),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization"));
        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            Assert.That(Field(response, "Access-Control-Allow-Origin"), Is.EqualTo(status == 204 ? origin : null));
            Assert.That(Field(response, "Access-Control-Allow-Methods"), Is.EqualTo(status == 204 ? "POST" : null));
            Assert.That(Field(response, "Access-Control-Allow-Headers"), Is.EqualTo(status == 204 ? "authorization" : null));
        });
    }

    [Test]
    public async Task Past_a_user_s_limit_the_answer_is_429_and_says_when_to_try_again_and_others_get_theirs()
    {
        await using TestApp app = await StartAsync(settings: [("Signaling:Tickets:MaxPerUser", "2"), ("Signaling:Tickets:Lifetime", "00:05:00")]);
        using var client = new TicketClient(app);
        await client.GetAsync("ann");
        await client.GetAsync("ann");
        using HttpResponseMessage refused = await client.SendAsync(HttpMethod.Post, ("Authorization", "ann"));
        Assert.Multiple(() =>
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(refused.Headers.RetryAfter?.Delta, Is.InRange(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5)));
            Assert.That(refused.Headers.CacheControl?.NoStore, Is.True);
        });
        await client.GetAsync("ben");
    }

    [Test]
    public async Task Whoever_is_not_known_has_the_limit_of_the_place_that_it_comes_from()
    {
        await using TestApp app = await StartAsync(tickets => tickets.AllowAnonymous(), [("Signaling:Tickets:MaxPerUser", "1")]);
        using var client = new TicketClient(app);
        await client.GetAsync(user: null);
        Assert.That(await StatusAsync(app), Is.EqualTo(429));
        await client.GetAsync("ann");
    }

    [Test]
    public async Task A_stopping_server_gives_none()
    {
        await using TestApp app = await StartAsync();
        app.Server.Stop();
        Assert.That(await StatusAsync(app, ("Authorization", "ann")), Is.EqualTo(503));
    }

    [Test]
    public async Task Without_AddSignaling_the_app_is_told_what_is_missing()
    {
        await using WebApplication app = WebApplication.CreateBuilder().Build();
        var exception = Assert.Throws<InvalidOperationException>(() => app.MapSignalingTickets());
        Assert.That(exception.Message, Does.Contain("AddSignaling"));
    }

    private static Task<TestApp> StartAsync(
        Action<IEndpointConventionBuilder>? configure = null, params (string Name, string Value)[] settings) => TestApp.StartAsync(
        builder =>
        {
            HeaderAuthentication.Add(builder.Services);
            builder.Services.AddSignaling();
        },
        web =>
        {
            var tickets = web.MapSignalingTickets();
            configure?.Invoke(tickets);
        },
        settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));

    private static async Task<int> StatusAsync(TestApp app, params (string Name, string? Value)[] fields)
    {
        using var client = new TicketClient(app);
        using HttpResponseMessage response = await client.SendAsync(HttpMethod.Post, fields);
        return (int)response.StatusCode;
    }

    private static string? Field(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : null;
}
