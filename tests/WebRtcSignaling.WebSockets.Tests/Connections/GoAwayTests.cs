using System.Text.Json.Nodes;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>What clients hear that are sent away.</summary>
public sealed class GoAwayTests
{
    [Test]
    public async Task Everybody_hears_a_time_of_its_own_behind_all_that_was_sent_before_and_then_the_close()
    {
        await using var server = new MemoryServer();
        var clients = new List<WireClient>();
        for (int i = 0; i < 20; i++)
        {
            clients.Add((await server.ConnectAsync()).Client);
        }

        foreach (SignalingSession session in server.Server.Default.Sessions)
        {
            server.Server.Default.SendToSession(session.Id, "1"u8.ToArray());
        }

        await server.Server.DrainAsync();
        var times = new HashSet<int>();
        foreach (WireClient client in clients)
        {
            await client.ReceiveJsonAsync("message-receive");
            JsonObject goAway = await client.ReceiveJsonAsync();
            Assert.That(goAway.ToJsonString(), Is.EqualTo($"{{\"type\":\"goaway\",\"retryAfter\":{(int?)goAway["retryAfter"]}}}"));
            times.Add((int)goAway["retryAfter"]!);
            WireEvent close = await client.ReceiveCloseAsync();
            Assert.That((close.CloseCode, close.CloseReason), Is.EqualTo(((int?)1001, "the server is going away; try again")));
        }

        Assert.That(times, Is.All.InRange(5_000, 10_000));
        Assert.That(times, Has.Count.GreaterThan(5));
    }

    [Test]
    public async Task Who_has_no_session_yet_stays_until_all_others_have_gone()
    {
        var options = new SignalingOptions { Drain = { WaveSize = 1, WaveInterval = TimeSpan.FromSeconds(1) } };
        await using var server = new MemoryServer(options, new() { RequireHello = true });
        WireClient[] clients = [server.Connect(), server.Connect(), server.Connect()];
        await clients[0].AskAsync("""{"type":"hello","id":1}""");
        await clients[1].AskAsync("""{"type":"hello","id":1}""");
        int timers = server.Time.ActiveTimers;
        Task drained = server.Server.DrainAsync();
        await Eventually.TrueAsync(() => server.Server.SessionCount == 1 && server.Time.ActiveTimers > timers, "the first has gone");
        Assert.That(server.Endpoint.ConnectionCount, Is.GreaterThanOrEqualTo(2));
        server.Advance(TimeSpan.FromSeconds(1));
        await drained;
        server.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await clients[2].ReceiveCloseAsync()).CloseCode, Is.EqualTo(1001));
    }

    [Test]
    public async Task Who_comes_back_while_the_server_is_drained_is_told_to_try_again()
    {
        await using var server = new MemoryServer();
        (WireClient client, Task<ConnectionEnd> served) = server.Connect(new MemoryTransport());
        string token = (string)(await client.ReceiveJsonAsync("welcome"))["resume"]!["token"]!;
        await client.EndAsync();
        await served.WaitAsync(Eventually.Bound);
        server.Server.BeginDrain();
        WireClient back = server.Connect(new ConnectionRequest { AnnouncesHello = true });
        JsonObject answer = await back.AskAsync($$"""{"type":"hello","id":1,"resume":"{{token}}","ack":0}""");
        Assert.That((string?)answer["code"], Is.EqualTo("server-stopping"));
        Assert.That((int?)answer["retryAfter"], Is.InRange(5_000, 10_000));
        Assert.That((await back.ReceiveCloseAsync()).CloseCode, Is.EqualTo(1001));
    }

    [Test]
    public async Task Who_says_hello_while_the_server_is_drained_is_told_to_try_again()
    {
        await using var server = new MemoryServer(webSockets: new() { RequireHello = true });
        WireClient client = server.Connect();
        server.Server.BeginDrain();
        JsonObject answer = await client.AskAsync("""{"type":"hello","id":1}""");
        Assert.That((string?)answer["code"], Is.EqualTo("server-stopping"));
        Assert.That((int?)answer["retryAfter"], Is.InRange(5_000, 10_000));
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(1001));
    }
}
