using System.Text.Json.Nodes;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>Every member of every request: missing, null, of the wrong type, too much of it, twice, spelled with escapes.</summary>
public sealed class RequestMemberTests
{
    [TestCaseSource(typeof(RequestShape), nameof(RequestShape.All))]
    public async Task A_request_in_its_plain_form_is_understood(RequestShape shape)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        AssertUnderstood(await room.AnnAsksAsync(shape.ToJson()));
    }

    [TestCaseSource(typeof(RequestShape), nameof(RequestShape.All))]
    public async Task A_request_with_members_that_nobody_knows_is_answered_as_without_them(RequestShape shape)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        await using RoomOfTwo other = await RoomOfTwo.CreateAsync();
        const string Extra = ",\"extra\":{\"type\":\"x\",\"id\":[1]},\"Room\":7,\"count\":\"x\",\"\":null,\"extra\":2,\"ééééééééééééééééé\":1";

        JsonObject answer = await room.AnnAsksAsync(shape.ToJson(more: Extra));
        JsonObject plain = await other.AnnAsksAsync(shape.ToJson());

        Assert.Multiple(() =>
        {
            Assert.That((string?)answer["type"], Is.EqualTo((string?)plain["type"]));
            Assert.That((string?)answer["code"], Is.EqualTo((string?)plain["code"]));
        });
    }

    [TestCaseSource(typeof(RequestShape), nameof(RequestShape.Pairs))]
    public async Task A_member_that_is_missing_or_null_is_refused_exactly_where_it_is_required(RequestShape shape, RequestMember member)
    {
        foreach (string request in (string[])[shape.ToJson(without: member.Name), shape.ToJson(member, "null")])
        {
            await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
            JsonObject answer = await room.AnnAsksAsync(request);
            bool isNullJson = member.Kind == MemberKind.Json && request.Contains("null", StringComparison.Ordinal);
            if (member.IsRequired && !isNullJson)
            {
                Assert.That((string?)answer["code"], Is.EqualTo("invalid-argument"), request);
            }
            else if (!member.IsShown)
            {
                AssertUnderstood(answer);
            }
        }
    }

    [TestCaseSource(typeof(RequestShape), nameof(RequestShape.Pairs))]
    public async Task A_member_of_the_wrong_type_is_refused_and_nothing_else_happens(RequestShape shape, RequestMember member)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        foreach (string wrong in member.WrongTypes())
        {
            await AssertRefusedAsync(room, shape.ToJson(member, wrong), "invalid-argument");
        }

        await AssertNothingHappenedAsync(room);
    }

    [TestCaseSource(typeof(RequestShape), nameof(RequestShape.Pairs))]
    public async Task Too_much_of_a_member_is_refused_and_nothing_else_happens(RequestShape shape, RequestMember member)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        foreach (string huge in member.Huge())
        {
            string code = member.Kind == MemberKind.Fields && huge.Length > 1_000 ? "limit-exceeded"
                : shape.Type == "group-leave" ? "not-in-group"
                : shape.Type == "group-join" ? "not-permitted"
                : shape.Type == "room-unban" && member.Name == "username" ? "not-banned"
                : "invalid-argument";
            await AssertRefusedAsync(room, shape.ToJson(member, huge), code);
        }

        await AssertNothingHappenedAsync(room);
    }

    [TestCaseSource(typeof(RequestShape), nameof(RequestShape.Pairs))]
    public async Task A_member_that_stands_twice_is_refused_and_nothing_else_happens(RequestShape shape, RequestMember member)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        string escaped = string.Concat(member.Name.Select(letter => $"\\u{(int)letter:x4}"));
        foreach (string second in (string[])[member.Good, "null", "7"])
        {
            string twice = $",\"{member.Name}\":{member.Good},\"{member.Name}\":{second}";
            await AssertRefusedAsync(room, shape.ToJson(member.Name, twice), "invalid-message");
            string otherwise = $",\"{member.Name}\":{member.Good},\"{escaped}\":{second}";
            await AssertRefusedAsync(room, shape.ToJson(member.Name, otherwise), "invalid-message");
        }

        await AssertNothingHappenedAsync(room);
    }

    [TestCaseSource(typeof(RequestShape), nameof(RequestShape.Pairs))]
    public async Task A_member_whose_name_is_written_with_escapes_is_the_same_member(RequestShape shape, RequestMember member)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        string escaped = $"\\u{(int)member.Name[0]:X4}{member.Name[1..]}";

        if (member.Kind != MemberKind.Json)
        {
            await AssertRefusedAsync(room, shape.ToJson(member.Name, $",\"{escaped}\":{(member.Kind == MemberKind.Integer ? "[]" : "7.5")}"), "invalid-argument");
        }

        AssertUnderstood(await room.AnnAsksAsync(shape.ToJson(member.Name, $",\"{escaped}\":{member.Good}")));
    }

    [Test]
    public void The_table_has_every_request_that_the_protocol_has() => Assert.That(
        RequestShape.All.Select(shape => shape.Type).Append("hello"),
        Is.EquivalentTo(ProtocolDocument.RequestTypes));

    private static async Task AssertRefusedAsync(RoomOfTwo room, string request, string code)
    {
        await room.Ann.SendAsync(room.Fill(request));
        JsonObject answer = await room.Ann.ReceiveJsonAsync();
        string shown = request.Length > 300 ? request[..300] + "..." : request;
        Assert.That(((string?)answer["code"], (string?)answer["id"]), Is.EqualTo((code, "q")), $"{shown}\n{answer.ToJsonString()}");
    }

    private static async Task AssertNothingHappenedAsync(RoomOfTwo room)
    {
        Assert.That(await room.Ann.CatchUpAsync(), Is.Empty);
        Assert.That(await room.Ben.CatchUpAsync(), Is.Empty);
    }

    private static void AssertUnderstood(JsonObject answer) =>
        Assert.That((string?)answer["code"], Is.Not.AnyOf("invalid-message", "invalid-argument", "unknown-type", "internal-error"), answer.ToJsonString());
}
