using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>Fields as they come over the wire.</summary>
public sealed class FieldTests
{
    [TestCase("{\"a\":1,\"a\":2}", "invalid-message")]
    [TestCase("{\"a\":1,\"a\":null}", "invalid-message")]
    [TestCase("{\"a\":1,\"\\u0061\":1}", "invalid-message")]
    [TestCase("{\"\\ud83d\":1}", "invalid-argument")]
    [TestCase("{\"a\":1,\"\":1}", "invalid-argument")]
    [TestCase("{\"a\\nb\":1}", "invalid-argument")]
    [TestCase("{\"\":null}", "invalid-argument")]
    public async Task Names_that_are_none_or_stand_twice_are_refused_and_nothing_is_set(string fields, string code)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        foreach (string request in (string[])
        [
            $$"""{"type":"field-set","id":1,"scope":"room","room":"r","fields":{{fields}}}""",
            $$"""{"type":"field-set","id":1,"scope":"session","fields":{{fields}},"replace":true}""",
            $$"""{"type":"room-create","id":1,"room":"new","fields":{{fields}}}""",
        ])
        {
            JsonObject answer = await room.AnnAsksAsync(request);
            Assert.That((string?)answer["code"], Is.EqualTo(code), request);
        }

        Assert.That(await room.Ben.CatchUpAsync(), Is.Empty);
        Assert.That(room.Server.Server.Default.FindRoom(RoomId.Parse("new")), Is.Null);
    }

    [Test]
    public async Task A_scope_holds_its_limit_of_bytes_and_not_one_more([Values("room", "member", "session")] string scope)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        string Request(int valueBytes) =>
            $$"""{"type":"field-set","id":1,"scope":"{{scope}}","room":"r","fields":{"é":"{{new string('x', valueBytes - 2)}}"} }""";

        Assert.That((string?)(await room.AnnAsksAsync(Request(4_095)))["code"], Is.EqualTo("limit-exceeded"));
        Assert.That((string?)(await room.AnnAsksAsync(Request(4_094)))["type"], Is.EqualTo("ok"));
        JsonObject more = await room.AnnAsksAsync($$"""{"type":"field-set","id":2,"scope":"{{scope}}","room":"r","fields":{"b":1} }""");
        Assert.That((string?)more["code"], Is.EqualTo("limit-exceeded"));
    }

    [Test]
    public async Task Replace_takes_the_others_away_and_null_takes_one_away()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        async Task<string> SetAsync(string more)
        {
            await room.Ann.SendAsync($$"""{"type":"field-set","scope":"room","room":"r",{{more}}}""");
            JsonObject changed = await room.Ben.ReceiveJsonAsync("fields-changed");
            return changed["fields"]!.ToJsonString();
        }

        Assert.That(await SetAsync("\"fields\":{\"a\":1,\"b\":2}"), Is.EqualTo("""{"a":1,"b":2}"""));
        Assert.That(await SetAsync("\"fields\":{\"a\":null,\"c\":null,\"d\":3}"), Is.EqualTo("""{"b":2,"d":3}"""));
        Assert.That(await SetAsync("\"replace\":true,\"fields\":{\"e\":4}"), Is.EqualTo("""{"e":4}"""));
        Assert.That(await SetAsync("\"replace\":true,\"fields\":{}"), Is.EqualTo("{}"));
    }

    [Test]
    public async Task A_field_that_is_kept_does_not_keep_the_message_that_it_came_in()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        string padding = new(' ', 60_000);

        await room.AnnAsksAsync($$"""{"type":"field-set","id":1,"scope":"room","room":"r","fields":{"a":1,{{padding}}"b":[2]{{padding[..4_000]}} } }""");

        IEnumerable<int> kept = room.Server.Server.Default.FindRoom(RoomId.Parse("r"))!.Fields.Values
            .Select(value => MemoryMarshal.TryGetArray(value, out ArraySegment<byte> array) ? array.Array!.Length : -1);
        Assert.That(kept, Is.EqualTo((int[])[1, 3]));
    }

    [TestCase("""{"type":"field-set","id":1,"scope":"nobody","room":"r","fields":{}}""")]
    [TestCase("""{"type":"field-set","id":1,"room":"r","fields":{}}""")]
    [TestCase("""{"type":"field-set","id":1,"scope":"room","fields":{}}""")]
    [TestCase("""{"type":"field-set","id":1,"scope":"member","fields":{}}""")]
    [TestCase("""{"type":"field-set","id":1,"scope":"room","room":"r"}""")]
    public async Task A_field_set_that_lacks_something_is_refused(string request)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        Assert.That((string?)(await room.AnnAsksAsync(request))["code"], Is.EqualTo("invalid-argument"));
    }

    [Test]
    public async Task Members_may_not_set_fields_of_the_room_nor_of_another()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        JsonObject refused = await room.Ben.AskAsync("""{"type":"field-set","id":1,"scope":"room","room":"r","fields":{"a":1}}""");
        Assert.That((string?)refused["code"], Is.EqualTo("not-permitted"));

        await room.Ben.SendAsync(room.Fill("""{"type":"field-set","scope":"member","room":"r","targetId":"$ann","clientId":"$ann","fields":{"a":1}}"""));
        Assert.That((string?)(await room.Ann.ReceiveJsonAsync())["clientId"], Is.EqualTo(room.BenId), "the sender's own, whatever it names");
    }
}
