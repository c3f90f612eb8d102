using System.Text.Json.Nodes;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>Every code in the table "Refusal codes" of docs/protocol.md is produced here.</summary>
public sealed class RefusalCodeTests
{
    /// <summary>A code, what is done before by Ann (<c>a</c>), Ben (<c>b</c>) and Cat (<c>c</c>), and the request that is refused.</summary>
    private static readonly (string Code, string[] Before, string Refused)[] _cases =
    [
        ("invalid-message", [], "a not json"),
        ("unknown-type", [], """a {"type":"dance"}"""),
        ("invalid-argument", [], """a {"type":"room-join"}"""),
        ("limit-exceeded", ["""a {"type":"room-create"}""", """a {"type":"room-create"}"""], """a {"type":"room-create"}"""),
        ("not-permitted", [], """b {"type":"room-close","room":"r"}"""),
        ("room-not-exists", [], """a {"type":"room-join","room":"nowhere"}"""),
        ("room-exists", [], """c {"type":"room-create","room":"r"}"""),
        ("not-in-room", [], """c {"type":"room-leave","room":"r"}"""),
        ("already-in-room", [], """a {"type":"room-join","room":"r"}"""),
        ("room-full", ["""a {"type":"room-update","room":"r","capacity":2}"""], """c {"type":"room-join","room":"r"}"""),
        ("room-locked", ["""a {"type":"room-update","room":"r","locked":true}"""], """c {"type":"room-join","room":"r"}"""),
        ("wrong-password", ["""a {"type":"room-update","room":"r","password":"sesame"}"""], """c {"type":"room-join","room":"r","password":"x"}"""),
        (
            "too-many-attempts",
            ["""a {"type":"room-update","room":"r","password":"sesame"}""", """c {"type":"room-join","room":"r","password":"x"}"""],
            """c {"type":"room-join","room":"r","password":"sesame"}"""),
        ("rate-limited", ["""c {"type":"room-create"}""", """c {"type":"room-create"}""", """c {"type":"room-create"}""", """c {"type":"room-join","room":"r"}"""], """c {"type":"room-join","room":"r"}"""),
        ("banned", ["""c {"type":"room-join","room":"r"}""", """a {"type":"room-ban","room":"r","targetId":"$c"}"""], """c {"type":"room-join","room":"r"}"""),
        ("already-banned", ["""a {"type":"room-ban","room":"r","username":"Eve"}"""], """a {"type":"room-ban","room":"r","username":"eve"}"""),
        ("not-banned", [], """a {"type":"room-unban","room":"r","username":"Eve"}"""),
        ("target-not-found", [], """a {"type":"signal-send","room":"r","targetId":"$c","data":1}"""),
        (
            "target-busy",
            ["""c {"type":"room-join","room":"r"}""", """b {"type":"call-start","room":"r","targetId":"$c"}"""],
            """a {"type":"call-start","room":"r","targetId":"$c"}"""),
        ("call-not-found", [], """a {"type":"call-hangup","callId":"x"}"""),
        ("call-not-ready", ["""a {"type":"call-start","room":"r","targetId":"$b"}"""], """a {"type":"call-offer","callId":"$call","data":1}"""),
        ("not-in-group", [], """a {"type":"group-leave","group":"g"}"""),
        ("out-of-sequence", ["""a {"type":"ping","seq":1}"""], """a {"type":"ping","seq":3}"""),
        ("internal-error", [], """a {"type":"ice-get"}"""),
    ];

    private static readonly string[] _ofConnecting = ["application-not-exists", "server-stopping", "invalid-ticket", "room-closing", "session-closed"];

    [TestCaseSource(nameof(Codes))]
    public async Task The_code_is_produced(string code)
    {
        (_, string[] before, string refused) = _cases.Single(entry => entry.Code == code);
        var options = new SignalingOptions();
        options.Sessions.MaxRooms = 2;
        options.Sessions.JoinBurst = 4;
        options.Rooms.PasswordGuessesPerSession = 1;
        options.Calls.MaxCallsPerMember = 1;
        options.Applications["default"] = new ApplicationOptions { AllowClientGroups = true };
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync(new MemoryServer(options, iceServers: new BrokenProvider()));
        (WireClient cat, string catId) = await room.Server.ConnectAsync();
        string call = "";

        async Task<JsonObject> DoAsync(string line)
        {
            WireClient client = line[0] switch { 'a' => room.Ann, 'b' => room.Ben, _ => cat };
            string request = line[2..]
                .Replace("$call", call, StringComparison.Ordinal)
                .Replace("$b", room.BenId, StringComparison.Ordinal)
                .Replace("$c", catId, StringComparison.Ordinal);
            await client.CatchUpAsync();
            JsonObject answer = await client.AskAsync(request);
            call = (string?)answer["callId"] ?? call;
            return answer;
        }

        foreach (string line in before)
        {
            await DoAsync(line);
        }

        JsonObject answer = await DoAsync(refused);
        string ownType = code is "room-exists" or "room-not-exists" or "not-in-room" or "target-not-found" ? code : "error";
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer["code"], Is.EqualTo(code));
            Assert.That((string?)answer["type"], Is.EqualTo(ownType));
            Assert.That((string?)answer["message"], Is.Not.Empty.And.Not.Null);
            Assert.That(answer.ContainsKey("retryAfter"), Is.EqualTo(code is "too-many-attempts" or "rate-limited"));
        });
    }

    [Test]
    public void Every_code_of_the_document_has_its_test_and_no_other() => Assert.That(
        Codes().Concat(_ofConnecting),
        Is.EquivalentTo(ProtocolDocument.Table("Refusal codes").SelectMany(row => ProtocolDocument.Codes(row[0]))));

    [Test]
    public async Task The_code_application_not_exists_is_produced()
    {
        await using var server = new MemoryServer();
        WireClient client = server.Connect(new ConnectionRequest { Application = "nope" });
        Assert.That((string?)(await client.ReceiveJsonAsync())["code"], Is.EqualTo("application-not-exists"));
    }

    [Test]
    public async Task The_code_server_stopping_is_produced()
    {
        await using var server = new MemoryServer();
        server.Server.Stop();
        Assert.That((string?)(await server.Connect().ReceiveJsonAsync())["code"], Is.EqualTo("server-stopping"));
    }

    [Test]
    public async Task The_code_room_closing_is_produced()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        (WireClient cat, _) = await room.Server.ConnectAsync();
        room.Server.Server.Default.DrainRoom(RoomId.Parse("r"), TimeSpan.FromSeconds(2.5));
        JsonObject answer = await cat.AskAsync("""{"type":"room-join","room":"r"}""");
        Assert.That(((string?)answer["type"], (string?)answer["code"], (int?)answer["retryAfter"]), Is.EqualTo(("error", "room-closing", (int?)2_500)));
    }

    [Test]
    public async Task The_code_invalid_ticket_is_produced()
    {
        await using var server = new MemoryServer(webSockets: new() { RequireHello = true });
        JsonObject answer = await server.Connect().AskAsync("""{"type":"hello","ticket":"nobody gave this"}""");
        Assert.That(((string?)answer["type"], (string?)answer["code"]), Is.EqualTo(("error", "invalid-ticket")));
    }

    [Test]
    public async Task The_host_app_may_refuse_any_request_that_is_asked_about([ValueSource(nameof(AskedRequests))] RequestShape shape)
    {
        bool refuses = false;
        var authorizer = new AskedAuthorizer(_ => refuses ? AuthorizationDecision.DenyBecause("Not today.") : AuthorizationDecision.Allow);
        var options = new SignalingOptions();
        options.Applications["default"] = new ApplicationOptions { AllowClientGroups = true };
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync(new MemoryServer(options, authorizer: authorizer));
        refuses = true;

        JsonObject answer = await room.AnnAsksAsync(shape.ToJson());

        Assert.That(((string?)answer["code"], (string?)answer["message"]), Is.EqualTo(("not-permitted", "Not today.")));
        Assert.That(await room.Ben.CatchUpAsync(), Is.Empty);
    }

    private static IEnumerable<string> Codes() => _cases.Select(entry => entry.Code);

    /// <summary>All but those that only give something up, and those that need no permission.</summary>
    private static IEnumerable<RequestShape> AskedRequests() => RequestShape.All.Where(shape =>
        shape.Type is not ("room-leave" or "group-leave" or "call-reject" or "call-hangup" or "ping"));

    private sealed class BrokenProvider : IIceServerProvider
    {
        public ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(IceServerRequest request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("secret detail");
    }
}
