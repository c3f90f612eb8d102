using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

/// <summary>What no client of EasyRTC sends: it gets an answer or silence, and everybody goes on.</summary>
internal sealed class BadInputTests
{
    private static readonly string[] Types =
    [
        "authenticate", "offer", "answer", "candidate", "reject", "hangup", "getIceConfig", "getRoomList", "roomJoin", "roomLeave", "setPresence",
        "setRoomApiField", "setUserCfg", "stillAlive", "token", "ack", "", "constructor",
    ];

    private static readonly string[] Names =
    [
        "msgType", "msgData", "apiVersion", "applicationName", "username", "credential", "easyrtcsid", "roomJoin", "roomLeave", "setPresence", "show", "status",
        "setRoomApiField", "roomName", "roomParameter", "field", "fieldName", "fieldValue", "setUserCfg", "p2pList", "userSettings", "targetEasyrtcid",
        "targetRoom", "targetGroup", "default", "__proto__", "\\ud800",
    ];

    [TestCase("easyrtcCmd", """{"msgType":"getRoomList"}""")]
    [TestCase("easyrtcCmd", """{"msgType":"getIceConfig"}""")]
    [TestCase("easyrtcCmd", """{"msgType":"stillAlive"}""")]
    [TestCase("easyrtcCmd", "null")]
    [TestCase("easyrtcMsg", """{"msgType":"m","targetRoom":"default"}""")]
    public async Task Before_authentication_there_is_silence(string name, string message)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer member = await world.EnterAsync(), a = world.Connect();
        Assert.That(await a.AskAsync($"""["{name}",{message}]"""), Is.Null);
        Assert.That(a.Wire.Take().Concat(member.Heard()), Is.Empty);
        Assert.That(a.Wire.Closed, Is.Null);
        Assert.That(await a.AuthenticateAsync("""{"apiVersion":"1"}"""), Does.StartWith("""{"msgType":"token","""));
    }

    [TestCase("easyrtcCmd", """{"msgType":"roomLeave","msgData":{"roomLeave":{"default":{"roomName":"default"}}}}""")]
    [TestCase("easyrtcCmd", """{"msgType":"setPresence","msgData":{"setPresence":{"show":"xa"}}}""")]
    [TestCase("easyrtcMsg", """{"msgType":"m","targetRoom":"default"}""")]
    public async Task Without_an_acknowledgement_nothing_is_done(string name, string message)
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        await a.Wire.EmitAsync($"""["{name}",{message}]""");
        Assert.That(a.Heard().Concat(b.Heard()), Is.Empty);
        Assert.That(a.Session.Rooms.Joined, Has.Count.EqualTo(1));
    }

    [TestCase("null")]
    [TestCase("7")]
    [TestCase("\"offer\"")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"msgType":null}""")]
    [TestCase("""{"msgType":7}""")]
    [TestCase("""{"msgType":""}""")]
    [TestCase("""{"msgType":"\ud800"}""")]
    [TestCase("""{"msgType":"Offer"}""")]
    [TestCase("""{"msgType":"authenticate","msgData":{"apiVersion":"1"}}""")]
    public async Task A_command_of_no_known_type_is_refused(string message)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.CommandAsync(message), Is.EqualTo(a.Error("MSG_REJECT_BAD_TYPE", "Message rejected. The provided msgType is unsupported.")));
        Assert.That(a.Wire.Closed, Is.Null);
    }

    [TestCase("""["easyrtcCmd"]""", "MSG_REJECT_BAD_TYPE")]
    [TestCase("""["easyrtcMsg"]""", "MSG_REJECT_BAD_TYPE")]
    public async Task A_missing_argument_is_refused(string eventArray, string code)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(AuthenticationTests.CodeOf(await a.AskAsync(eventArray)), Is.EqualTo(code));
    }

    [Test]
    public async Task A_missing_argument_to_authentication_puts_the_client_out()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = world.Connect();
        Assert.That(AuthenticationTests.CodeOf(await a.AskAsync("""["easyrtcAuth"]""")), Is.EqualTo("LOGIN_BAD_AUTH"));
        Assert.That(a.Wire.Closed, Is.Not.Null);
    }

    [Test]
    public async Task Further_arguments_are_passed_over()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.AskAsync("""["easyrtcCmd",{"msgType":"stillAlive"},null,{"msgType":"x"},[[]]]"""), Is.EqualTo(EasyRtcPeer.Ack));
    }

    [Test]
    public async Task Of_members_with_one_name_the_last_counts_and_ill_formed_names_do_not()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.CommandAsync("""{"msgType":"x","\ud800":1,"msgType":"stillAlive"}"""), Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(
            await a.CommandAsync("roomJoin", """{"roomJoin":{"r":{"roomName":"x"},"r":{"roomName":"r"}}}"""),
            Is.EqualTo(EasyRtcPeer.RoomData(EasyRtcPeer.Joined("r", a.Listed()))));
    }

    [Test]
    public async Task More_rooms_than_one_may_be_in_are_refused()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        string[] many = [.. Enumerable.Range(0, 500).Select(i => $"r{i}")];
        Assert.That(AuthenticationTests.CodeOf(await a.JoinAsync(many)), Is.EqualTo("MSG_REJECT_BAD_ROOM"));
        Assert.That(a.Session.Rooms.Joined, Has.Count.EqualTo(16));
        Assert.That(await a.LeaveAsync(many), Does.StartWith("""{"msgType":"roomData","""));
        Assert.That(a.Session.Rooms.Joined, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Any_JSON_at_all_gets_a_well_formed_answer_or_silence([Values(1, 2, 3, 4)] int run)
    {
        int seed = run == 4 ? Environment.TickCount : run;
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"));
        var random = new Random(seed);
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        for (int i = 0; i < 3_000; i++)
        {
            string name = i % 3 == 0 ? "easyrtcMsg" : "easyrtcCmd";
            string type = Types[random.Next(Types.Length)], more = Names[random.Next(Names.Length)];
            string message = $$"""
                {"msgType":"{{type}}","msgData":{{Json(random, 3)}},"targetEasyrtcid":{{Json(random, 0, b.Id)}},"{{more}}":{{Json(random, 2, b.Id)}}}
                """;
            string? reply = await a.AskAsync($"""["{name}",{message}]""");
            AssertWellFormed(reply, message);
            foreach (string push in a.Wire.Take().Concat(b.Wire.Take()))
            {
                AssertWellFormed(push, message);
            }

            if (i % 10 == 0)
            {
                EasyRtcPeer c = world.Connect();
                string data = $$"""{"apiVersion":"1","{{Names[random.Next(Names.Length)]}}":{{Json(random, 3, b.Id)}}}""";
                string login = $$"""{"msgType":"authenticate","msgData":{{data}}}""";
                AssertWellFormed(await c.AskAsync($"""["easyrtcAuth",{login}]"""), login);
                c.Wire.Vanish();
            }
        }

        await a.JoinAsync("default");
        b.Wire.Take();
        Assert.That(await a.CommandAsync("setPresence", """{"setPresence":{"show":"dnd","status":"alive"}}"""), Does.Contain("alive"));
    }

    private static void AssertWellFormed(string? json, string cause)
    {
        if (json is not null)
        {
            Assert.That(() => JsonDocument.Parse(json).Dispose(), Throws.Nothing, cause);
            Assert.That(json, Does.Not.Contain("Exception"), cause);
        }
    }

    /// <summary>Something near to what is understood, so that more than the first check is met.</summary>
    private static string Json(Random random, int depth, string id = "x")
    {
        switch (random.Next(depth == 0 ? 8 : 12))
        {
            case 0: return "null";
            case 1: return "true";
            case 2: return "-1e400";
            case 3: return "\"\\ud800\"";
            case 4: return $"\"{id}\"";
            case 5: return "\"default\"";
            case 6: return $"\"{new string('é', random.Next(300))}\"";
            case 7: return "\"xa\"";
            case 8: return $"[{Json(random, depth - 1, id)}]";
            default:
                var text = new StringBuilder("{");
                for (int i = random.Next(4); i > 0; i--)
                {
                    text.Append(CultureInfo.InvariantCulture, $"\"{Names[random.Next(Names.Length)]}\":{Json(random, depth - 1, id)}{(i > 1 ? "," : "")}");
                }

                return text.Append('}').ToString();
        }
    }
}
