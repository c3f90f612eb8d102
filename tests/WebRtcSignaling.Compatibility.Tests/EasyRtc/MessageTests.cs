using System.Text;
using WebRtcSignaling.Compatibility.EasyRtc;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

/// <summary>Application messages: to a client, a room, a group, the host app.</summary>
internal sealed class MessageTests
{
    private const string BadTarget = "Message rejected. Target easyrtcid is invalid, not using same application, or no longer online.";
    private const string BadRoom = "Message rejected. Target room is invalid or not created.";
    private const string BadGroup = "Message rejected. Target group is invalid or not defined.";
    private const string GenFail = "Message rejected. General failure occurred.";

    [TestCase(""","msgData":{"streamName":"default"}""")]
    [TestCase(""","msgData":"" """)]
    [TestCase(""","msgData":null""")]
    [TestCase(""","msgData":[1, 2.50]""")]
    [TestCase("")]
    public async Task To_a_client(string data)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync("one"), b = await world.EnterAsync("two");
        string? reply = await a.MessageAsync($$"""{"msgType":"easyrtc_streamReceived","targetEasyrtcid":"{{b.Id}}","senderEasyrtcid":"forged"{{data}}}""");
        Assert.That(reply, Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(b.Heard(), Is.EqualTo(new[]
        {
            $$"""easyrtcMsg {"msgType":"easyrtc_streamReceived","senderEasyrtcid":"{{a.Id}}","targetEasyrtcid":"{{b.Id}}"{{data.TrimEnd()}}}""",
        }));
        Assert.That(a.Heard(), Is.Empty);
    }

    [Test]
    public async Task To_a_room_but_not_to_oneself()
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        EasyRtcPeer c = await world.EnterAsync("elsewhere");
        Assert.That(await a.MessageAsync("""{"msgType":"chat","targetRoom":"default","msgData":"hi"}"""), Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(b.Heard(), Is.EqualTo(new[] { $$"""easyrtcMsg {"msgType":"chat","senderEasyrtcid":"{{a.Id}}","targetRoom":"default","msgData":"hi"}""" }));
        Assert.That(a.Heard().Concat(c.Heard()), Is.Empty);
    }

    [Test]
    public async Task To_a_group_but_not_to_oneself()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync("one"), b = await world.EnterAsync("two"), c = await world.EnterAsync("three");
        world.Server.Default.AddToGroup(SessionId.Parse(a.Id), "team");
        world.Server.Default.AddToGroup(SessionId.Parse(b.Id), "team");
        Assert.That(await a.MessageAsync("""{"msgType":"chat","targetGroup":"team","msgData":"hi"}"""), Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(b.Heard(), Is.EqualTo(new[] { $$"""easyrtcMsg {"msgType":"chat","senderEasyrtcid":"{{a.Id}}","targetGroup":"team","msgData":"hi"}""" }));
        Assert.That(a.Heard().Concat(c.Heard()), Is.Empty);
        Assert.That(await c.MessageAsync("""{"msgType":"chat","targetGroup":"team"}"""), Is.EqualTo(c.Error("MSG_REJECT_TARGET_GROUP", BadGroup)));
    }

    [Test]
    public async Task A_room_and_a_group_narrow_whom_it_reaches()
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        EasyRtcPeer c = await world.EnterAsync(), d = await world.EnterAsync("elsewhere");
        foreach (EasyRtcPeer peer in new[] { a, b, d })
        {
            world.Server.Default.AddToGroup(SessionId.Parse(peer.Id), "team");
            peer.Heard();
        }

        Assert.That(await a.MessageAsync("""{"msgType":"m","targetRoom":"default","targetGroup":"team"}"""), Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(b.Heard(), Has.Length.EqualTo(1));
        Assert.That(c.Heard().Concat(d.Heard()), Is.Empty);
        Assert.That(await a.MessageAsync($$"""{"msgType":"m","targetEasyrtcid":"{{b.Id}}","targetRoom":"default","targetGroup":"team"}"""), Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(b.Heard(), Is.EqualTo(new[] { $$"""easyrtcMsg {"msgType":"m","senderEasyrtcid":"{{a.Id}}","targetEasyrtcid":"{{b.Id}}","targetRoom":"default"}""" }));
        Assert.That(
            await a.MessageAsync($$"""{"msgType":"m","targetEasyrtcid":"{{d.Id}}","targetRoom":"default"}"""),
            Is.EqualTo(a.Error("MSG_REJECT_TARGET_ROOM", BadRoom)));
        Assert.That(
            await a.MessageAsync($$"""{"msgType":"m","targetEasyrtcid":"{{c.Id}}","targetGroup":"team"}"""),
            Is.EqualTo(a.Error("MSG_REJECT_TARGET_GROUP", BadGroup)));
        Assert.That(await c.MessageAsync("""{"msgType":"m","targetRoom":"default","targetGroup":"team"}"""), Is.EqualTo(c.Error("MSG_REJECT_TARGET_GROUP", BadGroup)));
        Assert.That(await a.MessageAsync("""{"msgType":"m","targetRoom":"elsewhere","targetGroup":"team"}"""), Is.EqualTo(a.Error("MSG_REJECT_TARGET_ROOM", BadRoom)));
    }

    [Test]
    public async Task Whoever_is_not_in_a_room_sends_nothing_there()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync("one"), b = await world.EnterAsync("two");
        Assert.That(await a.MessageAsync("""{"msgType":"m","targetRoom":"two"}"""), Is.EqualTo(a.Error("MSG_REJECT_TARGET_ROOM", BadRoom)));
        Assert.That(await a.MessageAsync("""{"msgType":"m","targetRoom":"nowhere"}"""), Is.EqualTo(a.Error("MSG_REJECT_TARGET_ROOM", BadRoom)));
        Assert.That(b.Heard(), Is.Empty);
    }

    [Test]
    public async Task A_client_that_is_not_there_is_a_general_failure()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        foreach (string more in new[] { "", ""","targetRoom":"default" """, ""","targetGroup":"team" """ })
        {
            Assert.That(await a.MessageAsync($$"""{"msgType":"m","targetEasyrtcid":"nobody"{{more}}}"""), Is.EqualTo(a.Error("MSG_REJECT_GEN_FAIL", GenFail)));
        }
    }

    [Test]
    public async Task Where_direct_contact_is_off_a_room_must_be_shared()
    {
        using var world = new EasyRtcWorld(new EasyRtcOptions { DirectContact = false });
        EasyRtcPeer a = await world.EnterAsync("one"), b = await world.EnterAsync("two"), c = await world.EnterAsync("one");
        Assert.That(await a.MessageAsync($$"""{"msgType":"m","targetEasyrtcid":"{{b.Id}}"}"""), Is.EqualTo(a.Error("MSG_REJECT_GEN_FAIL", GenFail)));
        Assert.That(await a.MessageAsync($$"""{"msgType":"m","targetEasyrtcid":"{{c.Id}}"}"""), Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(c.Heard(), Has.Length.EqualTo(1));
    }

    [TestCase("\"targetEasyrtcid\":null", "MSG_REJECT_TARGET_EASYRTCID", BadTarget)]
    [TestCase("\"targetEasyrtcid\":\"a b\"", "MSG_REJECT_TARGET_EASYRTCID", BadTarget)]
    [TestCase("\"targetEasyrtcid\":\"SELF\"", "MSG_REJECT_TARGET_EASYRTCID", BadTarget)]
    [TestCase("\"targetGroup\":7", "MSG_REJECT_TARGET_GROUP", BadGroup)]
    [TestCase("\"targetGroup\":\"\"", "MSG_REJECT_TARGET_GROUP", BadGroup)]
    [TestCase("\"targetRoom\":{}", "MSG_REJECT_TARGET_ROOM", BadRoom)]
    [TestCase("\"targetRoom\":\"a/b\"", "MSG_REJECT_TARGET_ROOM", BadRoom)]
    public async Task A_target_of_the_wrong_form_is_refused(string target, string code, string text)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        string message = $$"""{"msgType":"m",{{target.Replace("SELF", a.Id, StringComparison.Ordinal)}}}""";
        Assert.That(await a.MessageAsync(message), Is.EqualTo(a.Error(code, text)));
    }

    [TestCase("""{"targetRoom":"default"}""")]
    [TestCase("""{"msgType":null,"targetRoom":"default"}""")]
    [TestCase("""{"msgType":7,"targetRoom":"default"}""")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("\"x\"")]
    public async Task A_message_without_a_type_is_refused(string message)
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        Assert.That(await a.MessageAsync(message), Is.EqualTo(a.Error("MSG_REJECT_BAD_TYPE", "Message rejected. The provided msgType is unsupported.")));
        Assert.That(b.Heard(), Is.Empty);
    }

    [Test]
    public async Task Too_much_data_is_refused()
    {
        using var world = new EasyRtcWorld(server: new SignalingOptions { Sessions = { MaxPayloadBytes = 100 } });
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(
            await a.MessageAsync($$"""{"msgType":"m","targetRoom":"default","msgData":"{{new string('x', 100)}}"}"""),
            Is.EqualTo(a.Error("MSG_REJECT_BAD_SIZE", "Message rejected. Packet size is too large.")));
    }

    [Test]
    public async Task Without_a_target_and_without_a_host_app_that_listens_there_is_silence()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.MessageAsync("""{"msgType":"m","msgData":1}"""), Is.Null);
    }

    [Test]
    public async Task Messages_of_other_systems_and_of_the_host_app_arrive()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        using SignalingSession other = (await world.Server.ConnectAsync(new SessionRequest { Id = SessionId.Parse("native") }, new SessionEventQueue())).Value;
        await other.Rooms.JoinAsync(new JoinRoomRequest { Room = RoomId.Parse("default") });
        a.Heard();
        await other.SendMessageAsync(Signals.MessageDestination.ToRoom(RoomId.Parse("default")), "\"plain\""u8.ToArray());
        world.Server.Default.SendToSession(SessionId.Parse(a.Id), """{"msgType":"news","msgData":{"n":1}}"""u8.ToArray());
        world.Server.Default.SendToRoom(RoomId.Parse("default"), "not json"u8.ToArray());
        Assert.That(a.Heard(), Is.EqualTo(new[]
        {
            """easyrtcMsg {"msgType":"message","senderEasyrtcid":"native","targetRoom":"default","msgData":"plain"}""",
            EasyRtcPeer.Json($"easyrtcMsg {{'msgType':'news','targetEasyrtcid':'{a.Id}','msgData':{{'n':1}}}}"),
        }));
    }

    [Test]
    public async Task Others_get_the_type_and_the_data_in_one_object()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        var heard = new SessionEventQueue();
        using SignalingSession other = (await world.Server.ConnectAsync(new SessionRequest(), heard)).Value;
        await other.Rooms.JoinAsync(new JoinRoomRequest { Room = RoomId.Parse("default") });
        while (heard.TryRead(out _))
        {
        }

        await a.MessageAsync("""{"msgType":"chat","targetRoom":"default","msgData":{"t": "é"}}""");
        Assert.That(heard.TryRead(out Events.SignalingEvent? received), Is.True);
        Assert.That(
            Encoding.UTF8.GetString(((Events.SignalingEvent.MessageReceived)received!).Data.Span),
            Is.EqualTo("""{"msgType":"chat","msgData":{"t": "é"}}"""));
    }
}
