using System.Net;
using System.Net.Sockets;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

public sealed class ListenerStopTests
{
    [Test]
    public async Task Clients_are_told_that_the_server_is_going_away_and_then_the_connection_ends([Values] Wire wire, [Values] bool stopsServer)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire, options => options.StopsServer = stopsServer);
        using RawClient client = await host.JoinAsync();

        Task stop = host.Listener.StopAsync();

        Assert.That(await client.ReadCloseAsync(), Is.EqualTo(1001));
        await client.SendAsync(ClientFrames.Close(1001));
        client.EndSending();
        Assert.That(await client.ReadEndAsync(), Is.Zero, "something followed the Close");
        await stop.Soon();
        Assert.That((host.Listener.ConnectionCount, host.Server.SessionCount, host.Server.IsStopping), Is.EqualTo((0, 0, stopsServer)));
    }

    [Test]
    public async Task Clients_of_a_server_that_was_stopped_before_are_told_once([Values] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using RawClient client = await host.JoinAsync();

        host.Server.Stop();
        Task stop = host.Listener.StopAsync();

        Assert.That(await client.ReadCloseAsync(), Is.EqualTo(1001));
        client.EndSending();
        Assert.That(await client.ReadEndAsync(), Is.Zero, "something followed the Close");
        await stop.Soon();
    }

    [Test]
    public async Task Sessions_that_came_another_way_stay_unless_the_server_is_stopped([Values] bool stopsServer)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(configure: options => options.StopsServer = stopsServer);
        SignalingResult<SignalingSession> local = await host.Server.ConnectAsync(new(), new SessionEventQueue());

        await host.Listener.StopAsync().Soon();

        Assert.That(local.Value!.IsClosed, Is.EqualTo(stopsServer));
        local.Value.Dispose();
    }

    [Test]
    public async Task Others_hear_at_once_that_the_clients_left()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using RawClient client = await host.JoinAsync();
        await client.SendAsync(ClientFrames.Text("""{"type":"room-join","room":"tea","create":true}"""));
        await client.ReadTextAsync();

        Task stop = host.Listener.StopAsync();

        await Patience.Until(() => host.Server.SessionCount == 0 && host.Server.Default.Rooms.Count == 0, "an empty server");
        client.Dispose();
        await stop.Soon();
    }

    [Test]
    public async Task A_client_that_does_not_close_is_cut_off_when_its_time_is_over([Values] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using RawClient client = await host.JoinAsync();

        Task stop = host.Listener.StopAsync();
        Assert.That(await client.ReadCloseAsync(), Is.EqualTo(1001));
        Assert.That(stop.IsCompleted, Is.False);
        await AdvanceUntilDoneAsync(host, stop);

        Assert.That(await client.IsOverSoonAsync());
    }

    [Test]
    public async Task A_client_that_never_reads_is_cut_off_when_its_time_is_over([Values] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire, static options => options.WebSockets.MaxOutboxBytes = 16 * 1024 * 1024);
        using RawClient client = await host.JoinAsync();
        foreach (SignalingSession session in host.Server.Default.Sessions)
        {
            for (int i = 0; i < 200; i++)
            {
                host.Server.Default.SendToSession(session.Id, new byte[60_000].Select(static _ => (byte)'1').ToArray());
            }
        }

        Task stop = host.Listener.StopAsync();
        await AdvanceUntilDoneAsync(host, stop);

        Assert.That(host.Server.SessionCount, Is.Zero);
    }

    [Test]
    public async Task Cancelling_the_stop_cuts_off_the_clients_that_are_left()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using RawClient client = await host.JoinAsync();
        using var impatience = new CancellationTokenSource();

        Task stop = host.Listener.StopAsync(impatience.Token);
        Assert.That(await client.ReadCloseAsync(), Is.EqualTo(1001));
        Assert.That(stop.IsCompleted, Is.False);
        await impatience.CancelAsync();

        await stop.Soon();
        Assert.That(await client.IsOverSoonAsync());
    }

    [Test]
    public async Task Handshakes_end_with_the_stop([Values] Wire wire, [Values("", "GET / HT")] string sent)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using RawClient client = await host.ConnectAsync();
        await client.SendAsync(sent);
        await Patience.Until(() => host.Listener.HandshakeCount == 1, "a handshake");

        await host.Listener.StopAsync().Soon();

        Assert.That(host.Listener.HandshakeCount, Is.Zero);
        Assert.That(await client.IsOverSoonAsync());
    }

    [Test]
    public async Task A_client_that_owes_its_hello_is_told_to_go_as_well()
    {
        await using ListenerHost host = await ListenerHost.StartAsync(configure: static options => options.WebSockets.RequireHello = true);
        using RawClient client = await host.ConnectAsync();
        await client.UpgradeAsync();
        await Patience.Until(() => host.Listener.ConnectionCount == 1, "a connection");

        Task stop = host.Listener.StopAsync();

        Assert.That(await client.ReadCloseAsync(), Is.EqualTo(1001));
        client.Dispose();
        await stop.Soon();
    }

    [Test]
    public async Task After_the_stop_nobody_gets_in_and_the_address_is_free([Values] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        EndPoint address = host.Listener.Endpoints[0];
        using RawClient client = await host.JoinAsync();
        client.Dispose();

        await host.Listener.StopAsync().Soon();

        Assert.That(host.Listener.Endpoints, Is.Empty);
        Assert.That(File.Exists(host.UnixPath), Is.False);
        Assert.ThrowsAsync<SocketException>(() => RawClient.ConnectAsync(address));
        await using var next = new SignalingListener(host.Server, new() { Endpoints = { new(address) } });
        await next.StartAsync();
        using RawClient late = await RawClient.ConnectAsync(address);
        await late.UpgradeAsync();
    }

    [Test]
    public async Task Stopping_can_be_asked_for_often_and_by_several_at_once()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using RawClient client = await host.JoinAsync();

        Task all = Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => host.Listener.StopAsync())));
        Assert.That(await client.ReadCloseAsync(), Is.EqualTo(1001));
        client.Dispose();

        await all.Soon();
        await host.Listener.StopAsync().Soon();
        await host.Listener.DisposeAsync();
    }

    [Test]
    public async Task A_listener_that_never_started_can_be_stopped_and_then_not_started()
    {
        await using var host = new ListenerHost();

        await host.Listener.StopAsync().Soon();

        Assert.ThrowsAsync<InvalidOperationException>(() => host.Listener.StartAsync());
    }

    // Timers are set on the way, so the clock moves in steps.
    private static async Task AdvanceUntilDoneAsync(ListenerHost host, Task stop)
    {
        await Patience.Until(
            () =>
            {
                host.Time.Advance(TimeSpan.FromSeconds(1));
                return stop.IsCompleted;
            },
            "the end of the stop");
        await stop;
    }
}
