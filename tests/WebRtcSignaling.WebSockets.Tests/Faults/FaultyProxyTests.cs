using System.Net;
using System.Net.Sockets;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Faults;
using WebRtcSignaling.WebSockets.Tests.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Faults;

/// <summary>The same faults over TCP.</summary>
public sealed class FaultyProxyTests
{
    private static readonly byte[] _ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Test]
    public async Task Without_a_fault_clients_have_sessions_through_it()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        await using FaultyProxy proxy = FaultyProxy.Start(AddressOf(host));
        using RawClient ann = await RawClient.ConnectAsync(proxy.Endpoint);
        using RawClient ben = await RawClient.ConnectAsync(proxy.Endpoint);
        foreach (RawClient client in (RawClient[])[ann, ben])
        {
            await client.UpgradeAsync();
            Assert.That(await client.ReadTextAsync(), Does.StartWith("{\"type\":\"welcome\""));
        }

        await ann.SendAsync(ClientFrames.Close(1000));
        Assert.That(await ann.ReadCloseAsync(), Is.EqualTo(1000));
        ann.EndSending();
        Assert.That(await ann.ReadEndAsync(), Is.Zero);
        await Patience.Until(() => proxy.Links.Count == 1 && host.Server.SessionCount == 1, "only Ben is there");
        Assert.That(proxy.Accepted, Is.EqualTo(2));
    }

    [Test]
    public async Task A_cut_at_command_resets_both_sides_and_the_next_connection_gets_through()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        await using FaultyProxy proxy = FaultyProxy.Start(AddressOf(host));
        for (int cut = 1; cut <= 5; cut++)
        {
            Task accepted = proxy.WhenAcceptedAsync(cut);
            Assert.That(accepted.IsCompleted, Is.False);
            using RawClient client = await RawClient.ConnectAsync(proxy.Endpoint);
            await accepted.Soon();
            await client.UpgradeAsync();
            await client.ReadTextAsync();
            Assert.That(await proxy.CutAllAsync(), Is.EqualTo(1));
            Assert.That(client.ReadEndAsync, Throws.InstanceOf<IOException>());
            await Patience.Until(() => host.Listener.ConnectionCount == 0 && proxy.Links.Count == 0, "nothing is left");
        }
    }

    [Test]
    public async Task A_cut_in_order_is_an_end_and_no_reset_for_both_sides()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using FaultyProxy proxy = FaultyProxy.Start((IPEndPoint)server.LocalEndpoint);
        using RawClient client = await RawClient.ConnectAsync(proxy.Endpoint);
        using Socket served = await server.AcceptSocketAsync().Soon();
        await client.SendAsync(_ten);
        await Patience.Until(() => served.Available == 10, "the bytes are there");
        Assert.That(proxy.Links, Has.Count.EqualTo(1));
        await proxy.CutAllAsync(Cut.End);
        Assert.That(await client.ReadEndAsync(), Is.Zero);

        // Bytes that are sent into the end vanish without a reset.
        await served.SendAsync(_ten);
        Assert.That(await ReadToEndAsync(served), Is.EqualTo(_ten));
    }

    [TestCase(FaultKind.Reset)]
    [TestCase(FaultKind.End)]
    public async Task A_cut_at_a_byte_lets_exactly_those_before_it_through(FaultKind kind)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using FaultyProxy proxy = FaultyProxy.Start((IPEndPoint)server.LocalEndpoint, _ => LinkFaults.OnTheWayToServer(new Fault(kind, 7)));
        using RawClient client = await RawClient.ConnectAsync(proxy.Endpoint);
        using Socket served = await server.AcceptSocketAsync().Soon();
        await Patience.Until(() => proxy.Links.Count == 1, "the link is there");
        FaultyLink link = proxy.Links.Single();
        await client.SendAsync(_ten);
        await link.Over.Soon();
        Assert.That(link.BytesToServer, Is.EqualTo(7));
        if (kind == FaultKind.Reset)
        {
            Assert.That(async () => await ReadToEndAsync(served), Throws.InstanceOf<SocketException>());
        }
        else
        {
            Assert.That(await ReadToEndAsync(served), Is.EqualTo(_ten[..7]));
        }
    }

    [Test]
    public async Task A_half_open_connection_shows_no_end()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        await using FaultyProxy proxy = FaultyProxy.Start(AddressOf(host));
        using RawClient client = await RawClient.ConnectAsync(proxy.Endpoint);
        await client.UpgradeAsync();
        await client.ReadTextAsync();
        proxy.HalfOpenAll();
        long before = proxy.Links.Single().BytesToServer;
        await client.SendAsync(_ten);
        client.Reset();
        await Patience.Until(() => proxy.Links.Single().BytesToServer == before + 10, "the bytes have vanished");
        Assert.That((host.Listener.ConnectionCount, proxy.Links.Single().IsCut), Is.EqualTo((1, false)));
        await proxy.CutAllAsync();
        await Patience.Until(() => host.Listener.ConnectionCount == 0, "the server has heard of the cut");
    }

    [Test]
    public async Task Delays_run_by_the_clock_that_it_is_given()
    {
        var time = new ManualTimeProvider();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using FaultyProxy proxy = FaultyProxy.Start(
            (IPEndPoint)server.LocalEndpoint, static _ => LinkFaults.OnTheWayToServer(Fault.Delay(0, TimeSpan.FromMinutes(1))), time);
        using RawClient client = await RawClient.ConnectAsync(proxy.Endpoint);
        using Socket served = await server.AcceptSocketAsync().Soon();
        await client.SendAsync(_ten);
        await Patience.Until(() => time.ActiveTimers == 1, "the bytes wait");
        Assert.That(served.Available, Is.Zero);
        time.Advance(TimeSpan.FromMinutes(1));
        await Patience.Until(() => served.Available == 10, "the bytes are there");
    }

    [Test]
    public async Task While_the_network_or_the_server_is_away_connections_are_reset()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using FaultyProxy proxy = FaultyProxy.Start((IPEndPoint)listener.LocalEndpoint);
        proxy.IsAway = true;
        Assert.That(await IsResetAsync(proxy), Is.True);
        proxy.IsAway = false;
        listener.Dispose();
        Assert.That(await IsResetAsync(proxy), Is.True);
        await Patience.Until(() => proxy.Links.Count == 0, "nothing is left");
    }

    [Test]
    public async Task Whatever_its_random_faults_do_a_listener_is_empty_in_the_end()
    {
        var faults = new RandomFaults();
        await faults.TryAsync(async () =>
        {
            await using ListenerHost host = await ListenerHost.StartAsync();
            await using (FaultyProxy proxy = FaultyProxy.Start(AddressOf(host), new RandomFaults(faults.Seed, meanBytes: 300).For, host.Time))
            {
                await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => TryToTalkAsync(proxy)));
            }

            await host.AssertNothingIsLeftAsync();
        });
    }

    private static async Task TryToTalkAsync(FaultyProxy proxy)
    {
        using RawClient client = await RawClient.ConnectAsync(proxy.Endpoint);
        try
        {
            await client.SendAsync(RawClient.Handshake);
            for (int message = 0; message < 10; message++)
            {
                await client.SendAsync(ClientFrames.Text("""{"type":"room-join","room":"tea","create":true}"""));
            }
        }
        catch (IOException)
        {
            // That is what the proxy is for.
        }
    }

    /// <summary>The reset may be so fast that connecting fails already.</summary>
    private static async Task<bool> IsResetAsync(FaultyProxy proxy)
    {
        try
        {
            using RawClient client = await RawClient.ConnectAsync(proxy.Endpoint);
            await client.ReadEndAsync();
            return false;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return true;
        }
    }

    private static IPEndPoint AddressOf(ListenerHost host) => (IPEndPoint)host.Listener.Endpoints[0];

    private static async Task<byte[]> ReadToEndAsync(Socket socket)
    {
        var all = new List<byte>();
        byte[] buffer = new byte[100];
        for (int read; (read = await socket.ReceiveAsync(buffer).Soon()) > 0;)
        {
            all.AddRange(buffer[..read]);
        }

        return [.. all];
    }
}
