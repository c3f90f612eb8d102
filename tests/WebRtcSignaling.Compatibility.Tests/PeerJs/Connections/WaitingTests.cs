using System.Diagnostics;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.Tests.PeerJs.Connections;

/// <summary>Messages to clients that are not there.</summary>
internal sealed class WaitingTests
{
    [Test]
    public async Task What_waits_comes_behind_OPEN_in_its_order()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient ann = await app.ConnectAsync("ann");
        await ann.SendAsync("""{"type":"OFFER","dst":"ben","payload":1}""");
        await ann.SendAsync("""{"type":"CANDIDATE","dst":"ben","payload":2}""");
        await ReadByServerAsync(app, ann);
        app.Advance(TimeSpan.FromSeconds(4));
        using SocketClient ben = await app.ConnectAsync("ben");
        Assert.That(await ben.ReceiveAsync(2), Is.EqualTo(new[]
        {
            """{"type":"OFFER","src":"ann","dst":"ben","payload":1}""",
            """{"type":"CANDIDATE","src":"ann","dst":"ben","payload":2}""",
        }));
        app.Advance(TimeSpan.FromSeconds(10));
        await ben.SendAsync("""{"type":"ANSWER","dst":"ann","payload":3}""");
        Assert.That(await ann.ReceiveAsync(), Does.Contain("ANSWER"), "and nothing has expired");
    }

    [Test]
    public async Task What_waits_in_vain_expires_after_5_seconds_once_for_each_absent_client()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient ann = await app.ConnectAsync("ann");
        await ann.SendAsync("""{"type":"OFFER","dst":"ben","payload":1}""");
        await ann.SendAsync("""{"type":"CANDIDATE","dst":"ben","payload":2}""");
        await ann.SendAsync("""{"type":"ANSWER","dst":"cat","payload":3}""");
        await ReadByServerAsync(app, ann);
        app.Advance(TimeSpan.FromSeconds(5));
        Assert.That(await ann.ReceiveAsync(2), Is.EqualTo(new[]
        {
            """{"type":"EXPIRE","src":"ben","dst":"ann"}""",
            """{"type":"EXPIRE","src":"cat","dst":"ann"}""",
        }));
        using SocketClient ben = await app.ConnectAsync("ben");
        await ann.SendAsync("""{"type":"OFFER","dst":"ben","payload":4}""");
        Assert.That(await ben.ReceiveAsync(), Is.EqualTo("""{"type":"OFFER","src":"ann","dst":"ben","payload":4}"""));
    }

    [TestCase("LEAVE")]
    [TestCase("EXPIRE")]
    public async Task What_ends_a_connection_waits_for_nobody(string type)
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient ann = await app.ConnectAsync("ann");
        await ann.SendAsync($$"""{"type":"{{type}}","dst":"ben"}""");
        await ReadByServerAsync(app, ann);
        app.Advance(TimeSpan.FromSeconds(10));
        using SocketClient ben = await app.ConnectAsync("ben");
        await ben.SendAsync("""{"type":"OFFER","dst":"ann","payload":1}""");
        Assert.That(await ann.ReceiveAsync(), Does.Contain("OFFER"));
        await ann.SendAsync("""{"type":"ANSWER","dst":"ben","payload":2}""");
        Assert.That(await ben.ReceiveAsync(), Does.Contain("ANSWER"));
    }

    [TestCase("ann")]
    [TestCase("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_offer_to_oneself_or_to_an_id_that_cannot_be_expires_at_once(string target)
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient ann = await app.ConnectAsync("ann");
        await ann.SendAsync($$"""{"type":"CANDIDATE","dst":"{{target}}","payload":1}""");
        await ann.SendAsync($$"""{"type":"OFFER","dst":"{{target}}","payload":1}""");
        Assert.That(await ann.ReceiveAsync(), Is.EqualTo($$"""{"type":"EXPIRE","src":"{{target}}","dst":"ann"}"""));
    }

    [Test]
    public async Task More_than_may_wait_is_dropped_and_the_offer_among_it_expires_at_once()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(static options => options.MaxWaitingPerTarget = 2);
        using SocketClient ann = await app.ConnectAsync("ann"), cat = await app.ConnectAsync("cat");
        for (int i = 0; i < 3; i++)
        {
            await ann.SendAsync($$"""{"type":"CANDIDATE","dst":"ben","payload":{{i}}}""");
        }

        await ReadByServerAsync(app, ann);
        await cat.SendAsync("""{"type":"OFFER","dst":"ben","payload":1}""");
        Assert.That(await cat.ReceiveAsync(), Is.EqualTo("""{"type":"EXPIRE","src":"ben","dst":"cat"}"""));
        using SocketClient ben = await app.ConnectAsync("ben");
        await ben.SendAsync("""{"type":"OFFER","dst":"ann"}""");
        Assert.That(await ann.ReceiveAsync(), Does.Contain("OFFER"));
        await ann.SendAsync("""{"type":"LEAVE","dst":"ben"}""");
        Assert.That(await ben.ReceiveAsync(3), Is.EqualTo(new[]
        {
            """{"type":"CANDIDATE","src":"ann","dst":"ben","payload":0}""",
            """{"type":"CANDIDATE","src":"ann","dst":"ben","payload":1}""",
            """{"type":"LEAVE","src":"ann","dst":"ben"}""",
        }));
    }

    [Test]
    public async Task A_session_in_process_meets_a_client()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient ann = await app.ConnectAsync("ann");
        using SignalingSession host = (await app.Server.ConnectAsync(
            new() { Application = "peerjs", Id = SessionId.Parse("host") }, new SessionEventQueue())).Value;
        SessionId target = SessionId.Parse("ann");
        await host.SendSignalAsync(null, target, SignalKind.Plain, "0"u8.ToArray());
        await host.SendSignalAsync(null, target, SignalKind.Offer, "1"u8.ToArray());
        await host.SendSignalAsync(null, target, SignalKind.Hangup, default);
        Assert.That(await ann.ReceiveAsync(2), Is.EqualTo(new[]
        {
            """{"type":"OFFER","src":"host","dst":"ann","payload":1}""",
            """{"type":"LEAVE","src":"host","dst":"ann"}""",
        }));
    }

    /// <summary>Completes when all that a client has sent has been dealt with: then a message to somebody who is there has arrived.</summary>
    private static async Task ReadByServerAsync(PeerJsApp app, SocketClient client)
    {
        string witness = $"witness-{Stopwatch.GetTimestamp()}";
        using SocketClient heard = await app.ConnectAsync(witness);
        await client.SendAsync($$"""{"type":"LEAVE","dst":"{{witness}}"}""");
        Assert.That(await heard.ReceiveAsync(), Does.Contain("LEAVE"));
    }
}
