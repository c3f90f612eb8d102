using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.RealClients.Tests.PeerJs;

/// <summary>npm <c>peerjs</c>, unmodified, in Chromium, against the ready server.</summary>
internal sealed class PeerJsTests
{
    private SignalingServerProcess _server;

    [OneTimeSetUp]
    public async Task StartServerAsync() =>
        _server = await SignalingServerProcess.StartAsync(new Dictionary<string, string> { ["Signaling__AllowedOrigins__0"] = PeerPage.Origin });

    [OneTimeTearDown]
    public async Task EndServerAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Two_pages_connect_and_data_flows_both_ways()
    {
        await using PeerPage ann = await PeerPage.LoadAsync(_server.Address);
        string id = await ann.OpenAsync(id: null);
        Assert.That(Guid.TryParse(id, out _), Is.True, id);
        await using PeerPage ben = await PeerPage.OpenAsync(_server.Address, "ben-data");
        await ben.RunAsync($"connect('{id}')");
        await ann.HearsAsync("connected ben-data");
        await ben.HearsAsync($"connected {id}");
        await ben.RunAsync($"send('{id}', {{ text: 'Grüße', numbers: [1, 2.5] }})");
        await ann.HearsAsync("data ben-data {\"text\":\"Grüße\",\"numbers\":[1,2.5]}");
        await ann.RunAsync("send('ben-data', 'back')");
        await ben.HearsAsync($"data {id} \"back\"");
    }

    [Test]
    public async Task A_call_flows_both_ways_until_one_hangs_up()
    {
        await using PeerPage ann = await PeerPage.OpenAsync(_server.Address, "ann-call");
        await using PeerPage ben = await PeerPage.OpenAsync(_server.Address, "ben-call");
        await ann.RunAsync("call('ben-call')");
        await ann.HearsAsync("stream ben-call audio,video");
        await ben.HearsAsync("stream ann-call audio,video");
        await ann.SeesFramesAsync(20);
        await ben.SeesFramesAsync(20);
        await ann.RunAsync("hangUp('ben-call')");
        await ben.HearsAsync("call over ann-call");
        await ann.HearsAsync("call over ben-call");
    }

    [Test]
    public async Task When_one_peer_leaves_the_other_hears_that_it_is_gone()
    {
        await using PeerPage ann = await PeerPage.OpenAsync(_server.Address, "ann-left");
        await using PeerPage ben = await PeerPage.OpenAsync(_server.Address, "ben-left");
        await ben.RunAsync("connect('ann-left')");
        await ann.HearsAsync("connected ben-left");
        await ben.RunAsync("peer.destroy()");
        await ann.HearsAsync("gone ben-left");
    }

    /// <summary>PeerJS says of a peer that stops without a word what the browser says: that the connection's state has changed.</summary>
    [Test]
    public async Task When_one_page_is_killed_the_other_hears_it_and_the_id_is_free()
    {
        await using PeerPage ann = await PeerPage.OpenAsync(_server.Address, "ann-killed");
        await using PeerPage ben = await PeerPage.OpenAsync(_server.Address, "ben-killed");
        await ann.RunAsync("connect('ben-killed')");
        await ann.HearsAsync("connected ben-killed");
        await ben.KillAsync();
        await ann.HearsAsync("ice ben-killed disconnected");
        await using PeerPage next = await PeerPage.OpenAsync(_server.Address, "ben-killed");
        await next.RunAsync("connect('ann-killed')");
        await ann.HearsAsync("connected ben-killed", times: 2);
    }

    [Test]
    public async Task An_id_that_is_taken_is_unavailable()
    {
        await using PeerPage ann = await PeerPage.OpenAsync(_server.Address, "ann-taken");
        await using PeerPage other = await PeerPage.LoadAsync(_server.Address);
        Assert.That(await other.OpenAsync("ann-taken"), Is.EqualTo("error unavailable-id"));
        Assert.That(await ann.HeardAsync(), Is.EqualTo("[\"open\"]"));
    }

    [Test]
    public async Task A_peer_that_reconnects_has_its_id_again_and_can_be_reached()
    {
        await using PeerPage ann = await PeerPage.OpenAsync(_server.Address, "ann-again");
        await using PeerPage ben = await PeerPage.OpenAsync(_server.Address, "ben-again");
        await ann.RunAsync("peer.disconnect()");
        await ann.HearsAsync("disconnected");

        // Until the server has seen the end of the old connection the client would be taken for one that never left, and hear no second OPEN.
        await ann.SocketClosesAsync();
        await ann.RunAsync("peer.reconnect()");
        await ann.HearsAsync("open", times: 2);
        await ben.RunAsync("connect('ann-again')");
        await ben.HearsAsync("connected ann-again");
    }

    [Test]
    public async Task Another_page_with_the_same_token_takes_the_place_of_the_first()
    {
        await using PeerPage old = await PeerPage.LoadAsync(_server.Address);
        Assert.That(await old.OpenAsync("ann-token", token: "secret"), Is.EqualTo("ann-token"));
        await using PeerPage young = await PeerPage.LoadAsync(_server.Address);
        Task<string> opened = young.OpenAsync("ann-token", token: "secret");
        await old.HearsAsync("disconnected");
        Assert.That(await old.HeardAsync(), Does.Contain("error network"));
        Assert.That(opened.IsCompleted, Is.False, "there is no second OPEN");
    }

    [Test]
    public async Task An_unknown_peer_is_unavailable()
    {
        await using PeerPage ann = await PeerPage.OpenAsync(_server.Address, "ann-alone");
        await ann.RunAsync("connect('nobody')");
        await ann.HearsAsync("error peer-unavailable");
        Assert.That(await ann.HeardAsync(), Is.EqualTo("[\"open\",\"error peer-unavailable\"]"));
    }

    [Test]
    public async Task A_peer_that_comes_a_moment_later_is_reached()
    {
        // On a busy machine a page may need longer to connect than an offer waits by default.
        await using SignalingServerProcess server = await SignalingServerProcess.StartAsync(new Dictionary<string, string>
        {
            ["Signaling__AllowedOrigins__0"] = PeerPage.Origin, ["Signaling__PeerJs__ExpireTimeout"] = "00:02:00",
        });
        await using PeerPage ann = await PeerPage.OpenAsync(server.Address, "ann-early");
        await using PeerPage ben = await PeerPage.LoadAsync(server.Address);
        await ann.RunAsync("connect('ben-late')");
        Assert.That(await ben.OpenAsync("ben-late"), Is.EqualTo("ben-late"));
        await ann.HearsAsync("connected ben-late");
        await ben.HearsAsync("connected ann-early");
    }

    [Test]
    public async Task A_key_that_nobody_has_is_refused()
    {
        await using PeerPage ann = await PeerPage.LoadAsync(_server.Address);
        Assert.That(await ann.OpenAsync("ann-key", key: "unknown"), Is.EqualTo("error server-error"));
    }

    [Test]
    public async Task Peers_are_listed_only_where_that_is_allowed()
    {
        await using PeerPage ann = await PeerPage.OpenAsync(_server.Address, "ann-listed");
        Assert.That(await ann.Page.EvaluateAsync<int>($"fetch('{_server.Address}peerjs/peers').then(answer => answer.status)"), Is.EqualTo(401));
        await using SignalingServerProcess open = await SignalingServerProcess.StartAsync(new Dictionary<string, string>
        {
            ["Signaling__AllowedOrigins__0"] = PeerPage.Origin,
            ["Signaling__PeerJs__AllowDiscovery"] = "true",
        });
        await using PeerPage ben = await PeerPage.OpenAsync(open.Address, "ben-listed");
        Assert.That(await ben.Page.EvaluateAsync<string[]>("listPeers()"), Is.EqualTo(new[] { "ben-listed" }));
    }
}
