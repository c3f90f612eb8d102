using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.Compatibility.Tests.PeerJs.Connections;

/// <summary>How a client claims its id, and what it hears when it cannot have it.</summary>
internal sealed class ConnectTests
{
    private const string Missing = """{"type":"ERROR","payload":{"msg":"No id, token, or key supplied to websocket server"}}""";
    private const string InvalidKey = """{"type":"ERROR","payload":{"msg":"Invalid key provided"}}""";
    private const string InvalidId = """{"type":"ERROR","payload":{"msg":"Invalid id provided"}}""";
    private const string Taken = """{"type":"ID-TAKEN","payload":{"msg":"ID is taken"}}""";
    private const string Full = """{"type":"ERROR","payload":{"msg":"Server has reached its concurrent user limit"}}""";

    [Test]
    public async Task A_client_gets_the_id_that_it_claims_and_is_a_session_of_its_key()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient ann = await app.ConnectAsync("ann");
        Assert.That(app.Server.FindApplication("peerjs")!.Sessions.Select(static session => session.Id.Value), Is.EqualTo(new[] { "ann" }));
        await ann.CloseAsync();
        Assert.That(await ann.ReceiveAsync(), Is.EqualTo("close:1000"));
        await Eventually.TrueAsync(() => app.Server.SessionCount == 0, "the session ends with its connection");
    }

    [TestCase("", Missing)]
    [TestCase("?key=peerjs&id=ann", Missing)]
    [TestCase("?key=peerjs&token=t", Missing)]
    [TestCase("?id=ann&token=t", Missing)]
    [TestCase("?key=&id=ann&token=t", Missing)]
    [TestCase("?key=peerjs&id=&token=t", Missing)]
    [TestCase("?key=peerjs&id=ann&token=", Missing)]
    [TestCase("?key=peerjs&id=ann&id=ben&token=t", Missing)]
    [TestCase("?key=peerjs&key=peerjs&id=ann&token=t", Missing)]
    [TestCase("?key=other&id=ann&token=t", InvalidKey)]
    [TestCase("?key=PeerJS&id=ann&token=t", InvalidKey)]
    [TestCase("?key=default&id=ann&token=t", InvalidKey)]
    [TestCase("?key=peerjs&id=a%0Ab&token=t", InvalidId)]
    [TestCase("?key=peerjs&id=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&token=t", InvalidId)]
    public async Task A_query_that_names_nobody_is_answered_with_an_error_and_the_end(string query, string error)
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient client = await app.OpenAsync(query);
        Assert.That(await client.ReceiveAsync(2), Is.EqualTo(new[] { error, "close:1000" }));
        Assert.That(app.Server.SessionCount, Is.Zero);
    }

    [Test]
    public async Task An_id_in_use_with_another_token_is_taken()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient ann = await app.ConnectAsync("ann", "first");
        using SocketClient other = await app.OpenAsync("ann", "second");
        Assert.That(await other.ReceiveAsync(2), Is.EqualTo(new[] { Taken, "close:1000" }));
        using SocketClient ben = await app.ConnectAsync("ben");
        await ben.SendAsync("""{"type":"OFFER","dst":"ann","payload":1}""");
        Assert.That(await ann.ReceiveAsync(), Is.EqualTo("""{"type":"OFFER","src":"ben","dst":"ann","payload":1}"""), "nothing has happened to the first");
    }

    [Test]
    public async Task An_id_in_use_with_the_same_token_goes_to_the_new_connection_without_a_second_OPEN()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient old = await app.ConnectAsync("ann");
        using SocketClient young = await app.OpenAsync("ann", "token");
        Assert.That(await old.ReceiveAsync(), Is.EqualTo("close:4000"));
        using SocketClient ben = await app.ConnectAsync("ben");
        await ben.SendAsync("""{"type":"OFFER","dst":"ann","payload":1}""");
        Assert.That(await young.ReceiveAsync(), Is.EqualTo("""{"type":"OFFER","src":"ben","dst":"ann","payload":1}"""));
        await young.SendAsync("""{"type":"ANSWER","dst":"ben","payload":2}""");
        Assert.That(await ben.ReceiveAsync(), Is.EqualTo("""{"type":"ANSWER","src":"ann","dst":"ben","payload":2}"""));
        Assert.That(app.Server.SessionCount, Is.EqualTo(2));
    }

    [Test]
    public async Task Where_the_setting_says_so_the_new_connection_hears_OPEN()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(static options => options.OpenWhenReclaimed = true);
        using SocketClient old = await app.ConnectAsync("ann");
        using SocketClient young = await app.ConnectAsync("ann");
        Assert.That(await old.ReceiveAsync(), Is.EqualTo("close:4000"));
    }

    [Test]
    public async Task An_id_that_was_given_up_is_free_for_any_token_and_opens_again()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient ann = await app.ConnectAsync("ann", "first");
        await ann.CloseAsync();
        await Eventually.TrueAsync(() => app.Server.SessionCount == 0, "the session ends with its connection");
        using SocketClient other = await app.ConnectAsync("ann", "second");
    }

    [Test]
    public async Task More_clients_than_may_be_hear_that_the_limit_is_reached_and_one_that_comes_back_does_not()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(static options => options.MaxClients = 1);
        using SocketClient ann = await app.ConnectAsync("ann");
        using SocketClient ben = await app.OpenAsync("ben", "token");
        Assert.That(await ben.ReceiveAsync(2), Is.EqualTo(new[] { Full, "close:1000" }));
        using SocketClient again = await app.OpenAsync("ann", "token");
        Assert.That(await ann.ReceiveAsync(), Is.EqualTo("close:4000"));
        await again.CloseAsync();
        Assert.That(await again.ReceiveAsync(), Is.EqualTo("close:1000"));
    }

    [Test]
    public async Task The_default_limit_is_that_of_the_original() =>
        Assert.That(await MaxSessionsAsync(), Is.EqualTo(5_000));

    [Test]
    public async Task A_client_that_neither_beats_nor_speaks_for_90_seconds_is_closed()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient ann = await app.ConnectAsync("ann"), ben = await app.ConnectAsync("ben");
        app.Advance(TimeSpan.FromSeconds(60));
        await ben.SendAsync("""{"type":"HEARTBEAT"}""");
        await ben.SendAsync("""{"type":"OFFER","dst":"ann","payload":1}""");
        Assert.That(await ann.ReceiveAsync(), Does.Contain("OFFER"), "what was sent has been read");
        app.Advance(TimeSpan.FromSeconds(29));
        Assert.That(app.Server.SessionCount, Is.EqualTo(2));
        app.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await ann.ReceiveAsync(), Is.EqualTo("close:4004"));
        Assert.That(app.Server.FindApplication("peerjs")!.Sessions.Single().Id.Value, Is.EqualTo("ben"));
        app.Advance(TimeSpan.FromSeconds(60));
        Assert.That(await ben.ReceiveAsync(), Is.EqualTo("close:4004"));
    }

    [Test]
    public async Task A_stopping_server_closes_its_clients_and_lets_nobody_in()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient ann = await app.ConnectAsync("ann");
        app.Server.Stop();
        Assert.That(await ann.ReceiveAsync(), Is.EqualTo("close:1001"));
        Assert.ThrowsAsync<InvalidOperationException>(() => app.OpenAsync("ben", "token"));
    }

    [Test]
    public async Task An_app_that_stops_sends_its_clients_away_in_waves()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(configureHost: options => options.Drain.WaveSize = 1);
        using SocketClient ann = await app.ConnectAsync("ann");
        using SocketClient ben = await app.ConnectAsync("ben");
        int timers = app.Time.ActiveTimers;
        Task stopped = app.StopAsync();
        // Besides the time until the next wave, that of the app's patience runs.
        await Eventually.TrueAsync(() => app.Server.SessionCount == 1 && app.Time.ActiveTimers > timers + 1, "one is left");
        app.Time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.That(await Task.WhenAll(ann.ReceiveAsync(), ben.ReceiveAsync()), Is.All.EqualTo("close:1001"));
        await Task.WhenAll(ann.CloseAsync(), ben.CloseAsync());
        await stopped;
    }

    [Test]
    public async Task The_host_sees_its_clients_and_may_put_them_out()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient ann = await app.ConnectAsync("ann");
        app.Server.FindApplication("peerjs")!.FindSession(SessionId.Parse("ann"))!.Close(new(SessionCloseReason.Removed));
        Assert.That(await ann.ReceiveAsync(), Is.EqualTo("close:4001"));
    }

    [Test]
    public async Task Neither_tokens_nor_payloads_are_logged_and_nothing_fails()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        using SocketClient ann = await app.ConnectAsync("ann", "secret-token"), ben = await app.ConnectAsync("ben");
        using SocketClient other = await app.OpenAsync("ann", "secret-guess");
        await other.ReceiveAsync(2);
        using SocketClient again = await app.OpenAsync("ann", "secret-token");
        await again.SendAsync("""{"type":"OFFER","dst":"ben","payload":"secret-payload"}""");
        Assert.That(await ben.ReceiveAsync(), Does.Contain("secret-payload"));
        Assert.ThrowsAsync<InvalidOperationException>(() => app.OpenAsync(
            "?key=peerjs&id=cat&token=secret-token", static request => request.Headers.Origin = "https://stranger.example"));
        Assert.That(app.Log.Lines, Has.Some.Contains("refused with 403"));
        Assert.That(app.Log.Lines, Has.None.Contains("secret"));
        Assert.That(app.Log.Lines, Has.None.StartsWith("Warning").And.None.StartsWith("Error"));
    }

    [Test]
    public async Task The_same_client_at_many_connections_at_once_is_one_session_in_the_end()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        SocketClient[] clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.OpenAsync("ann", "token")));
        Task<string>[] hearing = [.. clients.Select(LastAsync)];
        await Eventually.TrueAsync(() => hearing.Count(static one => one.IsCompleted) == 19, "all but one have given way");
        using SocketClient ben = await app.ConnectAsync("ben");
        await ben.SendAsync("""{"type":"OFFER","dst":"ann","payload":1}""");
        string[] last = await Task.WhenAll(hearing);
        Assert.That(last.Count(static message => message.Contains("OFFER", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(last.Count(static message => message == "close:4000"), Is.EqualTo(19));
        Array.ForEach(clients, static client => client.Dispose());
    }

    private static async Task<string> LastAsync(SocketClient client)
    {
        string message = await client.ReceiveAsync();
        return message.Contains("OPEN", StringComparison.Ordinal) ? await client.ReceiveAsync() : message;
    }

    private static async Task<int?> MaxSessionsAsync()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        return app.Server.FindApplication("peerjs")!.Options.MaxSessions;
    }
}
