using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.AspNetCore.Hosting;
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
    public void A_lost_client_has_a_moment_and_no_more()
    {
        using var gone = new CancellationTokenSource();
        using var lost = new LostConnection(_time, gone.Token, CancellationToken.None);
        gone.Cancel();
        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.That(lost.Token.IsCancellationRequested, Is.False);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.That(lost.Token.IsCancellationRequested, Is.True);
    }

    [Test]
    public void The_apps_end_counts_at_once()
    {
        using var aborting = new CancellationTokenSource();
        using var lost = new LostConnection(_time, CancellationToken.None, aborting.Token);
        aborting.Cancel();
        Assert.That(lost.Token.IsCancellationRequested, Is.True);
    }

    [Test]
    public void Nothing_is_left_behind_when_the_connection_ended_by_itself()
    {
        using var gone = new CancellationTokenSource();
        var lost = new LostConnection(_time, gone.Token, CancellationToken.None);
        gone.Cancel();
        lost.Dispose();
        Assert.That(_time.UndisposedTimers, Is.Zero);
        Assert.DoesNotThrow(() => _time.Advance(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task A_client_that_is_lost_while_the_app_still_thinks_leaves_its_rooms([Values] bool isHandedOver)
    {
        var thinker = new Thinker();
        await using TestApp app = await TestApp.StartAsync(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_time).AddSingleton<ISignalingAuthorizer>(thinker);
            builder.Services.AddSignaling();
        }, listen: isHandedOver ? static listen => listen.UseSignalingConnections() : null);
        using JsonClient ann = await app.ConnectAsync();
        await ann.ReadWelcomeAsync();
        await ann.JoinAsync("tea");
        RawClient ben = await RawClient.OpenAsync(app.Address);
        await ben.SendTextAsync("""{"type":"room-join","room":"tea"}""");
        JsonObject joined = await ann.ReceiveAsync("client-joined");
        await ben.SendTextAsync("""{"type":"message-send","room":"tea","data":1}""");
        await thinker.Asked.WaitAsync(TestApp.Bound);

        int timers = _time.ActiveTimers;
        ben.Reset();
        await Eventually.IsTrueAsync(() => _time.ActiveTimers > timers, "The web server notices the reset.");
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
