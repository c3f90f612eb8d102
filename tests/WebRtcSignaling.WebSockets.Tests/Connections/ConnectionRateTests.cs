using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json.Nodes;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Tests.Native;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>What one connection may send over time, whatever it sends.</summary>
public sealed class ConnectionRateTests
{
    private static readonly TimeSpan TestBound = TimeSpan.FromSeconds(30);

    [Test]
    public async Task The_last_message_of_a_burst_passes_the_next_is_refused_by_its_id_and_passes_after_the_time_that_it_was_told()
    {
        await using var server = new MemoryServer(webSockets: new() { Rates = { MessageBurst = 2, MessagesPerSecond = 4 } });
        (WireClient client, _) = await server.ConnectAsync();
        Assert.That((string?)(await client.AskAsync("""{"type":"ping","id":1}"""))["type"], Is.EqualTo("pong"));
        Assert.That((string?)(await client.AskAsync("""{"type":"ping","id":2}"""))["type"], Is.EqualTo("pong"));

        JsonObject refused = await client.AskAsync("""{"type":"ping","id":3}""");
        Assert.That(
            ((string?)refused["type"], (string?)refused["code"], (int)refused["id"]!, (int)refused["retryAfter"]!),
            Is.EqualTo(("error", "rate-limited", 3, 250)));

        server.Time.Advance(TimeSpan.FromMilliseconds(249));
        Assert.That((string?)(await client.AskAsync("""{"type":"ping","id":4}"""))["code"], Is.EqualTo("rate-limited"));
        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That((string?)(await client.AskAsync("""{"type":"ping","id":5}"""))["type"], Is.EqualTo("pong"));
    }

    [Test]
    public async Task Bytes_count_too()
    {
        await using var server = new MemoryServer(
            webSockets: new() { MaxMessageBytes = 1_024, Rates = { ByteBurst = 1_024, BytesPerSecond = 10_240 } });
        (WireClient client, _) = await server.ConnectAsync();
        Assert.That((string?)(await client.AskAsync(Padded(1_024)))["type"], Is.EqualTo("pong"));
        JsonObject refused = await client.AskAsync(Padded(512));
        Assert.That(((string?)refused["code"], (int)refused["retryAfter"]!), Is.EqualTo(("rate-limited", 50)));
        server.Time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.That((string?)(await client.AskAsync(Padded(512)))["type"], Is.EqualTo("pong"));
    }

    [TestCase("not json")]
    [TestCase("""{"type":"dance"}""")]
    [TestCase("[]")]
    public async Task What_makes_no_sense_counts_like_anything_else_and_ends_in_4006(string nonsense)
    {
        await using var server = new MemoryServer(webSockets: new() { Rates = { MessageBurst = 2, MaxRefusals = 2 } });
        (WireClient client, _) = await server.ConnectAsync();
        for (int i = 0; i < 5; i++)
        {
            await client.SendAsync(nonsense);
        }

        List<string?> codes = [];
        for (int i = 0; i < 4; i++)
        {
            codes.Add((string?)(await client.ReceiveJsonAsync())["code"]);
        }

        Assert.That(codes.TakeLast(2), Is.All.EqualTo("rate-limited"));
        Assert.That(codes.Take(2), Has.None.EqualTo("rate-limited"));
        WireEvent close = await client.ReceiveCloseAsync();
        Assert.That((close.CloseCode, close.CloseReason), Is.EqualTo((4006, "too many messages; try again later")));
    }

    [Test]
    public async Task Pings_count_also_where_what_is_spoken_counts_its_messages_itself()
    {
        await using var server = new MemoryServer(webSockets: new() { IsMeteredAbove = true, Rates = { MessageBurst = 3, MaxRefusals = 2 } });
        (WireClient client, _) = await server.ConnectAsync();
        for (int i = 0; i < 10; i++)
        {
            Assert.That((string?)(await client.AskAsync("""{"type":"ping","id":1}"""))["type"], Is.EqualTo("pong"));
        }

        await client.SendBytesAsync(Enumerable.Repeat(ClientFrames.Ping(), 10).SelectMany(static frame => frame).ToArray());
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4006));
    }

    [Test]
    public async Task Pings_count_and_those_beyond_are_not_answered()
    {
        await using var server = new MemoryServer(webSockets: new() { Rates = { MessageBurst = 3, MaxRefusals = 5 } });
        var transport = new MemoryTransport();
        (WireClient client, _) = server.Connect(transport);
        await client.ReceiveJsonAsync("welcome");
        for (int i = 0; i < 9; i++)
        {
            await client.SendBytesAsync(ClientFrames.Ping((byte)i));
        }

        // A Pong is two bytes of a header and the one that came.
        List<byte> received = [];
        while (!received.Contains(0x88))
        {
            ReadResult result = await transport.Client.Input.ReadAsync().AsTask().WaitAsync(TestBound);
            received.AddRange(result.Buffer.ToArray());
            transport.Client.Input.AdvanceTo(result.Buffer.End);
        }

        Assert.That(received[..11], Is.EqualTo(new byte[] { 0x8A, 1, 0, 0x8A, 1, 1, 0x8A, 1, 2, 0x88, received[10] }));
        Assert.That((received[11] << 8) | received[12], Is.EqualTo(4006));
    }

    [Test]
    public async Task A_refused_signal_is_dropped_and_the_session_goes_on()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync(
            new MemoryServer(webSockets: new() { Rates = { MessageBurst = 4, MessagesPerSecond = 1 } }));
        await room.Ann.CatchUpAsync();
        List<string?> answers = [];
        for (int i = 0; i < 6; i++)
        {
            await room.Ann.SendAsync($$"""{"type":"signal-send","id":{{i}},"room":"r","targetId":"{{room.BenId}}","data":{{i}}}""");
            JsonObject answer = await room.Ann.ReceiveJsonAsync();
            answers.Add((string?)answer["code"] ?? (string?)answer["type"]);
        }

        int passed = answers.Count(answer => answer == "ok");
        Assert.That(passed, Is.InRange(1, 3));
        Assert.That(answers.Skip(passed), Is.All.EqualTo("rate-limited"));
        room.Server.Time.Advance(TimeSpan.FromSeconds(1));
        await room.Ann.SendAsync($$"""{"type":"signal-send","room":"r","targetId":"{{room.BenId}}","data":99}""");
        List<int> heard = [];
        do
        {
            heard.Add((int)(await room.Ben.ReceiveJsonAsync("signal-receive"))["data"]!);
        }
        while (heard[^1] != 99);
        Assert.That(heard, Is.EqualTo(Enumerable.Range(0, passed).Append(99)));
    }

    [Test]
    public async Task A_session_that_is_exhausted_closes_its_connection_with_4006()
    {
        await using var server = new MemoryServer(new SignalingOptions { Sessions = { JoinBurst = 1, Rates = { MaxRefusals = 1 } } });
        (WireClient client, string id) = await server.ConnectAsync();
        await client.SendAsync("""{"type":"room-create"}""");
        await client.SendAsync("""{"type":"room-create"}""");
        await client.SendAsync("""{"type":"room-create"}""");
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4006));
        Assert.That(server.Server.Default.FindSession(SessionId.Parse(id)), Is.Null);
    }

    private static string Padded(int length)
    {
        const string Head = """{"type":"ping","x":""";
        return $"{Head}\"{new string('x', length - Head.Length - 3)}\"}}";
    }
}
