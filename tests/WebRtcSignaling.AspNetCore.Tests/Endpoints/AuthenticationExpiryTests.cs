using System.Globalization;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.AspNetCore.Tests.Endpoints;

/// <summary>A session whose authentication ends when that of its request does.</summary>
[TestFixture]
public sealed class AuthenticationExpiryTests
{
    private ManualTimeProvider _time = null!;

    [SetUp]
    public void StartClock() => _time = new ManualTimeProvider();

    [Test]
    public async Task Where_the_app_wants_it_the_session_ends_with_the_request_s_authentication()
    {
        await using TestApp app = await StartAsync(usesExpiry: true);
        using JsonClient client = await app.ConnectAsync(fields: ("Authorization", "10"));
        JsonObject welcome = await client.ReadWelcomeAsync();
        Assert.That((long?)welcome["authExpiresAt"], Is.EqualTo((_time.GetUtcNow() + TimeSpan.FromSeconds(10)).ToUnixTimeMilliseconds()));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(await client.ReceiveCloseAsync(), Is.EqualTo(4005));
    }

    [TestCase(false, "10", Description = "the default")]
    [TestCase(true, "never")]
    public async Task Otherwise_it_does_not_end(bool usesExpiry, string authorization)
    {
        await using TestApp app = await StartAsync(usesExpiry);
        using JsonClient client = await app.ConnectAsync(fields: ("Authorization", authorization));
        Assert.That((await client.ReadWelcomeAsync())["authExpiresAt"], Is.Null);
        _time.Advance(TimeSpan.FromSeconds(11));
        await client.RoundTripAsync();
        await client.CloseAsync();
    }

    [Test]
    public async Task Whose_user_comes_from_a_ticket_is_not_concerned()
    {
        await using TestApp app = await StartAsync(usesExpiry: true);
        string ticket = app.Services.GetRequiredService<TicketIssuer>().Issue(ExpiringAuthentication.Ann).Value.Value;
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "10");
        socket.Options.AddSubProtocol("webrtc-signaling.v1");
        socket.Options.AddSubProtocol($"ticket.{ticket}");
        await socket.ConnectAsync(new Uri($"ws://{app.Address}/signaling"), CancellationToken.None).WaitAsync(TestApp.Bound);
        using var client = new JsonClient(socket);
        Assert.That((await client.ReadWelcomeAsync())["authExpiresAt"], Is.Null);
        await client.CloseAsync();
    }

    private Task<TestApp> StartAsync(bool usesExpiry) => TestApp.StartAsync(builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddAuthentication("expiring").AddScheme<AuthenticationSchemeOptions, ExpiringAuthentication>("expiring", null);
        builder.Services.AddSignaling(options => options.UseAuthenticationExpiry = usesExpiry);
    });

    /// <summary><c>Authorization: 10</c> is Ann for 10 s.</summary>
    private sealed class ExpiringAuthentication(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TimeProvider time)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public static ClaimsPrincipal Ann { get; } = new(new ClaimsIdentity([new(ClaimTypes.Name, "ann")], "expiring"));

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            bool expires = int.TryParse(Request.Headers.Authorization.ToString(), CultureInfo.InvariantCulture, out int seconds);
            var properties = new AuthenticationProperties { ExpiresUtc = expires ? time.GetUtcNow().AddSeconds(seconds) : null };
            return Task.FromResult(AuthenticateResult.Success(new(Ann, properties, Scheme.Name)));
        }
    }
}
