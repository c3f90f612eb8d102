using WebRtcSignaling.Draining;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>A listener that stops sends its clients away in waves, whether the server stops with it or not.</summary>
public sealed class ListenerDrainTests
{
    private static readonly TimeSpan _interval = new DrainOptions().WaveInterval;

    [Test]
    public async Task Clients_go_in_waves_and_new_ones_are_told_to_try_again([Values] bool stopsServer)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(configure: options => options.StopsServer = stopsServer);
        host.Server.Options.Drain.WaveSize = 2;
        using var clients = new Clients();
        for (int i = 0; i < 6; i++)
        {
            clients.Add(await host.JoinAsync());
        }

        int timers = host.Time.ActiveTimers;
        Task stop = host.Listener.StopAsync();
        foreach (int left in (int[])[4, 2])
        {
            await Patience.Until(() => host.Server.SessionCount == left && host.Time.ActiveTimers > timers, $"{left} that are left");
            using RawClient late = await host.ConnectAsync();
            await late.SendAsync(RawClient.Handshake);
            HttpAnswer answer = await late.ReadAnswerAsync();
            Assert.That((answer.Status, answer.Fields["Retry-After"]), Is.EqualTo((503, "1")));
            Assert.That(stop.IsCompleted, Is.False);
            late.Dispose();
            await Patience.Until(() => host.Listener.HandshakeCount == 0, "no handshake");
            host.Time.Advance(_interval);
        }

        foreach (RawClient client in clients)
        {
            Assert.That(await client.ReadTextAsync(), Does.StartWith("{\"type\":\"goaway\",\"retryAfter\":"));
            Assert.That(await client.ReadCloseAsync(), Is.EqualTo(1001));
            await client.SendAsync(ClientFrames.Close(1001));
            client.EndSending();
        }

        await stop.Soon();
        Assert.That((host.Server.SessionCount, host.Server.IsStopping), Is.EqualTo((0, stopsServer)));
    }

    [Test]
    public async Task Where_the_server_goes_on_others_hear_that_the_clients_have_left_and_stay()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        var events = new SessionEventQueue();
        SignalingSession local = (await host.Server.ConnectAsync(new(), events)).Value;
        await local.Rooms.CreateAsync(Rooms.RoomId.Parse("tea"));
        using RawClient client = await host.JoinAsync();
        await client.SendAsync(ClientFrames.Text("""{"type":"room-join","room":"tea"}"""));
        await client.ReadTextAsync();

        Task stop = host.Listener.StopAsync();
        Assert.That(await client.ReadTextAsync(), Does.StartWith("{\"type\":\"goaway\""));
        Assert.That(await client.ReadCloseAsync(), Is.EqualTo(1001));
        client.Dispose();
        await stop.Soon();

        var heard = new List<string>();
        while (events.TryRead(out var one))
        {
            heard.Add(one.GetType().Name);
        }

        Assert.That(heard, Is.EqualTo(new[] { "RoomCreated", "ClientJoined", "ClientLeft" }));
        Assert.That(local.IsClosed, Is.False);
        local.Dispose();
    }

    [Test]
    public async Task Whoever_loses_patience_ends_the_waves([Values] bool stopsServer)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(configure: options => options.StopsServer = stopsServer);
        host.Server.Options.Drain.WaveSize = 1;
        using var clients = new Clients();
        for (int i = 0; i < 5; i++)
        {
            clients.Add(await host.JoinAsync());
        }

        using var impatience = new CancellationTokenSource();
        int timers = host.Time.ActiveTimers;
        Task stop = host.Listener.StopAsync(impatience.Token);
        await Patience.Until(() => host.Server.SessionCount == 4 && host.Time.ActiveTimers > timers, "the first wave");
        await impatience.CancelAsync();
        await stop.Soon();
        Assert.That((host.Server.SessionCount, host.Listener.ConnectionCount), Is.EqualTo((0, 0)));
    }

    private sealed class Clients : List<RawClient>, IDisposable
    {
        public void Dispose() => ForEach(client => client.Dispose());
    }
}
