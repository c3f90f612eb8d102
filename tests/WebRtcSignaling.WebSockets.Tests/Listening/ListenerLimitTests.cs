using System.Net.Sockets;
using System.Security.Cryptography;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>Too many clients, and clients that go away in every way.</summary>
public sealed class ListenerLimitTests
{
    [Test]
    public async Task Clients_beyond_the_most_handshakes_are_closed_at_once_until_one_is_over()
    {
        await using ListenerHost host = await ListenerHost.StartAsync(configure: static options => options.MaxHandshakes = 2);
        using RawClient first = await host.ConnectAsync();
        using RawClient second = await host.ConnectAsync();
        await Patience.Until(() => host.Listener.HandshakeCount == 2, "two handshakes");

        Assert.That(await IsClosedAtOnceAsync(host));
        await first.UpgradeAsync();
        await first.ReadTextAsync();
        using RawClient fourth = await host.JoinAsync();

        Assert.That((host.Listener.HandshakeCount, host.Listener.ConnectionCount), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Requests_beyond_the_most_connections_are_told_to_come_later_until_one_is_over()
    {
        await using ListenerHost host = await ListenerHost.StartAsync(configure: static options => options.MaxConnections = 1);
        using (RawClient first = await host.JoinAsync())
        using (RawClient second = await host.ConnectAsync())
        {
            await second.SendAsync(RawClient.Handshake);
            HttpAnswer answer = await second.ReadAnswerAsync();
            Assert.Multiple(() =>
            {
                Assert.That(answer.Status, Is.EqualTo(503));
                Assert.That(answer.Fields, Does.ContainKey("Retry-After"));
            });
        }

        await host.AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task A_client_that_goes_away_leaves_nothing_behind([Values] Wire wire, [Values("", "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\n", RawClient.Handshake)] string sent, [Values] bool resets)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using RawClient client = await host.ConnectAsync();
        await client.SendAsync(sent);
        await Patience.Until(() => host.Listener.HandshakeCount + host.Listener.ConnectionCount > 0, "a client");

        if (resets)
        {
            client.Reset();
        }
        else
        {
            client.Dispose();
        }

        await host.AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task A_client_that_ends_only_its_sending_still_gets_its_answer()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using RawClient client = await host.ConnectAsync();
        await client.SendAsync(RawClient.Handshake);
        client.EndSending();

        Assert.That((await client.ReadAnswerAsync()).Status, Is.EqualTo(101));
        Assert.That(await client.IsOverSoonAsync());
        await host.AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task A_client_that_ends_its_sending_in_the_middle_of_the_request_is_closed()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using RawClient client = await host.ConnectAsync();
        await client.SendAsync(RawClient.Handshake[..50]);
        client.EndSending();

        Assert.That(await client.IsOverSoonAsync());
        await host.AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task A_thousand_clients_that_connect_and_reset_leave_nothing_behind()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        for (int round = 0; round < 50; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            {
                using RawClient client = await host.ConnectAsync();
                if (i % 4 > 0)
                {
                    await client.SendAsync(i % 4 == 1 ? RawClient.Handshake[..(i * 5)] : RawClient.Handshake);
                }

                if (i % 4 == 3)
                {
                    await client.ReadAnswerAsync();
                    await client.SendAsync(ClientFrames.Text($"{{\"type\":\"room-join\",\"room\":\"r{i % 3}\",\"create\":true}}"));
                }

                client.Reset();
            })).Soon();
        }

        await host.AssertNothingIsLeftAsync();
        Assert.That(host.Server.Default.Rooms, Is.Empty);
    }

    [Test]
    public async Task Noise_in_place_of_a_handshake_leaves_nothing_behind([Values] Wire wire, [Values(1, 100, 20_000)] int length)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        for (int i = 0; i < 10; i++)
        {
            // To a TLS endpoint, too, as it is.
            using RawClient client = await RawClient.ConnectAsync(host.Listener.Endpoints[0]);
            await client.SendAsync(RandomNumberGenerator.GetBytes(length));
            client.EndSending();
            Assert.That(await client.IsOverSoonAsync());
        }

        await host.AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task A_plain_request_to_a_TLS_endpoint_leaves_nothing_behind()
    {
        await using ListenerHost host = await ListenerHost.StartAsync(Wire.Tls);
        using RawClient client = await RawClient.ConnectAsync(host.Listener.Endpoints[0]);
        await client.SendAsync(RawClient.Handshake);

        Assert.That(await client.IsOverSoonAsync());
        await host.AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task Noise_after_the_handshake_closes_only_that_connection([Values] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using RawClient other = await host.JoinAsync();
        for (int i = 0; i < 10; i++)
        {
            using RawClient client = await host.JoinAsync();

            // The first byte has a reserved bit set, so that no noise can be a beginning of something.
            await client.SendAsync([0xC1, .. RandomNumberGenerator.GetBytes(1000)]);
            Assert.That(await client.ReadCloseAsync(), Is.EqualTo(1002));
        }

        await other.SendAsync(ClientFrames.Text("{\"type\":\"ping\",\"id\":1}"));
        Assert.That(await other.ReadTextAsync(), Is.EqualTo("{\"type\":\"pong\",\"id\":1}"));
    }

    [Test]
    public async Task Nothing_that_a_request_says_is_logged()
    {
        using var logs = new LogRecorder();
        await using ListenerHost host = await ListenerHost.StartAsync(loggerFactory: logs);
        foreach (string target in new[] { "/signaling?application=swordfish", "/swordfish", "/signaling?a=swordfish&application=x&application=y" })
        {
            using RawClient client = await host.ConnectAsync();
            await client.SendAsync(RawClient.Handshake.Replace("/signaling", target, StringComparison.Ordinal)
                .Replace("Host:", "Cookie: swordfish\r\nHost:", StringComparison.Ordinal));
            await client.ReadAnswerAsync();
        }

        await host.AssertNothingIsLeftAsync();
        Assert.That(logs.Text, Does.Contain("refused with 404").And.Not.Contain("swordfish"));
    }

    // The reset may come before the client has noticed that it was connected.
    private static async Task<bool> IsClosedAtOnceAsync(ListenerHost host)
    {
        try
        {
            using RawClient client = await host.ConnectAsync();
            return await client.IsOverSoonAsync();
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
