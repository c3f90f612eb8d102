using System.Text.Json;
using WebRtcSignaling.Compatibility.EasyRtc;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

/// <summary>How clients get in, with every optional field, and how they do not.</summary>
internal sealed class AuthenticationTests
{
    private const string AppAuthFail = "Authentication for application failed. Socket will be disconnected.";

    [Test]
    public async Task The_token_has_all_that_clients_rely_on()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = world.Connect();
        string token = await a.AuthenticateAsync("""
            {"apiVersion":"1.1.1-beta","applicationName":"default","setUserCfg":{"userSettings":{"sharingAudio":false,"language":"en-US"}},"username":"alice"}
            """);
        string alice = a.Listed(Username("alice"));
        string rooms = EasyRtcPeer.Joined("default", alice);
        Assert.That(token, Is.EqualTo(EasyRtcPeer.Json(
            $"{{'msgType':'token','msgData':{{'roomData':{{{rooms}}},'application':{{'applicationName':'default'}},'easyrtcid':'{a.Id}',"
            + "'iceConfig':{'iceServers':[]},'serverTime':1767268800000}}")));
        Assert.That(a.Heard(), Is.Empty);
    }

    [Test]
    public async Task An_easyrtcid_has_the_form_of_EasyRTC_and_is_another_for_every_client()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync(), b = await world.EnterAsync();
        Assert.Multiple(() =>
        {
            Assert.That(a.Id, Does.Match("^[A-Za-z0-9]{16}$"));
            Assert.That(b.Id, Is.Not.EqualTo(a.Id));
            Assert.That(a.Wire.Id, Is.Not.EqualTo(a.Id), "the wire's id is not shown to others");
        });
    }

    [Test]
    public async Task Members_hear_of_a_newcomer_once_and_the_newcomer_finds_them()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync(), b = world.Connect();
        string token = await b.AuthenticateAsync("""{"apiVersion":"1.1.0","username":"bob","setPresence":{"show":"away","status":"at lunch"}}""");
        string bob = b.Listed(Username("bob"), "away", "\"at lunch\"");
        Assert.That(token, Does.Contain(EasyRtcPeer.Joined("default", a.Listed(), bob)));
        Assert.That(a.Heard(), Is.EqualTo(new[] { b.Updated("default", Username("bob"), "away", "\"at lunch\"") }));
    }

    [Test]
    public async Task Rooms_that_are_asked_for_are_joined_instead_of_the_default_one()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = world.Connect();
        string token = await a.AuthenticateAsync(
            """{"apiVersion":"1.1.1-beta","roomJoin":{"one":{"roomName":"one","roomParameter":{"k":1},"clientList":{}},"Two.2_-":{"roomName":"Two.2_-"}}}""");
        Assert.That(token, Does.Contain(
            $"{{{EasyRtcPeer.Joined("one", a.Listed())},{EasyRtcPeer.Joined("Two.2_-", a.Listed())}}}"));
    }

    [Test]
    public async Task Without_a_default_room_a_client_is_in_none()
    {
        using var world = new EasyRtcWorld(new EasyRtcOptions { DefaultRoom = "" });
        EasyRtcPeer a = world.Connect();
        Assert.That(await a.AuthenticateAsync("""{"apiVersion":"1.1.1-beta","roomJoin":{}}"""), Does.Contain("""{"roomData":{},"application":"""));
    }

    [Test]
    public async Task Whoever_sends_an_easyrtcsid_gets_its_session_back()
    {
        using var world = new EasyRtcWorld();
        string token = await world.Connect().AuthenticateAsync("""{"apiVersion":"1.1.1-beta","easyrtcsid":"s%3AaB9.x_-"}""");
        Assert.That(token, Does.Contain(""","sessionData":{"easyrtcsid":"s%3AaB9.x_-"},"""));
    }

    [Test]
    public async Task Fields_of_application_session_and_room_are_in_the_token()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        world.Server.Default.SetFields(new FieldUpdate { Changes = Fields("motto", "\"hello\"") });
        await a.Session.SetFieldsAsync(new FieldUpdate { Changes = Fields("level", "7") });
        world.Server.Default.SetRoomFields(Rooms.RoomId.Parse("default"), new FieldUpdate { Changes = Fields("topic", "[1, 2]") });
        string token = await a.AuthenticateAsync("""{"apiVersion":"1.1.1-beta"}""");
        Assert.Multiple(() =>
        {
            Assert.That(token, Does.Contain("""{"applicationName":"default","field":{"motto":{"fieldName":"motto","fieldValue":"hello"}}}"""));
            Assert.That(token, Does.Contain($$""","easyrtcid":"{{a.Id}}","field":{"level":{"fieldName":"level","fieldValue":7} },""".Replace(" ", "", StringComparison.Ordinal)));
            Assert.That(token, Does.Contain("""},"field":{"topic":{"fieldName":"topic","fieldValue":[1, 2]}}}},"application":"""));
        });
    }

    [Test]
    public async Task Ice_servers_come_with_the_token()
    {
        var options = new SignalingOptions();
        options.Ice.Servers.Add(new IceServerOptions { Urls = { "stun:stun.example.org" } });
        options.Ice.Servers.Add(new IceServerOptions { Urls = { "turn:a.example.org", "turns:b.example.org" }, Username = "u", Credential = "p" });
        using var world = new EasyRtcWorld(server: options);
        Assert.That(
            await world.Connect().AuthenticateAsync("""{"apiVersion":"1.1.1-beta"}"""),
            Does.Contain("""
                "iceConfig":{"iceServers":[{"urls":["stun:stun.example.org"]},{"urls":["turn:a.example.org","turns:b.example.org"],"username":"u","credential":"p"}]}
                """.Trim()));
    }

    [Test]
    public async Task A_failing_provider_of_ice_servers_leaves_the_list_empty_but_there()
    {
        using var world = new EasyRtcWorld(iceServers: new FailingIceServers());
        EasyRtcPeer a = world.Connect();
        Assert.That(await a.AuthenticateAsync("""{"apiVersion":"1.1.1-beta"}"""), Does.Contain(""","iceConfig":{"iceServers":[]},"""));
        Assert.That(await a.CommandAsync("getIceConfig", "{}"), Is.EqualTo(a.Error("MSG_REJECT_GEN_FAIL", "Message rejected. General failure occurred.")));
    }

    [TestCase("null", "LOGIN_BAD_AUTH", AppAuthFail)]
    [TestCase("7", "LOGIN_BAD_AUTH", AppAuthFail)]
    [TestCase("\"authenticate\"", "LOGIN_BAD_AUTH", AppAuthFail)]
    [TestCase("[]", "LOGIN_BAD_AUTH", AppAuthFail)]
    [TestCase("{}", "LOGIN_BAD_AUTH", AppAuthFail)]
    [TestCase("""{"msgType":null,"msgData":{"apiVersion":"1"}}""", "LOGIN_BAD_AUTH", AppAuthFail)]
    [TestCase("""{"msgType":"token","msgData":{"apiVersion":"1"}}""", "LOGIN_BAD_AUTH", AppAuthFail)]
    [TestCase("""{"msgType":"authenticate"}""", "LOGIN_BAD_STRUCTURE", "Authentication for application failed. The provided structure is improper. Socket will be disconnected.")]
    public async Task A_message_of_the_wrong_form_is_refused_and_the_client_is_put_out(string message, string code, string text)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = world.Connect();
        Assert.That(await a.AskAsync($"""["easyrtcAuth",{message}]"""), Is.EqualTo(a.Error(code, text)));
        await AssertPutOutAsync(world, a);
    }

    [TestCase("null", "LOGIN_BAD_STRUCTURE")]
    [TestCase("[]", "LOGIN_BAD_STRUCTURE")]
    [TestCase("{}", "LOGIN_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":1}""", "LOGIN_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","roomJoin":null}""", "LOGIN_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","roomJoin":"default"}""", "LOGIN_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":""}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1 2"}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"123456789012345678901234567890123"}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","applicationName":null}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","applicationName":"a b"}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","applicationName":"a\n"}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","applicationName":"\u212a"}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","easyrtcsid":7}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","easyrtcsid":"a;b"}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","username":""}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","username":null}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","username":"a\nb"}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","username":"a\u0007b"}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","username":"\ud800"}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","credential":"secret"}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","credential":{}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","credential":null}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","roomJoin":{"a":null}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","roomJoin":{"a":{}}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","roomJoin":{"a":{"roomName":"b"}}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","roomJoin":{"a b":{"roomName":"a b"}}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","roomJoin":{"a":{"roomName":"a","roomParameter":"x"}}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","setPresence":null}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","setPresence":{}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","setPresence":{"show":"Chat"}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","setPresence":{"status":null}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","setPresence":{"status":"a\nb"}}""", "MSG_REJECT_BAD_STRUCTURE")]
    [TestCase("""{"apiVersion":"1","setUserCfg":null}""", "LOGIN_BAD_USER_CFG")]
    [TestCase("""{"apiVersion":"1","setUserCfg":{"userSettings":7}}""", "LOGIN_BAD_USER_CFG")]
    [TestCase("""{"apiVersion":"1","setUserCfg":{"p2pList":[]}}""", "LOGIN_BAD_USER_CFG")]
    public async Task A_field_of_the_wrong_form_is_refused_and_the_client_is_put_out(string data, string code)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = world.Connect();
        string reply = await a.AuthenticateAsync(data);
        Assert.That(CodeOf(reply), Is.EqualTo(code));
        await AssertPutOutAsync(world, a);
    }

    [Test]
    public async Task Without_an_acknowledgement_the_client_is_put_out_without_a_word()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = world.Connect();
        await a.Wire.EmitAsync("""["easyrtcAuth",{"msgType":"authenticate","msgData":{"apiVersion":"1"}}]""");
        await AssertPutOutAsync(world, a);
    }

    [Test]
    public async Task A_name_may_have_64_characters_of_any_script_and_no_more()
    {
        using var world = new EasyRtcWorld();
        string longest = new('é', 64);
        Assert.That(await world.Connect().AuthenticateAsync($$"""{"apiVersion":"1","username":"{{longest}}"}"""), Does.Contain($"\"username\":\"{longest}\""));
        Assert.That(CodeOf(await world.Connect().AuthenticateAsync($$"""{"apiVersion":"1","username":"{{longest}}é"}""")), Is.EqualTo("MSG_REJECT_BAD_STRUCTURE"));
    }

    [Test]
    public async Task Too_much_configuration_is_refused()
    {
        using var world = new EasyRtcWorld(server: new SignalingOptions { Sessions = { MaxReportBytes = 100 } });
        EasyRtcPeer a = world.Connect();
        string large = new('x', 100);
        string reply = await a.AuthenticateAsync(EasyRtcPeer.Json($"{{'apiVersion':'1','setUserCfg':{{'userSettings':{{'x':'{large}'}}}}}}"));
        Assert.That(CodeOf(reply), Is.EqualTo("LOGIN_BAD_USER_CFG"));
        await AssertPutOutAsync(world, a);
    }

    private static string Username(string name) => EasyRtcPeer.Json($",'username':'{name}'");

    internal static string CodeOf(string? reply)
    {
        using var document = JsonDocument.Parse(reply!);
        return document.RootElement.GetProperty("msgData").GetProperty("errorCode").GetString()!;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>?> Fields(string name, string json) => new() { [name] = System.Text.Encoding.UTF8.GetBytes(json) };

    private static async Task AssertPutOutAsync(EasyRtcWorld world, EasyRtcPeer peer)
    {
        Assert.That(peer.Wire.Closed?.Reason, Is.EqualTo(SessionCloseReason.Removed));
        Assert.That(world.Server.SessionCount, Is.Zero);
        Assert.That(peer.Wire.Take(), Is.Empty);
        Assert.That(await peer.AskAsync("""["easyrtcAuth",{"msgType":"authenticate","msgData":{"apiVersion":"1"}}]"""), Is.Null, "it is over");
    }
}
