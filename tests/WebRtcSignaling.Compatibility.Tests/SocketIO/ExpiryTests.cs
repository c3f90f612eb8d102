using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Sockets;
using WebRtcSignaling.Compatibility.Tests.PeerJs;

namespace WebRtcSignaling.Compatibility.Tests.SocketIO;

/// <summary>Where the app wants sessions to end with the authentication of their requests, they do so on every wire.</summary>
internal sealed class ExpiryTests
{
    private static readonly TimeSpan _time = TimeSpan.FromSeconds(10);

    [Test]
    public async Task A_client_of_Socket_IO_is_sent_away_when_its_authentication_expires_and_comes_back_by_itself([Values(3, 4)] int version)
    {
        CompatibilityApp? made = null;
        await using CompatibilityApp app = made = await CompatibilityApp.StartAsync(
            configureHost: options => options.UseAuthenticationExpiry = true, map: web => Authenticate(web, () => made!.Time.GetUtcNow() + _time));
        using SocketClient socket = await SocketTests.ConnectAsync(app, version);
        await socket.SendAsync("""42["room-create","tea"]""");
        Assert.That(await socket.ReceiveAsync(), Does.StartWith("42[\"room-created\""));
        app.Time.Advance(_time);
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:4005"), "no packet that tells it to stay away");
    }

    [Test]
    public async Task A_client_of_PeerJS_is_sent_away_as_well()
    {
        PeerJsApp? made = null;
        await using PeerJsApp app = made = await PeerJsApp.StartAsync(
            configureHost: options => options.UseAuthenticationExpiry = true,
            map: web =>
            {
                Authenticate(web, () => made!.Time.GetUtcNow() + _time);
                web.MapPeerJs();
            });
        using SocketClient ann = await app.ConnectAsync("ann");
        app.Advance(_time);
        Assert.That(await ann.ReceiveAsync(), Is.EqualTo("close:4005"));
    }

    private static void Authenticate(WebApplication app, Func<DateTimeOffset> expiry) => app.Use((context, next) =>
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "ann")], "test"));
        context.User = user;
        context.Features.Set<IAuthenticateResultFeature>(new Result
        {
            AuthenticateResult = AuthenticateResult.Success(new(user, new AuthenticationProperties { ExpiresUtc = expiry() }, "test")),
        });
        return next(context);
    });

    private sealed class Result : IAuthenticateResultFeature
    {
        public AuthenticateResult? AuthenticateResult { get; set; }
    }
}
