using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Sockets;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.Compatibility.Tests.SocketIO;

/// <summary>An app that stops sends its Socket.IO clients away in the same waves as all others, and so that they come back by themselves.</summary>
internal sealed class DrainTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task Clients_go_in_waves_those_without_a_session_last_and_signals_pass_until_then([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await StartAsync();
        SignalingServer server = app.Host.Services.GetRequiredService<SignalingServer>();
        using SocketClient idle = await SocketTests.ConnectAsync(app, version);
        await idle.SendAsync("""42["echo",1]""");
        await idle.ReceiveAsync();
        var sockets = new List<SocketClient>();
        for (int i = 0; i < 3; i++)
        {
            sockets.Add(await SocketTests.ConnectAsync(app, version));
            await sockets[i].SendAsync($"42[\"room-create\",\"room{i}\"]");
            Assert.That(await sockets[i].ReceiveAsync(), Does.StartWith("42[\"room-created\""));
        }

        int timers = app.Time.ActiveTimers;
        Task stopped = app.Host.StopAsync();
        for (int left = 2; left > 0; left--)
        {
            // Besides the time until the next wave, that of the app's patience runs.
            await Eventually.TrueAsync(() => server.SessionCount == left && app.Time.ActiveTimers > timers + 1, $"{left} are left");
            Assert.That(app.Sessions.Count, Is.EqualTo(left + 1), "and who has no session");
            app.Time.Advance(_second);
        }

        foreach (SocketClient socket in (SocketClient[])[.. sockets, idle])
        {
            Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1001"), "no packet that tells it to stay away");
            await socket.CloseAsync();
            socket.Dispose();
        }

        await stopped;
        Assert.That(app.Sessions.Count, Is.Zero);
    }

    [Test]
    public async Task A_poll_that_waits_is_answered_when_its_turn_comes([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await StartAsync();
        using PollingClient client = await UpgradeTests.ConnectAsync(app, version);
        await client.PostAsync("""42["room-create","tea"]""");
        Assert.That(string.Concat(await client.PollAsync()), Does.StartWith("42[\"room-created\""));
        Task<string[]> poll = client.PollAsync();
        await app.WhenPollIsHeldAsync(client.Sid);
        Task stopped = app.Host.StopAsync();
        Assert.That(await poll, Is.EqualTo(new[] { "1" }));
        await stopped;
    }

    [Test]
    public async Task While_the_app_stops_nobody_new_is_taken_and_no_room_is_made()
    {
        await using CompatibilityApp app = await StartAsync();
        SignalingServer server = app.Host.Services.GetRequiredService<SignalingServer>();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync("""42["room-create","tea"]""");
        await socket.ReceiveAsync();
        server.BeginDrain();
        await socket.SendAsync("""42["room-create","milk"]""");
        Assert.That(await socket.ReceiveAsync(), Does.StartWith("42[\"error\",\"The server is stopping"));
        using HttpResponseMessage refused = await app.CreateHttpClient().GetAsync(new Uri("/socket.io/?EIO=4&transport=polling", UriKind.Relative));
        Assert.That(((int)refused.StatusCode, refused.Headers.RetryAfter?.ToString()), Is.EqualTo((503, "5")));
    }

    private static Task<CompatibilityApp> StartAsync() => CompatibilityApp.StartAsync(configureHost: options =>
    {
        options.Drain.WaveSize = 1;
        options.Drain.WaveInterval = _second;
    });
}
