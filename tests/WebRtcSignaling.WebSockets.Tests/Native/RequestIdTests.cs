using System.Text.Json.Nodes;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>The <c>id</c> of a request comes back as it was sent, or is refused.</summary>
public sealed class RequestIdTests
{
    private static readonly string[] _good =
    [
        "1",
        "0",
        "-1",
        "9223372036854775807",
        "-9223372036854775808",
        "\"\"",
        "\"a\"",
        "\"é 😀 \\u00e9 \\ud83d\\ude00 \\\" \\\\ \\/ \\n\\u0000\"",
        $"\"{new string('x', 64)}\"",
        $"\"{string.Concat(Enumerable.Repeat("\\u0041", 64))}\"",
        "\"</script>\"",
    ];

    private static readonly string[] _bad =
    [
        "null",
        "true",
        "false",
        "1.0",
        "1.5",
        "1e3",
        "1E400",
        "9223372036854775808",
        "-9223372036854775809",
        new('9', 5_000),
        "{}",
        "{\"id\":1}",
        "[]",
        "[1]",
        $"\"{new string('x', 65)}\"",
        $"\"{new string('x', 60_000)}\"",
        $"\"{string.Concat(Enumerable.Repeat("\\u0041", 65))}\"",
        "\"\\ud83d\"",
        "\"\\ude00\\ud83d\"",
    ];

    [TestCaseSource(nameof(_good))]
    public async Task An_id_comes_back_byte_for_byte(string id)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();

        await room.Ann.SendAsync($$"""{"type":"ping","id":{{id}}}""");
        Assert.That(await room.Ann.ReceiveAsync(), Is.EqualTo($$"""{"type":"pong","id":{{id}}}"""));

        await room.Ann.SendAsync($$"""{ "id" : {{id}} , "type" : "resource-toggle" , "resource" : "audio" }""");
        Assert.That(await room.Ann.ReceiveAsync(), Does.StartWith("""{"type":"resource-toggled","room":"r","""));
        Assert.That(await room.Ann.ReceiveAsync(), Is.EqualTo($$"""{"type":"ok","id":{{id}}}"""));

        await room.Ann.SendAsync($$"""{"type":"room-leave","id":{{id}},"room":"r"}""");
        Assert.That(await room.Ann.ReceiveAsync(), Does.StartWith($$"""{"type":"room-left","id":{{id}},"room":"r","""));

        await room.Ann.SendAsync($$"""{"type":"room-leave","id":{{id}},"room":"r"}""");
        Assert.That(await room.Ann.ReceiveAsync(), Does.StartWith($$"""{"type":"not-in-room","id":{{id}},"code":"not-in-room","""));
    }

    [TestCaseSource(nameof(_bad))]
    public async Task An_id_of_another_kind_is_refused_without_it_and_the_request_is_not_carried_out(string id)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();

        foreach (string request in (string[])
        [
            $$"""{"type":"room-leave","id":{{id}},"room":"r"}""",
            $$"""{"id":{{id}},"type":"ping"}""",
            $$"""{"type":"nonsense","id":{{id}}}""",
        ])
        {
            JsonObject answer = await room.AnnIsRefusedAsync(request);
            Assert.That(((string?)answer["code"], answer.ContainsKey("id")), Is.EqualTo(("invalid-argument", false)), answer.ToJsonString());
        }

        Assert.That(await room.Ben.CatchUpAsync(), Is.Empty);
    }

    [Test]
    public async Task Without_an_id_success_is_silent_and_a_refusal_is_not()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();

        await room.Ann.SendAsync(room.Fill("""{"type":"signal-send","room":"r","targetId":"$ben","data":1}"""));
        Assert.That(await room.Ann.CatchUpAsync(), Is.Empty);

        await room.Ann.SendAsync("""{"type":"signal-send","room":"r","targetId":"nobody","data":1}""");
        Assert.That(
            await room.Ann.CatchUpAsync(),
            Is.EqualTo((string[])["""{"type":"target-not-found","code":"target-not-found","message":"There is no such client here.","room":"r","targetId":"nobody"}"""]));
    }

    [Test]
    public async Task An_id_that_was_read_before_the_message_broke_is_in_the_refusal()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        JsonObject answer = await room.AnnIsRefusedAsync("""{"id":7,"type":"ping",}""");
        Assert.That(((string?)answer["code"], (int?)answer["id"]), Is.EqualTo(("invalid-message", (int?)7)));
    }
}
