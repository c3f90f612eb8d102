using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;
using WebRtcSignaling.Authorization;

namespace WebRtcSignaling.AspNetCore.Tests.Endpoints;

[TestFixture]
public sealed class AuthorizationTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(
        builder =>
        {
            builder.Services.AddAuthentication("token").AddScheme<AuthenticationSchemeOptions, TokenHandler>("token", null);
            builder.Services.AddAuthorization(options => options.AddPolicy("teachers", policy => policy.RequireRole("teacher")));
            builder.Services.AddSignaling(options => options.Applications["staff"] = new()).AddAuthorizer<OnlyTeachersCreate>();
        },
        app =>
        {
            app.MapSignaling("/signaling").RequireAuthorization();
            app.MapSignaling("/staff", endpoint => endpoint.Application = "staff").RequireAuthorization("teachers");
        });

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCase("/signaling", null, ExpectedResult = 401)]
    [TestCase("/signaling", "wrong", ExpectedResult = 401)]
    [TestCase("/signaling", "ann", ExpectedResult = 101)]
    [TestCase("/staff", "ann", ExpectedResult = 403)]
    [TestCase("/staff", "teacher", ExpectedResult = 101)]
    [TestCase("/signaling?application=staff", "ann", ExpectedResult = 404, Description = "Not around the policy of its own endpoint.")]
    [TestCase("/signaling?application=default", "ann", ExpectedResult = 101)]
    [TestCase("/staff?application=default", "teacher", ExpectedResult = 101)]
    public async Task<int> Only_those_may_connect_whom_the_policy_allows(string target, string? token)
    {
        using RawClient client = await RawClient.ConnectAsync(_app.Address);
        await client.SendAsync(RawClient.Handshake(_app.Address, target, ("Authorization", token)));
        return (await client.ReadHeadAsync()).Status;
    }

    [Test]
    public async Task With_cookies_nobody_is_sent_to_a_page_to_sign_in_at()
    {
        await using TestApp app = await TestApp.StartAsync(
            static builder =>
            {
                builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
                builder.Services.AddAuthorization();
                builder.Services.AddSignaling();
            },
            static app => app.MapSignaling().RequireAuthorization());
        using RawClient client = await RawClient.ConnectAsync(app.Address);
        await client.SendAsync(RawClient.Handshake(app.Address, "/signaling"));
        Assert.That((await client.ReadHeadAsync()).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Who_is_not_known_makes_no_session()
    {
        using var socket = new ClientWebSocket();
        Assert.ThrowsAsync<WebSocketException>(
            () => socket.ConnectAsync(new Uri($"ws://{_app.Address}/signaling"), CancellationToken.None));
        await _app.Connections.WhenNone().WaitAsync(TestApp.Bound);
        Assert.That(_app.Server.SessionCount, Is.Zero);
    }

    [Test]
    public async Task The_authorizer_decides_with_the_principal_at_hand()
    {
        using JsonClient teacher = await ConnectAsync("teacher");
        using JsonClient ann = await ConnectAsync("ann");
        await ann.SendAsync("""{"type":"room-create","room":"tea"}""");
        Assert.That((string?)(await ann.ReceiveAsync())["code"], Is.EqualTo("not-permitted"));
        await teacher.SendAsync("""{"type":"room-create","room":"tea"}""");
        Assert.That((string?)(await teacher.ReceiveAsync())["type"], Is.EqualTo("room-created"));
        await Task.WhenAll(teacher.CloseAsync(), ann.CloseAsync());
    }

    [Test]
    public async Task What_the_query_names_at_an_endpoint_with_an_application_does_not_count()
    {
        using JsonClient client = await _app.ConnectAsync("/staff?application=default", ("Authorization", "teacher"));
        Assert.That((string?)(await client.ReadWelcomeAsync())["application"], Is.EqualTo("staff"));
        await client.CloseAsync();
    }

    private async Task<JsonClient> ConnectAsync(string token)
    {
        JsonClient client = await _app.ConnectAsync("/signaling", ("Authorization", token));
        await client.ReadWelcomeAsync();
        return client;
    }

    private sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Headers.Authorization.ToString() switch
        {
            "ann" => Success("ann", "pupil"),
            "teacher" => Success("tom", "teacher"),
            "" => AuthenticateResult.NoResult(),
            _ => AuthenticateResult.Fail("Unknown token."),
        });

        private AuthenticateResult Success(string name, string role)
        {
            var identity = new ClaimsIdentity([new(ClaimTypes.Name, name), new(ClaimTypes.Role, role)], Scheme.Name);
            return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme.Name));
        }
    }

    private sealed class OnlyTeachersCreate : ISignalingAuthorizer
    {
        public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken) => new(
            request.Operation != SignalingOperation.CreateRoom || request.User?.IsInRole("teacher") == true
                ? AuthorizationDecision.Allow
                : AuthorizationDecision.DenyBecause("Only teachers open rooms."));
    }
}
