using System.Text;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Compatibility.EasyRtc;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

/// <summary>What the host app can say to EasyRTC clients, and what it is asked and told.</summary>
internal sealed class HostTests
{
    [Test]
    public async Task Other_ice_servers_are_pushed()
    {
        var options = new SignalingOptions();
        options.Ice.Servers.Add(new Ice.IceServerOptions { Urls = { "stun:stun.example.org" } });
        using var world = new EasyRtcWorld(server: options);
        EasyRtcPeer a = await world.EnterAsync();
        await world.Server.Default.RefreshIceServersAsync(SessionId.Parse(a.Id));
        Assert.That(a.Heard(), Is.EqualTo(new[] { """easyrtcCmd {"msgType":"iceConfig","msgData":{"iceConfig":{"iceServers":[{"urls":["stun:stun.example.org"]}]}}}""" }));
    }

    [Test]
    public async Task Session_data_is_pushed_and_in_the_next_token()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = world.Connect(), without = await world.EnterAsync("elsewhere");
        await a.AuthenticateAsync("""{"apiVersion":"1","easyrtcsid":"sid"}""");
        var fields = new Dictionary<string, ReadOnlyMemory<byte>> { ["cart"] = "[1, 2]"u8.ToArray() };
        Assert.That(world.Clients.SetSessionData(a.Session, fields), Is.True);
        const string SessionData = "\"sessionData\"" + """:{"easyrtcsid":"sid","field":{"cart":{"fieldName":"cart","fieldValue":[1, 2]}}}""";
        Assert.That(a.Heard(), Is.EqualTo(new[] { $$$"""easyrtcCmd {"msgType":"sessionData","msgData":{{{{SessionData}}}}}""" }));
        Assert.That(await a.AuthenticateAsync("""{"apiVersion":"1","easyrtcsid":"sid"}"""), Does.Contain(SessionData));
        Assert.That(await a.AuthenticateAsync("""{"apiVersion":"1","easyrtcsid":"other"}"""), Does.Contain("""{"easyrtcsid":"other"}"""));
        Assert.That(world.Clients.SetSessionData(without.Session, fields), Is.False);
        Assert.That(without.Heard(), Is.Empty);
    }

    [TestCase("a/b", "1")]
    [TestCase("a", "x")]
    public async Task Session_data_that_would_break_clients_is_refused(string name, string json)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        var fields = new Dictionary<string, ReadOnlyMemory<byte>> { [name] = Encoding.UTF8.GetBytes(json) };
        Assert.That(() => world.Clients.SetSessionData(a.Session, fields), Throws.ArgumentException);
    }

    [Test]
    public async Task A_page_is_sent_elsewhere()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(world.Clients.ForwardToUrl(a.Session, new Uri("https://example.org/a?b=c&d")), Is.True);
        Assert.That(world.Clients.ForwardToUrl(a.Session, new Uri("/full.html", UriKind.Relative), inNewWindow: true), Is.True);
        Assert.That(a.Heard(), Is.EqualTo(new[]
        {
            """easyrtcCmd {"msgType":"forwardToUrl","msgData":{"forwardToUrl":{"url":"https://example.org/a?b=c&d"}}}""",
            """easyrtcCmd {"msgType":"forwardToUrl","msgData":{"forwardToUrl":{"url":"/full.html"},"newWindow":true}}""",
        }));
        Assert.That(() => world.Clients.ForwardToUrl(a.Session, new Uri("javascript:alert(1)")), Throws.ArgumentException);
    }

    [Test]
    public async Task An_error_is_shown()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(world.Clients.SendError(a.Session, "BANNED_IP_ADDR", "Client IP address is banned. Socket will be disconnected."), Is.True);
        Assert.That(a.Heard(), Is.EqualTo(new[]
        {
            """easyrtcCmd {"msgType":"error","msgData":{"errorCode":"BANNED_IP_ADDR","errorText":"Client IP address is banned. Socket will be disconnected."}}""",
        }));
    }

    [Test]
    public async Task Only_clients_of_EasyRTC_that_are_there_are_spoken_to()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        SignalingSession session = a.Session;
        using SignalingSession other = (await world.Server.ConnectAsync(new SessionRequest(), new SessionEventQueue())).Value;
        Assert.That((world.Clients.Contains(session), world.Clients.Contains(other)), Is.EqualTo((true, false)));
        Assert.That(world.Clients.SendError(other, "X", ""), Is.False);
        a.Wire.Vanish();
        Assert.That(world.Clients.Contains(session), Is.False);
        Assert.That(world.Clients.SendError(session, "X", ""), Is.False);
    }

    [Test]
    public async Task Room_fields_are_heard_and_found_by_joiners()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        world.Server.Default.SetRoomFields(RoomId.Parse("default"), new FieldUpdate { Changes = new Dictionary<string, ReadOnlyMemory<byte>?> { ["t"] = "1"u8.ToArray() } });
        world.Server.Default.SetRoomFields(RoomId.Parse("default"), new FieldUpdate { Changes = new Dictionary<string, ReadOnlyMemory<byte>?> { ["t"] = null } });
        Assert.That(a.Heard(), Is.EqualTo(new[]
        {
            """easyrtcCmd {"msgType":"roomData","msgData":{"roomData":{"default":{"roomName":"default","roomStatus":"update","field":{"t":{"fieldName":"t","fieldValue":1}}}}}}""",
            """easyrtcCmd {"msgType":"roomData","msgData":{"roomData":{"default":{"roomName":"default","roomStatus":"update","field":{}}}}}""",
        }));
    }

    [Test]
    public async Task The_host_app_answers_messages_without_a_target()
    {
        using var world = new EasyRtcWorld(handler: new EchoHandler());
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.MessageAsync("""{"msgType":"ask","msgData":{"n": 1}}"""), Is.EqualTo(EasyRtcPeer.Json($"{{'msgType':'asked by {a.Id}','msgData':{{'n': 1}}}}")));
        Assert.That(await a.MessageAsync("""{"msgType":"ask"}"""), Is.EqualTo($$"""{"msgType":"asked by {{a.Id}}"}"""));
        Assert.That(await a.MessageAsync("""{"msgType":"tell"}"""), Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(
            await a.MessageAsync("""{"msgType":"fail"}"""),
            Is.EqualTo(a.Error("MSG_REJECT_GEN_FAIL", "Message rejected. General failure occurred.")), "and not what failed");
    }

    [Test]
    public async Task The_host_app_is_asked_with_what_the_client_says_along()
    {
        var asked = new List<string>();
        var authorizer = new AskedAuthorizer(request =>
        {
            asked.Add($"{request.Operation} {request.Room?.Value} {Encoding.UTF8.GetString(request.Data.Span)}".Trim());
            return AuthorizationDecision.Allow;
        });
        using var world = new EasyRtcWorld(authorizer: authorizer);
        EasyRtcPeer a = world.Connect(), b = world.Connect();
        await a.AuthenticateAsync("""{"apiVersion":"1","credential":{"pw":"x"},"roomJoin":{"r":{"roomName":"r","roomParameter":{"as":"host"}}}}""");
        await b.AuthenticateAsync("""{"apiVersion":"1","roomJoin":{"r":{"roomName":"r","roomParameter":{"as":"guest"}}}}""");
        Assert.That(asked.Where(line => !line.StartsWith("GetIceServers", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            """Connect  {"pw":"x"}""", """CreateRoom r {"as":"host"}""", "Connect", """JoinRoom r {"as":"guest"}""",
        }));
    }

    [TestCase(SignalingOperation.Connect, null, "LOGIN_BAD_AUTH")]
    [TestCase(SignalingOperation.JoinRoom, null, "LOGIN_GEN_FAIL")]
    [TestCase(SignalingOperation.CreateRoom, """["easyrtcCmd",{"msgType":"roomJoin","msgData":{"roomJoin":{"x":{"roomName":"x"}}}}]""", "MSG_REJECT_BAD_ROOM")]
    [TestCase(SignalingOperation.ListRooms, """["easyrtcCmd",{"msgType":"getRoomList"}]""", "MSG_REJECT_NO_ROOM_LIST")]
    [TestCase(SignalingOperation.SetState, """["easyrtcCmd",{"msgType":"setPresence","msgData":{"setPresence":{"show":"xa"}}}]""", "MSG_REJECT_PRESENCE")]
    [TestCase(SignalingOperation.SetFields, """["easyrtcCmd",{"msgType":"setRoomApiField","msgData":{"setRoomApiField":{"roomName":"default"}}}]""", "MSG_REJECT_NO_AUTH")]
    [TestCase(SignalingOperation.SendSignal, """["easyrtcCmd",{"msgType":"hangup","targetEasyrtcid":"TARGET"}]""", "MSG_REJECT_NO_AUTH")]
    [TestCase(SignalingOperation.SendMessage, """["easyrtcMsg",{"msgType":"m","targetRoom":"default"}]""", "MSG_REJECT_NO_AUTH")]
    [TestCase(SignalingOperation.GetIceServers, """["easyrtcCmd",{"msgType":"getIceConfig"}]""", "MSG_REJECT_GEN_FAIL")]
    public async Task What_the_host_app_denies_is_refused_in_the_words_of_EasyRTC(SignalingOperation denied, string? eventArray, string code)
    {
        bool denies = eventArray is null;
        using var world = new EasyRtcWorld(authorizer: new AskedAuthorizer(request =>
            denies && request.Operation == denied ? AuthorizationDecision.DenyBecause("secret") : AuthorizationDecision.Allow));
        EasyRtcPeer a = world.Connect();
        if (eventArray is null)
        {
            Assert.That(AuthenticationTests.CodeOf(await a.AuthenticateAsync("""{"apiVersion":"1"}""")), Is.EqualTo(code));
            return;
        }

        await a.AuthenticateAsync("""{"apiVersion":"1"}""");
        EasyRtcPeer b = await world.EnterAsync();
        denies = true;
        string? reply = await a.AskAsync(eventArray.Replace("TARGET", b.Id, StringComparison.Ordinal));
        Assert.That(AuthenticationTests.CodeOf(reply), Is.EqualTo(code));
        Assert.That(a.Wire.Closed, Is.Null);
    }

    [Test]
    public async Task A_joiner_hears_of_the_room_before_it_hears_from_it()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var world = new EasyRtcWorld(authorizer: new AskedAuthorizer(async (request, _) =>
        {
            if (request.Room?.Value == "slow")
            {
                await gate.Task;
            }

            return AuthorizationDecision.Allow;
        }));
        EasyRtcPeer a = await world.EnterAsync("quick"), b = await world.EnterAsync("elsewhere");
        Task<string?> joining = b.JoinAsync("quick", "slow");
        await a.CommandAsync($$$"""{"msgType":"offer","targetEasyrtcid":"{{{b.Id}}}","msgData":{"x":1}}""");
        EasyRtcPeer c = await world.EnterAsync("quick");
        Assert.That(b.Heard(), Is.Empty);
        gate.SetResult();
        Assert.That(await joining, Does.Contain("\"quick\"").And.Contain("\"slow\""));
        Assert.That(b.Heard().Select(push => push[..31]), Is.EqualTo(new[] { """easyrtcCmd {"msgType":"offer","se""", """easyrtcCmd {"msgType":"roomData",""" }.Select(push => push[..31])));
        Assert.That(c.Id, Is.Not.Empty);
    }

    [Test]
    public async Task Whoever_has_too_much_waiting_while_it_joins_is_put_out()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var world = new EasyRtcWorld(new EasyRtcOptions { MaxHeldBytes = 1024 }, authorizer: new AskedAuthorizer(async (request, _) =>
        {
            if (request.Room?.Value == "slow")
            {
                await gate.Task;
            }

            return AuthorizationDecision.Allow;
        }));
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        Task<string?> joining = b.JoinAsync("slow");
        SignalingSession session = b.Session;
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Closed.UnsafeRegister(_ => closed.TrySetResult(), null);
        await a.MessageAsync($$"""{"msgType":"m","targetEasyrtcid":"{{b.Id}}","msgData":"{{new string('x', 2000)}}"}""");
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        gate.SetResult();
        Assert.That(await joining, Does.Contain("MSG_REJECT_BAD_ROOM"));
        Assert.That(b.Wire.Closed?.Reason, Is.EqualTo(SessionCloseReason.SlowConsumer));
    }
}
