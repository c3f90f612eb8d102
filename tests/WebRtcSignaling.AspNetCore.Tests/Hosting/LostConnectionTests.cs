using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.AspNetCore.Tests.Hosting;

[TestFixture]
public sealed class LostConnectionTests
{
    private ManualTimeProvider _time = null!;

    [SetUp]
    public void StartClock() => _time = new ManualTimeProvider();

    [Test]
    public async Task A_client_that_is_lost_while_the_app_still_thinks_leaves_its_rooms([Values] bool isHandedOver)
    {
        var thinker = new Thinker();
        var lost = new ConcurrentBag<CancellationToken>();
        await using TestApp app = await TestApp.StartAsync(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_time).AddSingleton<ISignalingAuthorizer>(thinker);
            builder.Services.AddSignaling();
        }, listen: isHandedOver ? static listen => listen.UseSignalingConnections() : null, map: web =>
        {
            web.Use((context, next) =>
            {
                lost.Add(isHandedOver ? context.Features.Get<IConnectionLifetimeFeature>()!.ConnectionClosed : context.RequestAborted);
                return next(context);
            });
            web.MapSignaling();
        });
        using JsonClient ann = await app.ConnectAsync();
        await ann.ReadWelcomeAsync();
        await ann.JoinAsync("tea");
        RawClient ben = await RawClient.OpenAsync(app.Address);
        await ben.SendTextAsync("""{"type":"room-join","room":"tea"}""");
        JsonObject joined = await ann.ReceiveAsync("client-joined");
        await ben.SendTextAsync("""{"type":"message-send","room":"tea","data":1}""");
        await thinker.Asked.WaitAsync(TestApp.Bound);

        ben.Reset();
        await Eventually.IsTrueAsync(() => lost.Any(static connection => connection.IsCancellationRequested), "The web server notices the reset.");

        // With the first tick there is still a chance that the connection reads its end by itself.
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(app.Application.Sessions, Has.Count.EqualTo(2));
        _time.Advance(TimeSpan.FromSeconds(1));

        JsonObject left = await ann.ReceiveAsync();
        Assert.Multiple(() =>
        {
            Assert.That((string?)left["type"], Is.EqualTo("client-left"));
            Assert.That((string?)left["clientId"], Is.EqualTo((string?)joined["clientId"]));
        });
        await ann.CloseAsync();
        await app.Connections.WhenNone().WaitAsync(TestApp.Bound);
    }

    [Test]
    public async Task What_a_client_sent_before_its_end_still_counts([Values] bool isHandedOver)
    {
        await using TestApp app = await TestApp.StartAsync(listen: isHandedOver ? static listen => listen.UseSignalingConnections() : null);
        using JsonClient ann = await app.ConnectAsync();
        await ann.ReadWelcomeAsync();
        await ann.JoinAsync("tea");
        using RawClient ben = await RawClient.OpenAsync(app.Address);
        await ben.SendTextAsync("""{"type":"room-join","room":"tea"}""");
        await ann.ReceiveAsync("client-joined");
        byte[][] messages = [.. Enumerable.Range(0, 200).Select(
            i => ClientFrames.Text($$"""{"type":"signal-send","room":"tea","targetId":"{{ann.Id}}","data":{{i}}}"""))];
        await ben.SendAsync([.. messages.SelectMany(message => message)]);
        ben.Socket.Shutdown(SocketShutdown.Send);
        for (int i = 0; i < messages.Length; i++)
        {
            Assert.That((int?)(await ann.ReceiveAsync())["data"], Is.EqualTo(i));
        }

        Assert.That((string?)(await ann.ReceiveAsync())["type"], Is.EqualTo("client-left"));
        await ann.CloseAsync();
    }

    /// <summary>Thinks about messages until nobody waits for the answer any more.</summary>
    private sealed class Thinker : ISignalingAuthorizer
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public async ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken)
        {
            if (request.Operation == SignalingOperation.SendMessage)
            {
                _asked.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return AuthorizationDecision.Allow;
        }
    }
}
