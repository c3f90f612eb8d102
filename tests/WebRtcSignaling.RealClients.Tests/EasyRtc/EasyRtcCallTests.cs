using NUnit.Framework.Interfaces;
using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.RealClients.Tests.EasyRtc;

/// <summary>Two pages with EasyRTC's own client call each other through the ready server.</summary>
internal sealed class EasyRtcCallTests
{
    private static readonly EasyRtcRelease[] Callers = [EasyRtcRelease.Newest, EasyRtcRelease.NewestWithSocketIO2, EasyRtcRelease.Older];
    private static readonly EasyRtcRelease[] All = [.. Callers, EasyRtcRelease.Oldest];

    private readonly List<(string Name, EasyRtcPage Page)> _opened = [];
    private SignalingServerProcess _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await SignalingServerProcess.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    /// <summary>A call that fails can be lost on either side, whichever of them waits in vain.</summary>
    [TearDown]
    public void TellWhatAllPagesSaid()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
        {
            foreach (var (name, page) in _opened) TestContext.Out.WriteLine($"{name} said:\n{page.Said}");
        }

        _opened.Clear();
    }

    [TestCaseSource(nameof(Callers))]
    public async Task Video_flows_until_one_hangs_up_and_a_killed_page_is_gone(EasyRtcRelease release)
    {
        await using var alice = await OpenAsync(release, "video", "alice");
        await using var bob = await OpenAsync(release, "video", "bob");
        await MeetAsync(alice, bob);

        await CallAsync(alice, bob);
        foreach (var page in new[] { alice, bob })
        {
            await page.UntilAsync("seen.streams === 1 && frames() > 5", "the other's picture");
            var before = await page.EvaluateAsync<int>("frames()");
            await page.UntilAsync($"frames() > {before} + 10", "the picture moves");
        }

        await alice.EvaluateAsync<object?>("easyrtc.hangupAll()");
        await bob.UntilAsync("seen.streamsClosed === 1", "the other hung up");

        await bob.KillAsync();
        await alice.UntilAsync("idsIn('default').length === 0", "the other is gone");
        Assert.That(alice.Said, Does.Not.Contain("WebSocket"), "the upgrade");
        Assert.That(alice.HasWebSocket, Is.True);
        Assert.That(await alice.EvaluateAsync<string?>("JSON.stringify(seen.error)"), Is.EqualTo("null"));
    }

    [TestCaseSource(nameof(All))]
    public async Task Data_flows_until_one_hangs_up_and_a_killed_page_is_gone(EasyRtcRelease release)
    {
        await using var alice = await OpenAsync(release, "data", "alice");
        await using var bob = await OpenAsync(release, "data", "bob");
        await MeetAsync(alice, bob);

        await CallAsync(alice, bob);
        await alice.UntilAsync("seen.channels.length === 1", "alice's channel is open");
        await bob.UntilAsync("seen.channels.length === 1", "bob's channel is open");
        await alice.EvaluateAsync<object?>("easyrtc.sendDataP2P(idsIn('default')[0], 'p2p', { text: 'héllo' })");
        await bob.UntilAsync("seen.messages.some((m) => m.type === 'p2p' && m.data.text === 'héllo')", "data over the channel");

        await bob.EvaluateAsync<object?>("easyrtc.hangupAll()");
        await alice.UntilAsync("seen.channelsClosed === 1", "the other hung up");

        await bob.KillAsync();
        await alice.UntilAsync("idsIn('default').length === 0", "the other is gone");
    }

    [TestCaseSource(nameof(Callers))]
    public async Task A_killed_page_in_a_call_ends_it_for_the_other(EasyRtcRelease release)
    {
        await using var alice = await OpenAsync(release, "video", "alice");
        await using var bob = await OpenAsync(release, "video", "bob");
        await MeetAsync(alice, bob);
        await CallAsync(bob, alice);
        await alice.UntilAsync("frames() > 5", "the other's picture");
        await bob.KillAsync();
        await alice.UntilAsync("seen.streamsClosed === 1 && idsIn('default').length === 0", "the call is over");
    }

    [TestCase("delete window.WebSocket;", TestName = "Polls_carry_a_call_where_there_are_no_WebSockets")]
    [TestCase(
        "const Real = WebSocket; window.WebSocket = function (url) { return new Real(url.replace('/socket.io/', '/blocked/')); };",
        TestName = "Polls_carry_a_call_where_WebSockets_are_blocked")]
    public async Task Polls_carry_a_call(string initScript)
    {
        await using var alice = await OpenAsync(EasyRtcRelease.Newest, "video", "alice", initScript);
        await using var bob = await OpenAsync(EasyRtcRelease.Newest, "video", "bob", initScript);
        await MeetAsync(alice, bob);
        await CallAsync(alice, bob);
        await alice.UntilAsync("frames() > 5", "the other's picture");
        await bob.UntilAsync("frames() > 5", "the other's picture");
        await bob.EvaluateAsync<object?>("easyrtc.hangupAll()");
        await alice.UntilAsync("seen.streamsClosed === 1", "the other hung up");
    }

    [TestCaseSource(nameof(All))]
    public async Task Rooms_presence_fields_messages_and_lists_work(EasyRtcRelease release)
    {
        await using var alice = await OpenAsync(release, "data", "alice");
        await using var bob = await OpenAsync(release, "data", "bob");
        await MeetAsync(alice, bob);
        Assert.That(await alice.EvaluateAsync<string>("seen.others.default[0].username"), Is.EqualTo("bob"));

        await bob.EvaluateAsync<object?>("easyrtc.updatePresence('away', 'at lunch')");
        await alice.UntilAsync("seen.others.default[0].presence.show === 'away' && seen.others.default[0].presence.status === 'at lunch'", "presence");
        await bob.EvaluateAsync<object?>("easyrtc.setRoomApiField('default', 'seat', { row: 7 })");
        await alice.UntilAsync("easyrtc.getRoomApiField('default', idsIn('default')[0], 'seat')?.row === 7", "an API field");

        foreach (var page in new[] { alice, bob })
        {
            await page.EvaluateAsync<object?>("easyrtc.joinRoom('red', null, (room) => { seen.joined = room; }, (code) => { seen.error = code; })");
            await page.UntilAsync("seen.joined === 'red' && seen.roomEntries.includes('in red')", "joining");
        }

        await alice.UntilAsync("idsIn('red').length === 1", "the other in the room");
        await alice.EvaluateAsync<object?>("easyrtc.sendDataWS({ targetRoom: 'red' }, 'chat', 'grüezi', (ack) => { seen.ack = ack.msgType; })");
        await bob.UntilAsync("seen.messages.some((m) => m.type === 'chat' && m.data === 'grüezi' && m.targeting.targetRoom === 'red')", "a message to the room");
        await alice.UntilAsync("seen.ack === 'ack'", "its acknowledgement");
        await alice.EvaluateAsync<object?>("easyrtc.getRoomList((list) => { seen.list = list; }, (code) => { seen.error = code; })");
        await alice.UntilAsync("seen.list?.red?.numberClients === 2 && seen.list?.default?.numberClients === 2", "the list of rooms");
        await alice.EvaluateAsync<object?>("easyrtc.getFreshIceConfig((done) => { seen.ice = done; })");
        await alice.UntilAsync("seen.ice === true", "ICE servers");

        await bob.EvaluateAsync<object?>("easyrtc.leaveRoom('red', () => { }, (code) => { seen.error = code; })");
        await bob.UntilAsync("seen.roomEntries.includes('out red')", "leaving");
        await alice.UntilAsync("idsIn('red').length === 0 && idsIn('default').length === 1", "the other has left the room");
        Assert.That(await bob.EvaluateAsync<string?>("JSON.stringify(seen.error)"), Is.EqualTo("null"));
    }

    [TestCaseSource(nameof(Callers))]
    public async Task Authenticating_again_keeps_the_id_the_rooms_and_one_of_everything(EasyRtcRelease release)
    {
        await using var alice = await OpenAsync(release, "data", "alice");
        await using var bob = await OpenAsync(release, "data", "bob");
        await MeetAsync(alice, bob);
        await bob.EvaluateAsync<object?>("easyrtc.setCredential({ secret: 'new' }, () => { seen.again = easyrtc.myEasyrtcid; }, (code) => { seen.error = code; })");
        await bob.UntilAsync("seen.again === seen.id && idsIn('default').length === 1", "the same client again");
        await bob.EvaluateAsync<object?>("easyrtc.sendDataWS(idsIn('default')[0], 'one', null, () => easyrtc.sendDataWS(idsIn('default')[0], 'last', null))");
        await alice.UntilAsync("seen.messages.some((m) => m.type === 'last')", "messages");
        Assert.That(await alice.EvaluateAsync<int>("seen.messages.length"), Is.EqualTo(2), "each once");
        Assert.That(await bob.EvaluateAsync<string?>("JSON.stringify(seen.error)"), Is.EqualTo("null"));
    }

    /// <summary>Opens a page in an application that only this test uses.</summary>
    private async Task<EasyRtcPage> OpenAsync(EasyRtcRelease release, string media, string name, string initScript = "")
    {
        var path = $"/pages/call.html?app={TestContext.CurrentContext.Test.ID}&media={media}&name={name}";
        var page = await EasyRtcPage.OpenAsync(_server.Address, release, path, initScript);
        _opened.Add((name, page));
        return page;
    }

    private static async Task MeetAsync(EasyRtcPage alice, EasyRtcPage bob)
    {
        foreach (var page in new[] { alice, bob })
        {
            await page.UntilAsync("seen.id !== null && idsIn('default').length === 1", "meeting the other");
        }
    }

    private static async Task CallAsync(EasyRtcPage caller, EasyRtcPage called)
    {
        await caller.EvaluateAsync<object?>("callPage(idsIn('default')[0])");
        await called.UntilAsync("seen.accepted !== null", "the call arrives");
    }
}
