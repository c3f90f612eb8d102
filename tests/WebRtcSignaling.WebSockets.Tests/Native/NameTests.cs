using System.Text.Json.Nodes;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>Names that a client may choose, wherever it may.</summary>
public sealed class NameTests
{
    private static readonly string[] _bad =
    [
        "",
        "\\u0000",
        "a\\u0000b",
        "a\\nb",
        "a\\tb",
        "\\u001f",
        "\\u007f",
        "\\u0085",
        "\\u009f",
        "a\\u2028b",
        "\\u2029",
        new('x', 65),
        new('x', 10_000),
        string.Concat(Enumerable.Repeat("é", 65)),
        string.Concat(Enumerable.Repeat("😀", 33)),
    ];

    private static readonly string[] _good =
    [
        "a",
        " ",
        "é",
        "😀",
        "日本語",
        "<b>&amp;</b>",
        "a\\u0022b\\\\c",
        "\\u0020",
        "\\ud83d\\ude00",
        "\uE000\u200D\u202E",
        new('x', 64),
        string.Concat(Enumerable.Repeat("😀", 32)),
        "__proto__",
        "..\\/..\\/etc",
        "%s%n{0}",
    ];

    private static readonly string[] _places =
    [
        """{"id":1,"type":"room-create","room":"$name"}""",
        """{"id":1,"type":"room-create","name":"$name"}""",
        """{"id":1,"type":"room-join","room":"$name","create":true}""",
        """{"id":1,"type":"room-update","room":"r","name":"$name"}""",
        """{"id":1,"type":"room-ban","room":"r","username":"$name"}""",
        """{"id":1,"type":"group-join","group":"$name"}""",
    ];

    private static readonly string[] _addresses =
    [
        """{"id":1,"type":"room-join","room":"$name"}""",
        """{"id":1,"type":"room-leave","room":"$name"}""",
        """{"id":1,"type":"room-kick","room":"r","targetId":"$name"}""",
        """{"id":1,"type":"signal-send","room":"$name","targetId":"x","data":1}""",
        """{"id":1,"type":"signal-send","room":"r","targetId":"$name","data":1}""",
        """{"id":1,"type":"message-send","room":"$name","data":1}""",
        """{"id":1,"type":"call-hangup","callId":"$name"}""",
    ];

    [Test]
    public async Task A_name_that_is_none_is_refused(
        [ValueSource(nameof(_places))] string place, [ValueSource(nameof(_bad))] string name)
    {
        await using RoomOfTwo room = await RoomWithGroupsAsync();
        JsonObject answer = await room.AnnAsksAsync(place.Replace("$name", name, StringComparison.Ordinal));
        bool takesTheNameAway = name.Length == 0 && place.Contains("room-update", StringComparison.Ordinal);
        Assert.That((string?)answer["code"], Is.EqualTo(takesTheNameAway ? null : "invalid-argument"));
    }

    [Test]
    public async Task A_name_of_any_other_characters_is_taken(
        [ValueSource(nameof(_places))] string place, [ValueSource(nameof(_good))] string name)
    {
        await using RoomOfTwo room = await RoomWithGroupsAsync();
        JsonObject answer = await room.AnnAsksAsync(place.Replace("$name", name, StringComparison.Ordinal));
        Assert.That((string?)answer["code"], Is.Null, answer.ToJsonString());
    }

    [Test]
    public async Task An_address_that_no_name_can_be_is_refused_and_not_repeated(
        [ValueSource(nameof(_addresses))] string place, [ValueSource(nameof(_bad))] string name)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        JsonObject answer = await room.AnnAsksAsync(place.Replace("$name", name, StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer["code"], Is.EqualTo("invalid-argument"));
            Assert.That(answer.ToJsonString(), Has.Length.LessThan(200));
        });
    }

    [TestCaseSource(nameof(_good))]
    public async Task A_room_s_name_is_the_same_however_it_is_written(string name)
    {
        await using var server = new MemoryServer();
        (WireClient ann, string annId) = await server.ConnectAsync();
        (WireClient ben, _) = await server.ConnectAsync();
        string text = (string)JsonNode.Parse($"\"{name}\"")!;
        string escaped = string.Concat(text.Select(letter => $"\\u{(int)letter:X4}"));

        JsonObject created = await ann.AskAsync($$"""{"type":"room-create","room":"{{name}}"}""");
        JsonObject joined = await ben.AskAsync($$"""{"type":"room-join","room":"{{escaped}}"}""");
        await ann.ReceiveJsonAsync("client-joined");
        JsonObject sent = await ben.AskAsync($$"""{"type":"signal-send","id":1,"room":"{{name}}","targetId":"{{annId}}","data":1}""");
        JsonObject received = await ann.ReceiveJsonAsync();

        Assert.Multiple(() =>
        {
            Assert.That((string?)created["room"], Is.EqualTo(text));
            Assert.That((string?)joined["type"], Is.EqualTo("room-joined"));
            Assert.That((string?)joined["room"], Is.EqualTo(text));
            Assert.That((string?)sent["type"], Is.EqualTo("ok"));
            Assert.That((string?)received["room"], Is.EqualTo(text));
        });
    }

    [TestCaseSource(nameof(_bad))]
    public async Task A_username_that_is_none_is_refused(string name)
    {
        await using var server = new MemoryServer();
        (WireClient client, _) = await server.ConnectAsync();
        JsonObject answer = await client.AskAsync($$"""{"type":"hello","id":1,"username":"{{name}}"}""");
        Assert.That((string?)answer["code"], Is.EqualTo("invalid-argument"));
    }

    [TestCaseSource(nameof(_good))]
    public async Task A_username_of_any_other_characters_is_taken(string name)
    {
        await using var server = new MemoryServer();
        (WireClient client, _) = await server.ConnectAsync();
        JsonObject answer = await client.AskAsync($$"""{"type":"hello","id":1,"username":"{{name}}"}""");
        Assert.That((string?)answer["username"], Is.EqualTo((string?)JsonNode.Parse($"\"{name}\"")));
    }

    private static Task<RoomOfTwo> RoomWithGroupsAsync()
    {
        var options = new SignalingOptions();
        options.Applications["default"] = new ApplicationOptions { AllowClientGroups = true };
        return RoomOfTwo.CreateAsync(new MemoryServer(options));
    }
}
