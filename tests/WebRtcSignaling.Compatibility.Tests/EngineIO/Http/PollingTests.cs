using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Http;

/// <summary>Polls and POSTs of sessions.</summary>
internal sealed class PollingTests
{
    [Test]
    public async Task Packets_go_both_ways([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await ConnectAsync(app, version);
        Assert.That(await client.PostAsync("""420["echo","hello",{"a":[1]}]"""), Is.EqualTo("ok"));
        Assert.That(await client.PollAsync(), Is.EqualTo(new[] { """42["echoed","hello",{"a":[1]}]""", """430["hello",{"a":[1]}]""" }));
    }

    [Test]
    public async Task Text_beyond_ASCII_goes_both_ways([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await ConnectAsync(app, version);
        await client.PostAsync("""42["echo","é€😀"]""");
        Assert.That(await client.PollAsync(), Is.EqualTo(new[] { """42["echoed","é€😀"]""" }));
    }

    [Test]
    public async Task Text_beyond_ASCII_is_escaped_for_who_cannot_read_bytes()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await app.OpenPollingAsync(3, "&b64=1");
        await client.PostAsync("""42["echo","é😀"]""");
        Assert.That(await client.PollAsync(), Is.EqualTo(new[] { """42["echoed","\u00e9\ud83d\ude00"]""" }));
    }

    [Test]
    public async Task Text_that_a_parser_of_version_1_encoded_twice_arrives_as_it_was_meant()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await app.OpenPollingAsync(3);
        await client.PostAsync("42[\"echo\",\"Ã©\"]");
        Assert.That(await client.PollAsync(), Is.EqualTo(new[] { """42["echoed","é"]""" }));
    }

    [Test]
    public async Task A_POST_of_bytes_is_taken_apart()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await app.OpenPollingAsync(3);
        byte[] packet = [.. """42["echo",1]"""u8];
        using var body = new ByteArrayContent([0, 1, 2, 255, .. packet]);
        body.Headers.ContentType = new("application/octet-stream");
        Assert.That(await client.PostBodyAsync(body), Is.EqualTo("ok"));
        Assert.That(await client.PollAsync(), Is.EqualTo(new[] { """42["echoed",1]""" }));
    }

    [Test]
    public async Task A_poll_waits_until_there_is_something_to_say()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await ConnectAsync(app, 4);
        Task<string[]> poll = client.PollAsync();
        await app.WhenPollIsHeldAsync(client.Sid);
        await client.PostAsync("""42["echo",1]""");
        Assert.That(await poll, Is.EqualTo(new[] { """42["echoed",1]""" }));
    }

    [Test]
    public async Task What_waits_travels_together_and_in_order([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await ConnectAsync(app, version);
        await client.PostAsync([.. Enumerable.Range(0, 100).Select(i => $"42[\"echo\",{i}]")]);
        Assert.That(await client.PollAsync(), Is.EqualTo(Enumerable.Range(0, 100).Select(i => $"42[\"echoed\",{i}]")));
    }

    [Test]
    public async Task A_second_poll_ends_the_session([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await ConnectAsync(app, version);
        await JoinAsync(client);
        Task<string[]> first = client.PollAsync();
        await app.WhenPollIsHeldAsync(client.Sid);
        string second = await client.RefusedPollAsync();
        string[] packets = await first;
        Assert.That(second, Is.EqualTo("400 3"));
        Assert.That(packets, Is.EqualTo(new[] { "1" }));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.ProtocolError));
        Assert.That(await client.RefusedPollAsync(), Is.EqualTo("400 1"));
    }

    [Test]
    public async Task A_second_POST_ends_the_session()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await ConnectAsync(app, 4);
        Task<string> first = client.PostAsync("""42["hold"]""");
        await app.Dialect.Held.Reader.ReadAsync();
        Assert.That(await client.PostAsync("""42["echo"]"""), Is.EqualTo("400 3"));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.ProtocolError));
        app.Dialect.Released.SetResult();
        await first;
        Assert.That(await client.RefusedPollAsync(), Is.EqualTo("400 1"));
    }

    [TestCase(4, "abc")]
    [TestCase(4, "")]
    [TestCase(4, "5")]
    [TestCase(4, "0{}")]
    [TestCase(4, "2")]
    [TestCase(4, "42[\"echo\"]\x1e")]
    [TestCase(3, "abc")]
    [TestCase(3, "2:4")]
    [TestCase(3, "1:3")]
    [TestCase(3, "1:5")]
    public async Task What_is_no_payload_or_no_packet_of_a_client_ends_the_session(int version, string body)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await ConnectAsync(app, version);
        await JoinAsync(client);
        Task<string[]> poll = client.PollAsync();
        await app.WhenPollIsHeldAsync(client.Sid);
        Assert.That(await client.PostBodyAsync(body), Is.EqualTo("400 3"));
        Assert.That(await poll, Is.EqualTo(new[] { "1" }));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.ProtocolError));
        Assert.That(await client.RefusedPollAsync(), Is.EqualTo("400 1"));
        Assert.That(app.Sessions.Count, Is.Zero);
    }

    [Test]
    public async Task What_comes_behind_a_packet_that_ends_the_session_is_passed_over()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await ConnectAsync(app, 4);
        using PollingClient other = await ConnectAsync(app, 4);
        await JoinAsync(other);
        await JoinAsync(client);
        await client.PostAsync("""42["shout",1]""", "1", """42["shout",2]""");
        await app.Dialect.NextEndAsync();
        app.Dialect.Shout("[\"end\"]"u8);
        Assert.That(await other.PollAsync(2), Is.EqualTo(new[] { """42["shouted",1]""", """42["end"]""" }));
    }

    [Test]
    public async Task A_body_that_is_too_large_ends_the_session_whether_it_says_so_or_not([Values] bool saysSo)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(options => options.MaxPayloadBytes = 2_000);
        using PollingClient client = await ConnectAsync(app, 4);
        await JoinAsync(client);
        using var body = new StreamContent(new MemoryStream(new byte[2_001]));
        body.Headers.ContentLength = saysSo ? 2_001 : null;
        Assert.That(await client.PostBodyAsync(body), Is.EqualTo("413 3"));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.ProtocolError));
    }

    [Test]
    public async Task A_body_of_just_the_largest_size_is_taken()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(options => options.MaxPayloadBytes = 2_000);
        using PollingClient client = await ConnectAsync(app, 4);
        string text = new('x', 2_000 - """42["echo",""]""".Length);
        Assert.That(await client.PostAsync($"42[\"echo\",\"{text}\"]"), Is.EqualTo("ok"));
    }

    [Test]
    public async Task A_client_that_cannot_post_because_its_event_takes_long_is_not_taken_for_dead([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await ConnectAsync(app, version);
        Task<string> held = client.PostAsync("""42["hold"]""");
        await app.Dialect.Held.Reader.ReadAsync();
        app.Time.Advance(TimeSpan.FromSeconds(200));
        app.Dialect.Released.SetResult();
        Assert.That(await held, Is.EqualTo("ok"));
        Assert.That(await client.PostAsync("""421["echo"]"""), Is.EqualTo("ok"));
        Assert.That(await client.PollAsync(2), Is.EqualTo(new[] { """42["echoed"]""", "431[]" }));
    }

    [Test]
    public async Task A_client_that_closes_leaves([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await ConnectAsync(app, version);
        await JoinAsync(client);
        Task<string[]> poll = client.PollAsync();
        await app.WhenPollIsHeldAsync(client.Sid);
        Assert.That(await client.PostAsync("1"), Is.EqualTo("ok"));
        Assert.That(await poll, Is.EqualTo(new[] { "6" }));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.Left));
        Assert.That(await client.RefusedPollAsync(), Is.EqualTo("400 1"));
    }

    [Test]
    public async Task A_client_whose_poll_breaks_off_is_gone_at_once()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await ConnectAsync(app, 4);
        await JoinAsync(client);
        using var gone = new CancellationTokenSource();
        Task<string[]> poll = client.PollAsync(gone.Token);
        await app.WhenPollIsHeldAsync(client.Sid);
        await gone.CancelAsync();
        Assert.CatchAsync(() => poll);
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.ConnectionLost));
        Assert.That(await client.RefusedPollAsync(), Is.EqualTo("400 1"));
    }

    [Test]
    public async Task A_client_for_which_too_much_waits_is_put_out()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(options =>
        {
            options.MaxPayloadBytes = 2_000;
            options.MaxBufferedBytes = 4_000;
        });
        using PollingClient slow = await ConnectAsync(app, 4);
        await JoinAsync(slow);
        using PollingClient fast = await ConnectAsync(app, 4);
        await JoinAsync(fast);
        string text = new('x', 1_000);
        for (int i = 0; i < 5; i++)
        {
            await fast.PostAsync($"42[\"shout\",\"{text}\"]");
        }

        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.SlowConsumer));
        Assert.That(await slow.RefusedPollAsync(), Is.EqualTo("400 1"));
        await fast.PostAsync("""42["echo","others go on"]""");
        Assert.That(await fast.PollAsync(1), Is.EqualTo(new[] { """42["echoed","others go on"]""" }));
    }

    private static async Task<PollingClient> ConnectAsync(CompatibilityApp app, int version)
    {
        PollingClient client = await app.OpenPollingAsync(version);
        if (version == 4)
        {
            await client.PostAsync("40");
            await client.PollAsync();
        }

        return client;
    }

    /// <summary>Has the client speak, so that its end is heard of.</summary>
    private static Task<string> JoinAsync(PollingClient client) => client.PostAsync("""42["whoami"]""");
}
