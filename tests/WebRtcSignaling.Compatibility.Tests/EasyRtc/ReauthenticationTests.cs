using WebRtcSignaling.Authorization;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

/// <summary>Authenticating again on the same connection, and the application that a client names.</summary>
internal sealed class ReauthenticationTests
{
    private const string AppAuthFail = "Authentication for application failed. Socket will be disconnected.";

    [Test]
    public async Task It_stays_the_same_client_in_all_its_rooms_and_gets_a_new_token()
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        await b.JoinAsync("red");
        string id = b.Id;
        world.Time.Advance(TimeSpan.FromSeconds(9));
        string token = await b.AuthenticateAsync("""{"apiVersion":"1.1.1-beta","roomJoin":{"blue":{"roomName":"blue"}},"setPresence":{"show":"dnd"}}""");
        Assert.Multiple(() =>
        {
            Assert.That(b.Id, Is.EqualTo(id));
            Assert.That(token, Does.Contain(EasyRtcPeer.Joined("default", a.Listed(), b.Listed(show: "dnd"))).And.Contain("\"red\"").And.Contain("\"blue\""));
            Assert.That(a.Heard(), Is.EqualTo(new[] { b.Updated("default", show: "dnd") }), "what changed is heard once");
            Assert.That(world.Server.SessionCount, Is.EqualTo(2));
        });
    }

    [Test]
    public async Task Afterwards_each_command_is_still_dealt_with_once()
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        await b.AuthenticateAsync("""{"apiVersion":"1.1.1-beta"}""");
        await b.AuthenticateAsync("""{"apiVersion":"1.1.1-beta"}""");
        a.Heard();
        Assert.That(await b.CommandAsync($$$"""{"msgType":"offer","targetEasyrtcid":"{{{a.Id}}}","msgData":{"sdp":"x"}}"""), Is.EqualTo(EasyRtcPeer.Ack));
        Assert.That(a.Heard(), Has.Length.EqualTo(1));
        b.Wire.Vanish();
        Assert.That(a.Heard(), Is.EqualTo(new[] { b.Removed("default") }));
    }

    [Test]
    public async Task The_host_app_is_asked_about_the_new_credential()
    {
        var asked = new List<string>();
        var authorizer = new AskedAuthorizer(request =>
        {
            if (request.Operation == SignalingOperation.Connect)
            {
                asked.Add($"{request.Session?.Id.Value} {request.Username} {System.Text.Encoding.UTF8.GetString(request.Data.Span)}");
            }

            return request.Data.Span.IndexOf("stale"u8) < 0 ? AuthorizationDecision.Allow : AuthorizationDecision.Deny;
        });
        using var world = new EasyRtcWorld(authorizer: authorizer);
        EasyRtcPeer a = world.Connect();
        await a.AuthenticateAsync("""{"apiVersion":"1","username":"al","credential":{"k": "first"}}""");
        await a.AuthenticateAsync("""{"apiVersion":"1","username":"al","credential":{"k":"second"}}""");
        Assert.That(await a.AuthenticateAsync("""{"apiVersion":"1","credential":{"k":"stale"}}"""), Is.EqualTo(a.Error("LOGIN_BAD_AUTH", AppAuthFail)));
        Assert.Multiple(() =>
        {
            Assert.That(asked, Is.EqualTo(new[]
            {
                """ al {"k": "first"}""", $$"""{{a.Id}} al {"k":"second"}""", $$"""{{a.Id}} al {"k":"stale"}""",
            }));
            Assert.That(a.Wire.Closed?.Reason, Is.EqualTo(SessionCloseReason.Removed));
            Assert.That(world.Server.SessionCount, Is.Zero);
        });
    }

    [Test]
    public async Task Another_application_or_another_name_in_the_sight_of_others_is_refused()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync(), b = await world.EnterAsync();
        Assert.That(await a.AuthenticateAsync("""{"apiVersion":"1","applicationName":"other"}"""), Is.EqualTo(a.Error("LOGIN_APP_AUTH_FAIL", AppAuthFail)));
        Assert.That(
            await b.AuthenticateAsync("""{"apiVersion":"1","username":"mallory"}"""),
            Is.EqualTo(b.Error("LOGIN_GEN_FAIL", "Authentication failed. Socket will be disconnected.")));
        Assert.That(world.Server.SessionCount, Is.Zero);
    }

    [Test]
    public async Task A_client_in_no_room_may_take_another_name()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        await a.LeaveAsync("default");
        Assert.That(await a.AuthenticateAsync("""{"apiVersion":"1","username":"ann"}"""), Does.Contain("\"username\":\"ann\""));
    }

    [Test]
    public async Task Another_name_is_asked_about_and_taken_when_the_host_app_has_agreed()
    {
        var names = new List<(string? Asked, string? Had)>();
        var authorizer = new AskedAuthorizer(request =>
        {
            if (request.Operation == SignalingOperation.Connect)
            {
                names.Add((request.Username, request.Session?.Profile.Username));
            }

            return request.Username == "mallory" ? AuthorizationDecision.Deny : AuthorizationDecision.Allow;
        });
        using var world = new EasyRtcWorld(authorizer: authorizer);
        EasyRtcPeer a = world.Connect();
        await a.AuthenticateAsync("""{"apiVersion":"1","username":"al"}""");
        await a.LeaveAsync("default");
        SignalingSession session = a.Session;
        await a.AuthenticateAsync("""{"apiVersion":"1","username":"ann"}""");
        await a.LeaveAsync("default");
        Assert.That(await a.AuthenticateAsync("""{"apiVersion":"1","username":"mallory"}"""), Is.EqualTo(a.Error("LOGIN_BAD_AUTH", AppAuthFail)));
        Assert.That(names, Is.EqualTo(new[] { ("al", (string?)null), ("ann", "al"), ("mallory", "ann") }));
        Assert.That(session.Profile.Username, Is.EqualTo("ann"));
    }

    [Test]
    public async Task Clients_of_different_applications_do_not_meet()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync(), b = world.Connect();
        string token = await b.AuthenticateAsync("""{"apiVersion":"1","applicationName":"easyrtc.demo"}""");
        Assert.Multiple(() =>
        {
            Assert.That(token, Does.Contain("""{"applicationName":"easyrtc.demo"}"""));
            Assert.That(token, Does.Contain(EasyRtcPeer.Joined("default", b.Listed())));
            Assert.That(a.Heard(), Is.Empty);
        });
        Assert.That(
            await b.CommandAsync($$"""{"msgType":"hangup","targetEasyrtcid":"{{a.Id}}"}"""),
            Is.EqualTo(b.Error("MSG_REJECT_TARGET_EASYRTCID", "Message rejected. Target easyrtcid is invalid, not using same application, or no longer online.")));
        Assert.That(a.Heard(), Is.Empty);
    }

    [TestCase(false, false)]
    [TestCase(true, true)]
    public async Task An_unknown_application_is_created_only_where_that_is_allowed(bool serverCreates, bool isCreated)
    {
        using var world = new EasyRtcWorld(new() { AutoCreateApplications = false }, new SignalingOptions { AutoCreateApplications = serverCreates });
        EasyRtcPeer a = world.Connect();
        string reply = await a.AuthenticateAsync("""{"apiVersion":"1","applicationName":"new"}""");
        Assert.That(reply, isCreated ? Does.StartWith("""{"msgType":"token",""") : Is.EqualTo(a.Error("LOGIN_APP_AUTH_FAIL", AppAuthFail)));
    }

    [Test]
    public async Task An_endpoint_with_an_application_lets_clients_have_no_other()
    {
        var options = new SignalingOptions();
        options.Applications["corner"] = new();
        using var world = new EasyRtcWorld(server: options);
        world.Reserved.Add("corner");
        EasyRtcPeer silent = world.Connect("corner"), right = world.Connect("corner"), wrong = world.Connect("corner"), outside = world.Connect();
        Assert.That(await silent.AuthenticateAsync("""{"apiVersion":"1"}"""), Does.Contain("""{"applicationName":"corner"}"""));
        Assert.That(await right.AuthenticateAsync("""{"apiVersion":"1","applicationName":"corner"}"""), Does.Contain(EasyRtcPeer.Joined("default", silent.Listed(), right.Listed())));
        Assert.That(await wrong.AuthenticateAsync("""{"apiVersion":"1","applicationName":"default"}"""), Is.EqualTo(wrong.Error("LOGIN_APP_AUTH_FAIL", AppAuthFail)));
        Assert.That(await outside.AuthenticateAsync("""{"apiVersion":"1","applicationName":"corner"}"""), Is.EqualTo(outside.Error("LOGIN_APP_AUTH_FAIL", AppAuthFail)));
    }

    [Test]
    public async Task A_server_that_is_full_or_stops_says_so()
    {
        using var world = new EasyRtcWorld(server: new SignalingOptions { Sessions = { MaxSessions = 1 } });
        EasyRtcPeer a = await world.EnterAsync(), b = world.Connect(), c = world.Connect();
        Assert.That(
            await b.AuthenticateAsync("""{"apiVersion":"1"}"""),
            Is.EqualTo(b.Error("LOGIN_NO_SOCKETS", "No sockets available for account. Socket will be disconnected.")));
        world.Server.Stop();
        Assert.That(
            await c.AuthenticateAsync("""{"apiVersion":"1"}"""),
            Is.EqualTo(c.Error("SERVER_SHUTDOWN", "Server is being shutdown. Socket will be disconnected.")));
        Assert.Multiple(() =>
        {
            Assert.That(a.Heard(), Is.EqualTo(new[]
            {
                """easyrtcCmd {"msgType":"error","msgData":{"errorCode":"SERVER_SHUTDOWN","errorText":"Server is being shutdown. Socket will be disconnected."}}""",
            }));
            Assert.That(a.Wire.Closed?.Reason, Is.EqualTo(SessionCloseReason.ServerStopping));
        });
    }
}
