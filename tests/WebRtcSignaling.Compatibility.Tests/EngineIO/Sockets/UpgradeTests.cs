using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Sockets;

/// <summary>The way of a session from polls to a WebSocket.</summary>
internal sealed class UpgradeTests
{
    [Test]
    public async Task A_session_moves_with_all_that_waits_for_it([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient polls = await ConnectAsync(app, version);
        using SocketClient socket = await app.OpenSocketAsync(version, polls.Sid);
        await socket.SendAsync("2probe");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("3probe"));

        await polls.PostAsync("""42["echo","from the POST"]""");
        await socket.SendAsync("5");
        await socket.SendAsync("""42["echo","from the WebSocket"]""");
        Assert.That(
            await socket.ReceiveAsync(2),
            Is.EqualTo(new[] { """42["echoed","from the POST"]""", """42["echoed","from the WebSocket"]""" }));
    }

    [Test]
    public async Task The_poll_that_is_held_comes_home_when_the_WebSocket_probes([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient polls = await ConnectAsync(app, version);
        Task<string[]> poll = polls.PollAsync();
        await app.WhenPollIsHeldAsync(polls.Sid);
        using SocketClient socket = await app.OpenSocketAsync(version, polls.Sid);
        await socket.SendAsync("2probe");
        Assert.That(await poll, Is.EqualTo(new[] { "6" }));
        Assert.That(await polls.PollAsync(), Is.EqualTo(new[] { "6" }), "and so does a late one");
    }

    [Test]
    public async Task Until_the_upgrade_packets_go_to_polls()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient polls = await ConnectAsync(app, 4);
        using SocketClient socket = await app.OpenSocketAsync(4, polls.Sid);
        await socket.SendAsync("2probe");
        await socket.ReceiveAsync();
        await polls.PostAsync("""42["echo",1]""");
        Assert.That(await polls.PollAsync(), Is.EqualTo(new[] { """42["echoed",1]""" }));
    }

    [Test]
    public async Task After_it_polls_and_POSTs_and_other_WebSockets_are_refused([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient polls = await ConnectAsync(app, version);
        using SocketClient socket = await UpgradeAsync(app, polls, version);
        Assert.That(await polls.RefusedPollAsync(), Is.EqualTo("400 3"));
        Assert.That(await polls.PostAsync("""42["echo",1]"""), Is.EqualTo("400 3"));
        Assert.ThrowsAsync<InvalidOperationException>(() => app.OpenSocketAsync(version, polls.Sid));
        await socket.SendAsync("""42["echo",2]""");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("""42["echoed",2]"""), "the session is not harmed");
    }

    [Test]
    public async Task One_WebSocket_at_a_time_may_try()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient polls = await ConnectAsync(app, 4);
        using SocketClient first = await app.OpenSocketAsync(4, polls.Sid);
        Assert.ThrowsAsync<InvalidOperationException>(() => app.OpenSocketAsync(4, polls.Sid));
        await first.SendAsync("2probe");
        Assert.That(await first.ReceiveAsync(), Is.EqualTo("3probe"));
    }

    [TestCase("4hello")]
    [TestCase("5")]
    [TestCase("2")]
    [TestCase("abc")]
    [TestCase("1")]
    public async Task A_WebSocket_that_begins_with_anything_but_a_probe_is_closed_and_polls_go_on(string first)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient polls = await ConnectAsync(app, 4);
        using SocketClient socket = await app.OpenSocketAsync(4, polls.Sid);
        await socket.SendAsync(first);
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1008"));
        await polls.PostAsync("""42["echo",1]""");
        Assert.That(await polls.PollAsync(), Is.EqualTo(new[] { """42["echoed",1]""" }));
    }

    [Test]
    public async Task A_WebSocket_that_breaks_before_the_upgrade_costs_nothing_and_another_may_try([Values] bool hasProbed)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient polls = await ConnectAsync(app, 4);
        using (SocketClient broken = await app.OpenSocketAsync(4, polls.Sid))
        {
            if (hasProbed)
            {
                await broken.SendAsync("2probe");
                await broken.ReceiveAsync();
            }

            await broken.CloseAsync();
            Assert.That(await broken.ReceiveAsync(), Is.EqualTo("close:1000"));
        }

        using SocketClient socket = await UpgradeAsync(app, polls, 4);
        await socket.SendAsync("""42["echo",1]""");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("""42["echoed",1]"""));
    }

    [Test]
    public async Task An_upgrade_that_takes_too_long_is_given_up_and_polls_go_on()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient polls = await ConnectAsync(app, 4);
        using SocketClient socket = await app.OpenSocketAsync(4, polls.Sid);
        await socket.SendAsync("2probe");
        await socket.ReceiveAsync();
        app.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1008"));
        await polls.PostAsync("""42["echo",1]""");
        Assert.That(await polls.PollAsync(1), Is.EqualTo(new[] { """42["echoed",1]""" }));
    }

    [Test]
    public async Task During_a_POST_the_upgrade_is_refused_since_its_packets_come_first()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient polls = await ConnectAsync(app, 4);
        using SocketClient socket = await app.OpenSocketAsync(4, polls.Sid);
        await socket.SendAsync("2probe");
        await socket.ReceiveAsync();
        Task<string> post = polls.PostAsync("""42["hold"]""", """42["echo",1]""");
        await app.Dialect.Held.Reader.ReadAsync();
        await socket.SendAsync("5");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1008"));
        app.Dialect.Released.SetResult();
        Assert.That(await post, Is.EqualTo("ok"));
        Assert.That(await polls.PollAsync(1), Is.EqualTo(new[] { """42["echoed",1]""" }));
    }

    [Test]
    public async Task A_WebSocket_lost_after_the_upgrade_ends_the_session([Values] bool saysGoodbye)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient polls = await ConnectAsync(app, 4);
        using SocketClient socket = await UpgradeAsync(app, polls, 4);
        await socket.SendAsync("""42["echo",1]""");
        await socket.ReceiveAsync();
        await (saysGoodbye ? socket.CloseAsync() : Task.Run(socket.Abort));
        Assert.That(
            await app.Dialect.NextEndAsync(),
            Is.EqualTo(saysGoodbye ? SessionCloseReason.Left : SessionCloseReason.ConnectionLost));
        Assert.That(await polls.RefusedPollAsync(), Is.EqualTo("400 1"));
    }

    [Test]
    public async Task A_client_that_is_put_out_between_probe_and_upgrade_hears_the_last_words_where_it_listens([Values] bool onSocket)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient polls = await ConnectAsync(app, 4);
        using SocketClient socket = await app.OpenSocketAsync(4, polls.Sid);
        await socket.SendAsync("2probe");
        await socket.ReceiveAsync();
        await polls.PostAsync("""42["bye","Removed"]""");
        if (onSocket)
        {
            await socket.SendAsync("5");
            Assert.That(await socket.ReceiveAsync(3), Is.EqualTo(new[] { """42["last words"]""", "41", "close:4001" }));
        }
        else
        {
            Assert.That(await polls.PollAsync(), Is.EqualTo(new[] { """42["last words"]""", "41" }));
            Assert.That(await polls.PollAsync(), Is.EqualTo(new[] { "1" }));
            Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:4001"));
        }

        Assert.That(await polls.RefusedPollAsync(), Is.EqualTo("400 1"));
    }

    internal static async Task<PollingClient> ConnectAsync(CompatibilityApp app, int version)
    {
        PollingClient client = await app.OpenPollingAsync(version);
        if (version == 4)
        {
            await client.PostAsync("40");
            await client.PollAsync();
        }

        return client;
    }

    private static async Task<SocketClient> UpgradeAsync(CompatibilityApp app, PollingClient polls, int version)
    {
        SocketClient socket = await app.OpenSocketAsync(version, polls.Sid);
        await socket.SendAsync("2probe");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("3probe"));
        await socket.SendAsync("5");

        // An answer to something is the sign that the upgrade has been read.
        await socket.SendAsync("""42["echo"]""");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("""42["echoed"]"""));
        return socket;
    }
}
