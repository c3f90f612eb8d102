using System.Text;
using WebRtcSignaling.Compatibility.EasyRtc;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

/// <summary>Offers, answers, candidates, rejections, hang-ups, and the commands around them.</summary>
internal sealed class SignalTests
{
    private const string BadTarget = "Message rejected. Target easyrtcid is invalid, not using same application, or no longer online.";

    [TestCase("offer", """{"sdp":"v=0\r\n","type":"offer"}""")]
    [TestCase("answer", """{"sdp":"é","type":"answer", "n":1e400}""")]
    [TestCase("candidate", """{"type":"candidate","label":0,"id":"0","candidate":"candidate:1"}""")]
    public async Task Data_arrives_as_it_was_sent_and_nothing_else_of_the_message(string type, string data)
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        string command = EasyRtcPeer.Json($"{{'msgType':'{type}','targetEasyrtcid':'{b.Id}','senderEasyrtcid':'forged','extra':1,'msgData':{data}}}");
        Assert.That(await a.CommandAsync(command), Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(b.Heard(), Is.EqualTo(new[] { EasyRtcPeer.Json($"easyrtcCmd {{'msgType':'{type}','senderEasyrtcid':'{a.Id}','msgData':{data}}}") }));
        Assert.That(a.Heard(), Is.Empty);
    }

    [TestCase("reject")]
    [TestCase("hangup")]
    public async Task A_rejection_and_a_hang_up_arrive_without_data(string type)
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        Assert.That(await a.CommandAsync(Signal(type, b.Id)), Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(b.Heard(), Is.EqualTo(new[] { EasyRtcPeer.Json($"easyrtcCmd {{'msgType':'{type}','senderEasyrtcid':'{a.Id}'}}") }));
    }

    [Test]
    public async Task Clients_of_one_application_need_no_common_room()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync("one"), b = await world.EnterAsync("two");
        Assert.That(await a.CommandAsync(Signal("offer", b.Id, """{"x":1}""")), Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(b.Heard(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Where_direct_contact_is_off_they_do()
    {
        using var world = new EasyRtcWorld(new EasyRtcOptions { DirectContact = false });
        EasyRtcPeer a = await world.EnterAsync("one"), b = await world.EnterAsync("two"), c = await world.EnterAsync("one");
        Assert.That(await a.CommandAsync(Signal("offer", b.Id, """{"x":1}""")), Is.EqualTo(a.Error("MSG_REJECT_TARGET_EASYRTCID", BadTarget)));
        Assert.That(await a.CommandAsync(Signal("offer", c.Id, """{"x":1}""")), Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(b.Heard(), Is.Empty);
        Assert.That(c.Heard(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_client_may_signal_to_itself()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.CommandAsync(Signal("offer", a.Id, """{"x":1}""")), Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(a.Heard(), Is.EqualTo(new[] { EasyRtcPeer.Json($"easyrtcCmd {{'msgType':'offer','senderEasyrtcid':'{a.Id}','msgData':{{'x':1}}}}") }));
    }

    [TestCase("offer", "", "MSG_REJECT_BAD_DATA")]
    [TestCase("offer", ""","msgData":null""", "MSG_REJECT_BAD_DATA")]
    [TestCase("answer", ""","msgData":{}""", "MSG_REJECT_BAD_DATA")]
    [TestCase("candidate", ""","msgData":"x" """, "MSG_REJECT_BAD_DATA")]
    [TestCase("reject", ""","msgData":null""", "MSG_REJECT_BAD_DATA")]
    [TestCase("hangup", ""","msgData":{}""", "MSG_REJECT_BAD_DATA")]
    public async Task Data_of_the_wrong_form_is_refused(string type, string data, string code)
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        string? reply = await a.CommandAsync($$"""{"msgType":"{{type}}","targetEasyrtcid":"{{b.Id}}"{{data}}}""");
        Assert.That(reply, Is.EqualTo(a.Error(code, "Message rejected. The provided msgData is improper.")));
        Assert.That(b.Heard(), Is.Empty);
    }

    [TestCase("null")]
    [TestCase("7")]
    [TestCase("\"\"")]
    [TestCase("\"a b\"")]
    [TestCase("\"\\ud800\"")]
    [TestCase("\"a23456789012345678901234567890123\"")]
    [TestCase("[\"x\"]")]
    public async Task A_target_of_the_wrong_form_is_refused(string target)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        foreach (string command in new[] { $$$"""{"msgType":"offer","targetEasyrtcid":{{{target}}},"msgData":{"x":1}}""", $$"""{"msgType":"hangup","targetEasyrtcid":{{target}}}""" })
        {
            Assert.That(await a.CommandAsync(command), Is.EqualTo(a.Error("MSG_REJECT_BAD_STRUCTURE", "Message rejected. The provided structure is improper.")));
        }
    }

    [Test]
    public async Task A_target_that_is_not_there_is_refused()
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        b.Wire.Vanish();
        Assert.That(await a.CommandAsync(Signal("offer", b.Id, """{"x":1}""")), Is.EqualTo(a.Error("MSG_REJECT_TARGET_EASYRTCID", BadTarget)));
        Assert.That(await a.CommandAsync(Signal("reject", "nobody")), Is.EqualTo(a.Error("MSG_REJECT_TARGET_EASYRTCID", BadTarget)));
    }

    [Test]
    public async Task Too_much_data_is_refused()
    {
        using var world = new EasyRtcWorld(server: new SignalingOptions { Sessions = { MaxPayloadBytes = 100 } });
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        string data = EasyRtcPeer.Json($"{{'sdp':'{new string('x', 100)}'}}");
        foreach (string target in new[] { a.Id, b.Id })
        {
            Assert.That(await a.CommandAsync(Signal("offer", target, data)), Is.EqualTo(a.Error("MSG_REJECT_BAD_SIZE", "Message rejected. Packet size is too large.")));
        }

        Assert.That(b.Heard(), Is.Empty);
    }

    [TestCase("""{"msgType":"getIceConfig"}""")]
    [TestCase("""{"msgType":"getIceConfig","msgData":{}}""")]
    public async Task Ice_servers_are_told_on_request(string command)
    {
        var options = new SignalingOptions();
        options.Ice.Servers.Add(new Ice.IceServerOptions { Urls = { "stun:stun.example.org" } });
        using var world = new EasyRtcWorld(server: options);
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(
            await a.CommandAsync(command),
            Is.EqualTo("""{"msgType":"iceConfig","msgData":{"iceConfig":{"iceServers":[{"urls":["stun:stun.example.org"]}]}}}"""));
    }

    [TestCase("""{"x":1}""")]
    [TestCase("[1]")]
    public async Task Asking_for_ice_servers_with_data_is_refused(string data)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.CommandAsync("getIceConfig", data), Is.EqualTo(a.Error("MSG_REJECT_BAD_DATA", "Message rejected. The provided msgData is improper.")));
    }

    [TestCase("""{"msgType":"stillAlive"}""")]
    [TestCase("""{"msgType":"stillAlive","msgData":{"x":1}}""")]
    public async Task A_sign_of_life_is_acknowledged(string command)
    {
        using var world = new EasyRtcWorld();
        Assert.That(await (await world.EnterAsync()).CommandAsync(command), Is.EqualTo(EasyRtcPeer.Ack));
    }

    [Test]
    public async Task Clients_of_other_systems_are_met_through_a_shared_room()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        var heard = new SessionEventQueue();
        using SignalingSession other = (await world.Server.ConnectAsync(new SessionRequest { Id = SessionId.Parse("native"), Username = "nat" }, heard)).Value;
        Assert.That(await a.CommandAsync(Signal("offer", "native", """{"x":1}""")), Is.EqualTo(a.Error("MSG_REJECT_TARGET_EASYRTCID", BadTarget)));
        await other.Rooms.JoinAsync(new JoinRoomRequest { Room = RoomId.Parse("default") });
        Assert.That(a.Heard().Single(), Does.Contain("\"native\":{\"easyrtcid\":\"native\",").And.Contain("\"username\":\"nat\""));
        Assert.That(await a.CommandAsync(Signal("offer", "native", """{"x":1}""")), Is.EqualTo(EasyRtcPeer.Ack));
        SignalingEvent.SignalReceived signal = Read(heard).OfType<SignalingEvent.SignalReceived>().Single();
        Assert.That((signal.Room, signal.SenderId.Value, signal.Kind), Is.EqualTo((RoomId.Parse("default"), a.Id, SignalKind.Offer)));
        await other.SendSignalAsync(RoomId.Parse("default"), SessionId.Parse(a.Id), SignalKind.Answer, Encoding.UTF8.GetBytes("""{"y":2}"""));
        await other.SendSignalAsync(RoomId.Parse("default"), SessionId.Parse(a.Id), SignalKind.Plain, Encoding.UTF8.GetBytes("""{"z":3}"""));
        await other.SendSignalAsync(RoomId.Parse("default"), SessionId.Parse(a.Id), SignalKind.Offer, default);
        Assert.That(a.Heard(), Is.EqualTo(new[] { """easyrtcCmd {"msgType":"answer","senderEasyrtcid":"native","msgData":{"y":2}}""" }), "others have no word in EasyRTC");
    }

    private static string Signal(string type, string target, string? data = null) =>
        EasyRtcPeer.Json($"{{'msgType':'{type}','targetEasyrtcid':'{target}'{(data is null ? "" : $",'msgData':{data}")}}}");

    private static List<SignalingEvent> Read(SessionEventQueue queue)
    {
        var events = new List<SignalingEvent>();
        while (queue.TryRead(out SignalingEvent? next))
        {
            events.Add(next);
        }

        return events;
    }
}
