using System.Text.Json.Nodes;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>What is a message at all.</summary>
public sealed class MessageFormTests
{
    private static readonly string[] _unreadable =
    [
        "",
        " ",
        "\t\r\n",
        "\0",
        "null",
        "true",
        "1",
        "\"ping\"",
        "[]",
        "[{\"type\":\"ping\"}]",
        "{",
        "}",
        "{}",
        "{}{}",
        "{\"type\"}",
        "{\"type\":}",
        "{\"type\":\"ping\"",
        "{\"type\":\"ping\"}}",
        "{\"type\":\"ping\"} x",
        "{\"type\":\"ping\"}{\"type\":\"ping\"}",
        "{\"type\":\"ping\"}\0",
        "{\"type\":\"ping\",}",
        "{,\"type\":\"ping\"}",
        "{\"type\":\"ping\" \"id\":1}",
        "{'type':'ping'}",
        "{type:\"ping\"}",
        "{\"type\":\"ping\",\"x\":01}",
        "{\"type\":\"ping\",\"x\":+1}",
        "{\"type\":\"ping\",\"x\":.5}",
        "{\"type\":\"ping\",\"x\":1.}",
        "{\"type\":\"ping\",\"x\":NaN}",
        "{\"type\":\"ping\",\"x\":Infinity}",
        "{\"type\":\"ping\",\"x\":undefined}",
        "{\"type\":\"ping\",\"x\":\"\t\"}",
        "{\"type\":\"ping\",\"x\":\"\\x\"}",
        "{\"type\":\"ping\",\"x\":\"\\u12g4\"}",
        "{\"type\":\"ping\",\"x\":\"open}",
        "{\"type\":\"ping\",\"x\":[1,2}",
        "{\"type\":\"ping\"/**/}",
        "{\"type\":\"ping\"}//",
        "\uFEFF{\"type\":\"ping\"}",
        "{\"id\":1}",
        "{\"type\":null}",
        "{\"Type\":\"ping\"}",
        "{\"type\":\"ping\",\"type\":\"ping\"}",
        "{\"type\":\"ping\",\"typ\\u0065\":\"ping\"}",
        "{\"data\":{\"type\":\"ping\"}}",
    ];

    [TestCaseSource(nameof(_unreadable))]
    public async Task What_is_not_a_JSON_object_with_a_type_is_refused_and_the_connection_stays(string message)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();

        JsonObject answer = await room.Ann.AskAsync(message);

        Assert.That(((string?)answer["type"], (string?)answer["code"]), Is.EqualTo(("error", "invalid-message")), answer.ToJsonString());
        Assert.That(await room.Ann.CatchUpAsync(), Is.Empty);
    }

    [TestCase("7")]
    [TestCase("true")]
    [TestCase("{}")]
    [TestCase("[\"ping\"]")]
    [TestCase("\"\\ud83d\"")]
    public async Task A_type_that_is_no_text_is_refused(string type)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        JsonObject answer = await room.AnnIsRefusedAsync($$"""{"type":{{type}},"id":1}""");
        Assert.That((string?)answer["code"], Is.EqualTo("invalid-argument"));
    }

    [TestCase("dance")]
    [TestCase("")]
    [TestCase("PING")]
    [TestCase("ping ")]
    [TestCase("signal-receive")]
    [TestCase("welcome")]
    [TestCase("client-joined")]
    [TestCase("room-joined")]
    [TestCase("ok")]
    [TestCase("error")]
    [TestCase("\\u0000")]
    [TestCase("\\ud83d\\ude00")]
    public async Task A_type_that_nobody_knows_is_refused_as_that(string type)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        JsonObject answer = await room.AnnIsRefusedAsync($$"""{"type":"{{type}}","id":1,"room":"r","data":1}""");
        Assert.That(((string?)answer["code"], (int?)answer["id"]), Is.EqualTo(("unknown-type", (int?)1)));
        Assert.That(await room.Ben.CatchUpAsync(), Is.Empty);
    }

    [Test]
    public async Task A_type_of_60000_characters_is_refused_as_unknown_and_not_repeated()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        await room.Ann.SendAsync($$"""{"type":"{{new string('x', 60_000)}}"}""");
        string answer = await room.Ann.ReceiveAsync();
        Assert.That(answer, Does.Contain("unknown-type").And.Length.LessThan(200));
    }

    [TestCase("{\"\\u0074ype\":\"ping\",\"id\":1}")]
    [TestCase("{\"\\u0074\\u0079\\u0070\\u0065\":\"\\u0070\\u0069\\u006e\\u0067\",\"\\u0069d\":1}")]
    [TestCase(" \t\r\n{ \"id\" :\t1 , \"type\"\r\n:\"ping\" } \r\n")]
    [TestCase("{\"id\":1,\"x\":{\"type\":\"dance\"},\"type\":\"ping\"}")]
    [TestCase("{\"\\ud83d\":1,\"\\udc00x\":2,\"type\":\"ping\",\"id\":1}")]
    public async Task JSON_may_be_written_in_every_way_that_it_allows(string message)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        await room.Ann.SendAsync(message);
        Assert.That(await room.Ann.ReceiveAsync(), Is.EqualTo("""{"type":"pong","id":1}"""));
    }

    [Test]
    public async Task JSON_may_be_64_deep_and_no_deeper([Values("data", "unknown", "fields")] string member, [Values] bool arrays)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        string request = member == "fields" ? "\"type\":\"field-set\",\"scope\":\"room\",\"room\":\"r\"" :
            "\"type\":\"signal-send\",\"room\":\"r\",\"targetId\":\"$ben\",\"data\":1";
        request = member == "data" ? request.Replace(",\"data\":1", "", StringComparison.Ordinal) : request;
        string Nested(int depth) => member == "fields"
            ? $"{{\"f\":{Deep(depth - 2, arrays)}}}"
            : Deep(depth - 1, arrays);

        JsonObject deep = await room.AnnAsksAsync($$"""{"id":1,{{request}},"{{member}}":{{Nested(64)}}}""");
        Assert.That((string?)deep["type"], Is.EqualTo("ok"));

        foreach (int depth in (int[])[65, 66, 1_000])
        {
            JsonObject tooDeep = await room.AnnAsksAsync($$"""{"id":2,{{request}},"{{member}}":{{Nested(depth)}}}""");
            Assert.That((string?)tooDeep["code"], Is.EqualTo("invalid-message"), $"depth {depth}");
        }
    }

    [Test]
    public async Task A_message_of_nothing_but_open_brackets_is_refused()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        foreach (string message in (string[])[new('[', 65_000), string.Concat(Enumerable.Repeat("{\"a\":", 13_000)), new('"', 65_000), new('\\', 65_000)])
        {
            Assert.That((string?)(await room.AnnIsRefusedAsync(message))["code"], Is.EqualTo("invalid-message"));
        }
    }

    [TestCase("room")]
    [TestCase("targetId")]
    [TestCase("kind")]
    public async Task Half_a_surrogate_pair_by_escape_is_refused(string member)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        foreach (string text in (string[])["\\ud83d", "\\ude00", "x\\ud83dx", "\\ude00\\ud83d", "\\ud83d\\u0041"])
        {
            string request = $$"""{"id":1,"type":"signal-send","{{member}}":"{{text}}","data":1{{(member == "targetId" ? "" : ",\"targetId\":\"$ben\"")}}}""";
            JsonObject answer = await room.AnnAsksAsync(request);
            Assert.That((string?)answer["code"], Is.EqualTo("invalid-argument"), request);
        }
    }

    [Test]
    public async Task A_message_may_come_in_fragments_with_pings_between()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        byte[] whole = System.Text.Encoding.UTF8.GetBytes("""{"type":"ping","id":"é"}""");
        for (int cut = 0; cut <= whole.Length; cut++)
        {
            await room.Ann.SendBytesAsync(ClientFrames.Text(whole[..cut], fin: false));
            await room.Ann.SendBytesAsync(ClientFrames.Ping(1, 2, 3));
            await room.Ann.SendBytesAsync(ClientFrames.Continuation(whole[cut..], fin: true));
            Assert.That(await room.Ann.ReceiveAsync(), Is.EqualTo("""{"type":"pong","id":"é"}"""), $"cut at {cut}");
        }
    }

    [Test]
    public async Task A_message_of_exactly_the_limit_is_taken_and_one_byte_more_closes()
    {
        await using var server = new MemoryServer();
        (WireClient client, _) = await server.ConnectAsync();
        const string Start = """{"type":"ping","id":1,"x":" """;
        string fits = Start + new string('x', 65_536 - Start.Length - 2) + "\"}";

        Assert.That((string?)(await client.AskAsync(fits))["type"], Is.EqualTo("pong"));
        await client.SendAsync(fits + " ");
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(1009));
    }

    private static string Deep(int depth, bool arrays) => arrays
        ? new string('[', depth) + new string(']', depth)
        : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
}
