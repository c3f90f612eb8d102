using System.Text.Json.Nodes;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>Default deny: nothing reaches a peer but through what both share, and the sender is who the server says.</summary>
public sealed class StrangerTests
{
    private static readonly string[] _roomRequests =
    [
        .. RequestShape.All
            .Where(shape => shape.Members.Any(member => member is { Name: "room", IsShown: true }))
            .Where(shape => shape.Type is not ("room-join" or "field-set"))
            .Select(shape => shape.ToJson()),
        """{"type":"field-set","id":"q","scope":"room","room":"r","fields":{"f":1}}""",
        """{"type":"field-set","id":"q","scope":"member","room":"r","fields":{"f":1}}""",
        """{"type":"message-send","id":"q","room":"r","targetId":"$ben","data":1}""",
        """{"type":"message-send","id":"q","room":"r","data":1,"echo":true}""",
    ];

    [Test]
    public async Task Before_joining_and_after_leaving_every_request_about_a_room_is_refused([ValueSource(nameof(_roomRequests))] string request)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        (WireClient cat, _) = await room.Server.ConnectAsync();

        Assert.That((string?)(await cat.AskAsync(room.Fill(request)))["code"], Is.EqualTo("not-in-room"), "before joining");
        await cat.AskAsync("""{"type":"room-join","room":"r"}""");
        await cat.AskAsync("""{"type":"room-leave","room":"r"}""");
        await room.Ann.CatchUpAsync();
        await room.Ben.CatchUpAsync();
        Assert.That((string?)(await cat.AskAsync(room.Fill(request)))["code"], Is.EqualTo("not-in-room"), "after leaving");

        Assert.That(await room.Ann.CatchUpAsync(), Is.Empty);
        Assert.That(await room.Ben.CatchUpAsync(), Is.Empty);
    }

    [Test]
    public async Task Where_direct_signals_wait_the_sender_hears_when_they_expire()
    {
        await using var server = new MemoryServer(new SignalingOptions
        {
            Applications =
            {
                ["default"] = new ApplicationOptions { AllowDirectSignals = true, WaitingSignals = { Timeout = TimeSpan.FromSeconds(5) } },
            },
        });
        (WireClient ann, _) = await server.ConnectAsync();
        Assert.That((string?)(await ann.AskAsync("""{"type":"signal-send","id":1,"targetId":"nobody","data":1}"""))["type"], Is.EqualTo("ok"));
        server.Advance(TimeSpan.FromSeconds(5));
        Assert.That(await ann.ReceiveAsync(), Is.EqualTo("""{"type":"signal-expired","targetId":"nobody"}"""));
    }

    [TestCase("""{"type":"signal-send","id":1,"room":"r","targetId":"$cat","data":1}""", "target-not-found")]
    [TestCase("""{"type":"signal-send","id":1,"room":"other","targetId":"$cat","data":1}""", "not-in-room")]
    [TestCase("""{"type":"signal-send","id":1,"targetId":"$cat","data":1}""", "not-permitted")]
    [TestCase("""{"type":"signal-send","id":1,"room":"r","targetId":"$ann","data":1}""", "target-not-found")]
    [TestCase("""{"type":"signal-send","id":1,"targetId":"$ann","data":1}""", "not-permitted")]
    [TestCase("""{"type":"message-send","id":1,"room":"r","targetId":"$cat","data":1}""", "target-not-found")]
    [TestCase("""{"type":"message-send","id":1,"room":"other","data":1}""", "not-in-room")]
    [TestCase("""{"type":"message-send","id":1,"targetId":"$cat","data":1}""", "not-permitted")]
    [TestCase("""{"type":"message-send","id":1,"targetId":"$ben","data":1}""", "not-permitted")]
    [TestCase("""{"type":"message-send","id":1,"room":"r","targetId":"$ann","data":1}""", "target-not-found")]
    [TestCase("""{"type":"message-send","id":1,"group":"g","data":1}""", "not-in-group")]
    [TestCase("""{"type":"message-send","id":1,"group":"g","room":"r","data":1}""", "invalid-argument")]
    [TestCase("""{"type":"message-send","id":1,"group":"g","targetId":"$ben","data":1}""", "invalid-argument")]
    [TestCase("""{"type":"message-send","id":1,"data":1}""", "invalid-argument")]
    [TestCase("""{"type":"call-start","id":1,"room":"r","targetId":"$cat"}""", "target-not-found")]
    [TestCase("""{"type":"call-start","id":1,"room":"r","targetId":"$ann"}""", "target-not-found")]
    [TestCase("""{"type":"call-start","id":1,"room":"other","targetId":"$cat"}""", "not-in-room")]
    [TestCase("""{"type":"room-kick","id":1,"room":"r","targetId":"$cat"}""", "target-not-found")]
    [TestCase("""{"type":"room-kick","id":1,"room":"other","targetId":"$cat"}""", "not-in-room")]
    [TestCase("""{"type":"role-set","id":1,"room":"r","targetId":"$cat","role":"member"}""", "target-not-found")]
    [TestCase("""{"type":"room-ban","id":1,"room":"r"}""", "invalid-argument")]
    [TestCase("""{"type":"room-ban","id":1,"room":"r","targetId":"$ben","username":"Ben"}""", "invalid-argument")]
    [TestCase("""{"type":"room-unban","id":1,"room":"r"}""", "invalid-argument")]
    [TestCase("""{"type":"room-unban","id":1,"room":"r","targetId":"$ben","username":"Ben"}""", "invalid-argument")]
    public async Task Who_is_addressed_must_be_where_the_request_says(string request, string code)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        (WireClient cat, string catId) = await room.Server.ConnectAsync();
        await cat.AskAsync("""{"type":"room-create","room":"other"}""");

        JsonObject answer = await room.AnnAsksAsync(request.Replace("$cat", catId, StringComparison.Ordinal));

        Assert.That((string?)answer["code"], Is.EqualTo(code));
        Assert.That(await cat.CatchUpAsync(), Is.Empty);
        Assert.That(await room.Ann.CatchUpAsync(), Is.Empty);
        Assert.That(await room.Ben.CatchUpAsync(), Is.Empty);
    }

    [TestCase("""{"type":"signal-send","room":"r","targetId":"$ben","data":1""")]
    [TestCase("""{"type":"message-send","room":"r","data":1""")]
    [TestCase("""{"type":"message-send","room":"r","targetId":"$ben","data":1""")]
    public async Task A_forged_sender_is_passed_over(string request)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();

        await room.Ann.SendAsync(room.Fill(request + ",\"senderId\":\"$ben\",\"clientId\":\"$ben\",\"ownerId\":\"x\"}"));

        JsonObject received = await room.Ben.ReceiveJsonAsync();
        Assert.That((string?)received["senderId"], Is.EqualTo(room.AnnId));
        Assert.That(received.ContainsKey("clientId"), Is.False);
    }

    [Test]
    public async Task A_call_belongs_to_its_two_parties()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        (WireClient cat, _) = await room.Server.ConnectAsync();
        await cat.AskAsync("""{"type":"room-join","room":"r"}""");
        await room.Ann.CatchUpAsync();
        await room.Ben.CatchUpAsync();
        string call = (string)(await room.AnnAsksAsync("""{"type":"call-start","id":1,"room":"r","targetId":"$ben"}"""))["callId"]!;
        await room.Ben.ReceiveJsonAsync("call-started");

        foreach (string request in (string[])["call-accept", "call-reject", "call-hangup", "call-offer", "call-answer", "call-candidate"])
        {
            JsonObject answer = await cat.AskAsync($$"""{"type":"{{request}}","id":1,"callId":"{{call}}","data":1}""");
            Assert.That((string?)answer["code"], Is.EqualTo("call-not-found"), request);
        }

        Assert.That(await room.Ann.CatchUpAsync(), Is.Empty);
        Assert.That(await room.Ben.CatchUpAsync(), Is.Empty);
    }

    [Test]
    public async Task Where_the_application_allows_it_signals_and_messages_go_without_a_room_and_never_to_another_application()
    {
        var options = new SignalingOptions();
        options.Applications["default"] = new ApplicationOptions { AllowDirectSignals = true, AllowDirectMessages = true };
        options.Applications["other"] = new ApplicationOptions { AllowDirectSignals = true, AllowDirectMessages = true };
        await using var server = new MemoryServer(options);
        (WireClient ann, string annId) = await server.ConnectAsync();
        (WireClient ben, string benId) = await server.ConnectAsync();
        (WireClient far, string farId) = await server.ConnectAsync(new ConnectionRequest { Application = "other" });

        foreach (string type in (string[])["signal", "message"])
        {
            await ann.AskAsync($$"""{"type":"{{type}}-send","id":1,"targetId":"{{benId}}","data":[1]}""");
            JsonObject received = await ben.ReceiveJsonAsync();
            Assert.That(((string?)received["type"], (string?)received["senderId"]), Is.EqualTo((type + "-receive", annId)));

            foreach (string nobody in (string[])[farId, annId])
            {
                JsonObject refused = await ann.AskAsync($$"""{"type":"{{type}}-send","id":1,"targetId":"{{nobody}}","data":[1]}""");
                Assert.That((string?)refused["code"], Is.EqualTo("target-not-found"));
            }
        }

        Assert.That(await far.CatchUpAsync(), Is.Empty);
        Assert.That(await ann.CatchUpAsync(), Is.Empty);
    }
}
