using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Sockets;

/// <summary>Sessions that begin on a WebSocket.</summary>
internal sealed class SocketTests
{
    [Test]
    public async Task Packets_go_both_ways_a_message_each([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await ConnectAsync(app, version);
        await socket.SendAsync("""427["echo","é€😀"]""");
        Assert.That(await socket.ReceiveAsync(2), Is.EqualTo(new[] { """42["echoed","é€😀"]""", """437["é€😀"]""" }));
    }

    [Test]
    public async Task Version_3_is_answered_with_what_its_ping_said()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await ConnectAsync(app, 3);
        await socket.SendAsync("2");
        await socket.SendAsync("2probe");
        Assert.That(await socket.ReceiveAsync(2), Is.EqualTo(new[] { "3", "3probe" }));
    }

    [Test]
    public async Task Version_4_is_pinged_and_lives_as_long_as_it_answers()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await ConnectAsync(app, 4);
        for (int i = 0; i < 3; i++)
        {
            app.Time.Advance(TimeSpan.FromSeconds(25));
            Assert.That(await socket.ReceiveAsync(), Is.EqualTo("2"));
            await socket.SendAsync("3");

            // The answer to this is the sign that the pong has been read.
            await socket.SendAsync("""420["whoami"]""");
            Assert.That(await socket.ReceiveAsync(), Does.StartWith("430"));
        }

        app.Time.Advance(TimeSpan.FromSeconds(45));
        Assert.That(await socket.ReceiveAsync(2), Is.EqualTo(new[] { "2", "close:4004" }));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.HeartbeatTimeout));
    }

    [Test]
    public async Task Version_3_lives_as_long_as_it_pings()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await ConnectAsync(app, 3);
        for (int i = 0; i < 3; i++)
        {
            app.Time.Advance(TimeSpan.FromSeconds(44));
            await socket.SendAsync("2");
            Assert.That(await socket.ReceiveAsync(), Is.EqualTo("3"));
        }

        app.Time.Advance(TimeSpan.FromSeconds(46));
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:4004"));
    }

    [Test]
    public async Task A_client_whose_event_takes_long_is_not_taken_for_dead_and_is_found_when_it_is([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await ConnectAsync(app, version);
        await socket.SendAsync("""42["hold"]""");
        await app.Dialect.Held.Reader.ReadAsync();
        app.Time.Advance(TimeSpan.FromSeconds(200));
        Assert.That(app.Dialect.HasEnd, Is.False);

        await socket.SendAsync("""421["whoami"]""");
        app.Dialect.Released.SetResult();
        Assert.That((await socket.ReceiveUntilAsync("431"))[..^1], Is.All.EqualTo("2"));
        while (!app.Dialect.HasEnd)
        {
            app.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.That((await socket.ReceiveUntilAsync("close"))[^1], Is.EqualTo("close:4004"));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.HeartbeatTimeout));
    }

    [TestCase(3, "abc")]
    [TestCase(3, "")]
    [TestCase(3, "3")]
    [TestCase(3, "5")]
    [TestCase(3, "b")]
    [TestCase(4, "abc")]
    [TestCase(4, "")]
    [TestCase(4, "2")]
    [TestCase(4, "2probe")]
    [TestCase(4, "0{}")]
    [TestCase(4, "b!")]
    public async Task What_is_no_packet_of_a_client_ends_the_session(int version, string packet)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await ConnectAsync(app, version);
        await socket.SendAsync("""420["whoami"]""");
        await socket.ReceiveAsync();
        await socket.SendAsync(packet);
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1002"));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.ProtocolError));
        Assert.That(app.Sessions.Count, Is.Zero);
    }

    [Test]
    public async Task A_client_that_closes_by_a_packet_leaves([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await ConnectAsync(app, version);
        await socket.SendAsync("""420["whoami"]""");
        await socket.ReceiveAsync();
        await socket.SendAsync("1");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1000"));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.Left));
    }

    [Test]
    public async Task A_message_that_is_too_long_ends_the_session()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(static options => options.MaxPayloadBytes = 2_000);
        using SocketClient socket = await ConnectAsync(app, 4);
        await socket.SendAsync("""420["whoami"]""");
        await socket.ReceiveAsync();
        await socket.SendAsync($"42[\"echo\",\"{new string('x', 2_000)}\"]");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1009"));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.ProtocolError));
    }

    [Test]
    public async Task A_client_that_does_not_read_is_put_out()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(static options =>
        {
            options.MaxPayloadBytes = 10_000;
            options.MaxBufferedBytes = 20_000;
        });
        using SocketClient socket = await ConnectAsync(app, 4);
        await socket.SendAsync("""420["whoami"]""");
        await socket.ReceiveAsync();
        byte[] push = [.. "[\""u8, .. Enumerable.Repeat((byte)'x', 9_000), .. "\"]"u8];
        while (!app.Dialect.HasEnd)
        {
            app.Dialect.Shout(push);
            await Task.Yield();
        }

        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.SlowConsumer));
    }

    [Test]
    public async Task A_WebSocket_lost_without_a_word_is_a_leave()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await ConnectAsync(app, 4);
        await socket.SendAsync("""420["whoami"]""");
        await socket.ReceiveAsync();
        socket.Abort();
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.ConnectionLost));
        Assert.That(app.Sessions.Count, Is.Zero);
    }

    internal static async Task<SocketClient> ConnectAsync(CompatibilityApp app, int version)
    {
        SocketClient socket = await app.OpenSocketAsync(version);
        await socket.ReceiveAsync();
        if (version == 4)
        {
            await socket.SendAsync("40");
        }

        Assert.That(await socket.ReceiveAsync(), Does.StartWith("40"));
        return socket;
    }
}
