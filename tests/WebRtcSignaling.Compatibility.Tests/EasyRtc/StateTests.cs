using System.Text;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

/// <summary>Presence, API fields and user configuration.</summary>
internal sealed class StateTests
{
    private const string BadStructure = "Message rejected. The provided structure is improper.";
    private const string BadRoom = "Message rejected. Requested room is invalid or does not exist.";

    [Test]
    public async Task Presence_is_heard_in_every_room_and_answered_for_all()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync("one", "two"), b = await world.EnterAsync("two");
        a.Heard();
        string? reply = await a.CommandAsync("setPresence", """{"setPresence":{"show":"dnd","status":"on stage"}}""");
        Assert.That(reply, Is.EqualTo(EasyRtcPeer.RoomData(
            a.UpdateOf("one", show: "dnd", status: "\"on stage\""), a.UpdateOf("two", show: "dnd", status: "\"on stage\""))));
        Assert.That(b.Heard(), Is.EqualTo(new[] { a.Updated("two", show: "dnd", status: "\"on stage\"") }));
        Assert.That(a.Heard(), Is.Empty);
    }

    [Test]
    public async Task What_is_not_said_of_the_presence_stays()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        await a.CommandAsync("setPresence", """{"setPresence":{"show":"xa"}}""");
        Assert.That(
            await a.CommandAsync("setPresence", """{"setPresence":{"status":""}}"""),
            Is.EqualTo(a.UpdatedSelf("default", show: "xa", status: "\"\"")));
        Assert.That(
            await a.CommandAsync("setPresence", """{"setPresence":{"show":"away"}}"""),
            Is.EqualTo(a.UpdatedSelf("default", show: "away", status: "\"\"")));
    }

    [TestCase("""{}""")]
    [TestCase("""{"setPresence":{}}""")]
    [TestCase("""{"setPresence":[]}""")]
    [TestCase("""{"setPresence":{"show":"CHAT"}}""")]
    [TestCase("""{"setPresence":{"show":""}}""")]
    [TestCase("""{"setPresence":{"show":null}}""")]
    [TestCase("""{"setPresence":{"status":null}}""")]
    [TestCase("""{"setPresence":{"status":7}}""")]
    [TestCase("""{"setPresence":{"status":"a\rb"}}""")]
    [TestCase("""{"setPresence":{"status":"a\u2028b"}}""")]
    [TestCase("""{"setPresence":{"status":"\udc00"}}""")]
    public async Task A_presence_of_the_wrong_form_is_refused(string data)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.CommandAsync("setPresence", data), Is.EqualTo(a.Error("MSG_REJECT_BAD_STRUCTURE", BadStructure)));
        Assert.That(a.Session.Profile.Presence, Is.Null);
    }

    [Test]
    public async Task A_status_has_up_to_255_characters()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        string longest = new('s', 255);
        Assert.That(await a.CommandAsync("setPresence", EasyRtcPeer.Json($"{{'setPresence':{{'status':'{longest}'}}}}")), Does.Contain(longest));
        Assert.That(
            await a.CommandAsync("setPresence", EasyRtcPeer.Json($"{{'setPresence':{{'status':'{longest}s'}}}}")),
            Is.EqualTo(a.Error("MSG_REJECT_BAD_STRUCTURE", BadStructure)));
    }

    [Test]
    public async Task Api_fields_are_heard_in_their_room_and_found_by_newcomers()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync("one", "two"), b = await world.EnterAsync("one", "two");
        a.Heard();
        const string Fields = ""","apiField":{"Media ids-1._":{"fieldName":"Media ids-1._","fieldValue":{"cam":"x", "é":[1]}},"b":{"fieldName":"b","fieldValue":null}}""";
        string? reply = await a.CommandAsync("setRoomApiField", $$$"""{"setRoomApiField":{"roomName":"one","field":{{{Fields[12..]}}}}}""");
        Assert.That(reply, Is.EqualTo(a.UpdatedSelf("one", Fields)));
        Assert.That(b.Heard(), Is.EqualTo(new[] { a.Updated("one", Fields) }));
        EasyRtcPeer c = world.Connect();
        Assert.That(
            await c.AuthenticateAsync($$"""{"apiVersion":"1","roomJoin":{{EasyRtcWorld.Rooms("one", "two")}}}"""),
            Does.Contain(EasyRtcPeer.Joined("one", a.Listed(Fields), b.Listed(), c.Listed()))
                .And.Contain(EasyRtcPeer.Joined("two", a.Listed(), b.Listed(), c.Listed())));
    }

    [TestCase(""","field":{}""")]
    [TestCase("")]
    [TestCase(""","field":{"k":{"fieldName":"k"}}""")]
    public async Task Fields_that_are_not_named_are_gone(string fields)
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        await a.CommandAsync("setRoomApiField", """{"setRoomApiField":{"roomName":"default","field":{"k":{"fieldName":"k","fieldValue":1}}}}""");
        b.Heard();
        string? reply = await a.CommandAsync("setRoomApiField", $$$"""{"setRoomApiField":{"roomName":"default"{{{fields}}} }}""");
        Assert.That(reply, Is.EqualTo(a.UpdatedSelf("default")));
        Assert.That(b.Heard(), Is.EqualTo(new[] { a.Updated("default") }));
    }

    [Test]
    public async Task Presence_is_told_without_api_fields()
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        await a.CommandAsync("setRoomApiField", """{"setRoomApiField":{"roomName":"default","field":{"k":{"fieldName":"k","fieldValue":1}}}}""");
        b.Heard();
        Assert.That(await a.CommandAsync("setPresence", """{"setPresence":{"show":"xa"}}"""), Is.EqualTo(a.UpdatedSelf("default", show: "xa")));
        Assert.That(b.Heard(), Is.EqualTo(new[] { a.Updated("default", show: "xa") }));
    }

    [TestCase("""{"roomName":"elsewhere","field":{}}""", "MSG_REJECT_BAD_ROOM", BadRoom)]
    [TestCase("""{"roomName":"a b","field":{}}""", "MSG_REJECT_BAD_ROOM", BadRoom)]
    [TestCase("""{"roomName":7,"field":{}}""", "MSG_REJECT_BAD_ROOM", BadRoom)]
    [TestCase("""{"field":{}}""", "MSG_REJECT_BAD_ROOM", BadRoom)]
    [TestCase("{}", "MSG_REJECT_BAD_STRUCTURE", BadStructure)]
    [TestCase("null", "MSG_REJECT_BAD_STRUCTURE", BadStructure)]
    [TestCase("""{"roomName":"default","field":null}""", "MSG_REJECT_BAD_STRUCTURE", BadStructure)]
    [TestCase("""{"roomName":"default","field":"x"}""", "MSG_REJECT_BAD_STRUCTURE", BadStructure)]
    [TestCase("""{"roomName":"default","field":{"k":7}}""", "MSG_REJECT_BAD_FIELD", "Message rejected. Problem with field structure or name.")]
    [TestCase("""{"roomName":"default","field":{"k":{"fieldName":"l","fieldValue":1}}}""", "MSG_REJECT_BAD_FIELD", "Message rejected. Problem with field structure or name.")]
    [TestCase("""{"roomName":"default","field":{"k/l":{"fieldName":"k/l","fieldValue":1}}}""", "MSG_REJECT_BAD_FIELD", "Message rejected. Problem with field structure or name.")]
    public async Task Api_fields_of_the_wrong_form_are_refused(string wanted, string code, string text)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.CommandAsync("setRoomApiField", $$"""{"setRoomApiField":{{wanted}}}"""), Is.EqualTo(a.Error(code, text)));
    }

    [Test]
    public async Task Api_fields_have_less_than_4096_characters_of_json()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        const string Around = """{"k":{"fieldName":"k","fieldValue":""}}""";
        string fits = Around.Replace("\"\"", $"\"{new string('x', 4095 - Around.Length)}\"", StringComparison.Ordinal);
        string tooLong = Around.Replace("\"\"", $"\"{new string('x', 4096 - Around.Length)}\"", StringComparison.Ordinal);
        Assert.That((fits.Length, tooLong.Length), Is.EqualTo((4095, 4096)));
        Assert.That(
            await a.CommandAsync("setRoomApiField", $$$"""{"setRoomApiField":{"roomName":"default","field":{{{tooLong}}}}}"""),
            Is.EqualTo(a.Error("MSG_REJECT_BAD_SIZE", "Message rejected. Packet size is too large.")));
        Assert.That(
            await a.CommandAsync("setRoomApiField", $$$"""{"setRoomApiField":{"roomName":"default","field":{{{fits}}}}}"""),
            Does.StartWith("""{"msgType":"roomData","""));
    }

    [Test]
    public async Task User_configuration_is_acknowledged_and_kept_for_the_host_app_alone()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = world.Connect(), b = await world.EnterAsync();
        await a.AuthenticateAsync("""{"apiVersion":"1","setUserCfg":{"userSettings":{"sharingAudio":true,"language":"de","old":1},"p2pList":{"x":{}}}}""");
        b.Heard();
        string? reply = await a.CommandAsync(
            "setUserCfg",
            """{"setUserCfg":{"userSettings":{"language":"fr","old":null},"p2pList":{"y":{"connectTime":5}},"apiField":{"f":{"v": 1}}}}""");
        Assert.Multiple(() =>
        {
            Assert.That(reply, Is.EqualTo(EasyRtcPeer.Ack));
            Assert.That(b.Heard(), Is.Empty);
            Assert.That(Reported(a, "userSettings"), Is.EqualTo("""{"sharingAudio":true,"language":"fr"}"""));
            Assert.That(Reported(a, "p2pList"), Is.EqualTo("""{"y":{"connectTime":5}}"""));
            Assert.That(Reported(a, "apiField"), Is.EqualTo("""{"f":{"v": 1}}"""));
        });
    }

    [TestCase("null", "MSG_REJECT_BAD_DATA")]
    [TestCase("{}", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"setUserCfg":{}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"setUserCfg":null}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"setUserCfg":{"p2pList":{}}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"setUserCfg":{"p2pList":null}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"setUserCfg":{"userSettings":{}}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"setUserCfg":{"userSettings":"x"}}""", "MSG_REJECT_BAD_STRUCTURE")]
    public async Task User_configuration_of_the_wrong_form_is_refused(string data, string code)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(AuthenticationTests.CodeOf(await a.CommandAsync("setUserCfg", data)), Is.EqualTo(code));
    }

    [Test]
    public async Task Too_much_user_configuration_is_refused_and_the_old_one_stays()
    {
        using var world = new EasyRtcWorld(server: new SignalingOptions { Sessions = { MaxReportBytes = 60 } });
        EasyRtcPeer a = await world.EnterAsync();
        await a.CommandAsync("setUserCfg", """{"setUserCfg":{"userSettings":{"a":1}}}""");
        Assert.That(
            await a.CommandAsync("setUserCfg", EasyRtcPeer.Json($"{{'setUserCfg':{{'userSettings':{{'b':'{new string('x', 60)}'}}}}}}")),
            Is.EqualTo(a.Error("MSG_REJECT_BAD_SIZE", "Message rejected. Packet size is too large.")));
        Assert.That(Reported(a, "userSettings"), Is.EqualTo("""{"a":1}"""));
    }

    private static string Reported(EasyRtcPeer peer, string name) => Encoding.UTF8.GetString(peer.Session.Reports.Fields[name].Span);
}
