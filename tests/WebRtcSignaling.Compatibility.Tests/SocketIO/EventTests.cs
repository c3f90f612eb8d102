using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Sockets;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.SocketIO;

/// <summary>Events, acknowledgements, attachments, and the ways in which a client and its server part.</summary>
internal sealed class EventTests
{
    [TestCase("420[\"echo\"]", "42[\"echoed\"]", "430[]")]
    [TestCase("42456[\"echo\",{},null, [ 1.50 ]]", "42[\"echoed\",{},null,[ 1.50 ]]", "43456[{},null,[ 1.50 ]]")]
    public async Task An_event_is_acknowledged_under_its_number_and_once(string packet, string echo, string acknowledgement)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync(packet);
        await socket.SendAsync("""429["whoami"]""");
        string[] answers = await socket.ReceiveAsync(3);
        Assert.That(answers[..2], Is.EqualTo(new[] { echo, acknowledgement }));
        Assert.That(answers[2], Does.StartWith("439["), "and not a second time");
    }

    [TestCase("42[\"nobody knows this\",1]")]
    [TestCase("427[\"nobody knows this\"]")]
    [TestCase("42[\"disconnect\"]")]
    [TestCase("42[17]")]
    [TestCase("42[\"\\ud800\"]")]
    [TestCase("437[\"an answer that nobody asked for\"]")]
    [TestCase("461-7[{\"_placeholder\":true,\"num\":0}]", "AQID")]
    public async Task What_nobody_knows_is_passed_over_in_silence(string packet, string? attachment = null)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync(packet);
        if (attachment is not null)
        {
            await socket.SendBinaryAsync(Convert.FromBase64String(attachment));
        }

        Assert.That(app.Dialect.Count, Is.Zero);
        await socket.SendAsync("""42["echo",1]""");
        await socket.SendAsync(packet);
        if (attachment is not null)
        {
            await socket.SendBinaryAsync(Convert.FromBase64String(attachment));
        }

        await socket.SendAsync("""42["echo",2]""");
        Assert.That(await socket.ReceiveAsync(2), Is.EqualTo(new[] { """42["echoed",1]""", """42["echoed",2]""" }));
    }

    [TestCase("42")]
    [TestCase("42{}")]
    [TestCase("42[]")]
    [TestCase("42[{}]")]
    [TestCase("42[null]")]
    [TestCase("42\"echo\"")]
    [TestCase("42[\"echo\"")]
    [TestCase("42[\"echo\"]]")]
    [TestCase("42[\"echo\",]")]
    [TestCase("42abc[\"echo\"]")]
    [TestCase("429007199254740992[\"echo\"]")]
    [TestCase("43[]")]
    [TestCase("430{}")]
    [TestCase("430")]
    [TestCase("44\"error\"")]
    [TestCase("41[]")]
    [TestCase("47")]
    [TestCase("4")]
    [TestCase("45[\"echo\"]")]
    [TestCase("4511-[\"echo\"]")]
    public async Task A_malformed_packet_ends_the_session(string packet)
    {
        foreach (int version in new[] { 3, 4 })
        {
            await using CompatibilityApp app = await CompatibilityApp.StartAsync();
            using SocketClient socket = await SocketTests.ConnectAsync(app, version);
            await socket.SendAsync("""42["echo",1]""");
            await socket.ReceiveAsync();
            await socket.SendAsync(packet);
            Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1002"));
            Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.ProtocolError));
        }
    }

    [Test]
    public async Task JSON_that_is_nested_too_deeply_ends_the_session()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync($"42[\"echo\",{new string('[', 100_000)}");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1002"));
    }

    [Test]
    public async Task A_malformed_packet_in_a_POST_ends_the_session_too([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await UpgradeTests.ConnectAsync(app, version);
        await client.PostAsync("""42["whoami"]""", "42{}", """42["echo","too late"]""");
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.ProtocolError));
        Assert.That(await client.PollAsync(), Is.EqualTo(new[] { "1" }));
        Assert.That(await client.RefusedPollAsync(), Is.EqualTo("400 1"));
    }

    [Test]
    public async Task A_client_that_disconnects_leaves_and_its_connection_ends([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, version);
        await socket.SendAsync("""42["echo",1]""");
        await socket.SendAsync("41");
        Assert.That(await socket.ReceiveAsync(2), Is.EqualTo(new[] { """42["echoed",1]""", "close:1000" }));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.Left));
    }

    [TestCase("Removed", "41", 4001)]
    [TestCase("ProtocolError", null, 1002)]
    [TestCase("Replaced", "41", 4000)]
    [TestCase("ServerStopping", null, 1001)]
    [TestCase("InternalError", null, 1011)]
    public async Task A_client_that_is_put_out_hears_the_last_words_and_whether_to_come_back(string reason, string? farewell, int code)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync($"42[\"bye\",\"{reason}\"]");
        string[] expected = [.. new[] { """42["last words"]""", farewell, $"close:{code}" }.OfType<string>()];
        Assert.That(await socket.ReceiveAsync(expected.Length), Is.EqualTo(expected));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(Enum.Parse<SessionCloseReason>(reason)));
    }

    [Test]
    public async Task A_client_that_polls_and_is_put_out_hears_it_with_its_next_poll([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await UpgradeTests.ConnectAsync(app, version);
        await client.PostAsync("""42["bye","Removed"]""");
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.Removed));
        Assert.That(await client.PostAsync("""42["echo"]"""), Is.EqualTo("ok"), "it cannot know yet");
        Assert.That(await client.PollAsync(), Is.EqualTo(new[] { """42["last words"]""", "41" }));
        Assert.That(await client.PollAsync(), Is.EqualTo(new[] { "1" }), "a client of version 4 would hear it before the rest of a payload");
        Assert.That(await client.RefusedPollAsync(), Is.EqualTo("400 1"));
    }

    [Test]
    public async Task A_client_that_is_put_out_and_never_polls_again_is_forgotten()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await UpgradeTests.ConnectAsync(app, 4);
        await client.PostAsync("""42["bye","Removed"]""");
        app.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(app.Sessions.Count, Is.Zero);
        Assert.That(await client.RefusedPollAsync(), Is.EqualTo("400 1"));
    }

    [Test]
    public async Task What_fails_in_a_dialect_ends_only_that_session_and_tells_nothing()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient other = await SocketTests.ConnectAsync(app, 4);
        await other.SendAsync("""42["echo",1]""");
        await other.ReceiveAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync("""42["fail"]""");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1011"));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.InternalError));
        await other.SendAsync("""42["echo",2]""");
        Assert.That(await other.ReceiveAsync(), Is.EqualTo("""42["echoed",2]"""));
    }

    [Test]
    public async Task A_client_that_is_gone_while_its_event_is_handled_leaves_at_once()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await UpgradeTests.ConnectAsync(app, 4);
        Task<string> post = client.PostAsync("""42["hold"]""");
        await app.Dialect.Held.Reader.ReadAsync();
        using var gone = new CancellationTokenSource();
        Task<string[]> poll = client.PollAsync(gone.Token);
        await app.WhenPollIsHeldAsync(client.Sid);
        await gone.CancelAsync();
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.ConnectionLost));
        app.Dialect.Released.SetResult();
        await post;
        Assert.CatchAsync(() => poll);
    }
}
