using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Tests.Tickets;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>Tokens in <c>hello</c>, and proving oneself anew.</summary>
public sealed class AuthRefreshTests
{
    private static readonly WebSocketOptions _required = new() { RequireHello = true };

    private readonly List<string> _said = [];
    private AuthorizationDecision _decision = AuthorizationDecision.Allow;

    [SetUp]
    public void Allow()
    {
        _said.Clear();
        _decision = AuthorizationDecision.Allow;
    }

    [TestCase("\"text\"")]
    [TestCase("{\"scheme\": \"Bearer\",\"value\":[1, 2]}")]
    [TestCase("7")]
    public async Task A_token_in_hello_reaches_the_app_byte_for_byte(string token)
    {
        await using MemoryServer server = Server(_required);
        JsonObject welcome = await server.Connect().AskAsync($$"""{"type":"hello","id":1,"token":{{token}}}""");
        Assert.That((string?)welcome["type"], Is.EqualTo("welcome"));
        Assert.That(_said, Is.EqualTo(new[] { token }));
    }

    [Test]
    public async Task A_client_that_comes_back_proves_itself_anew_with_its_token()
    {
        await using MemoryServer server = Server();
        (WireClient client, Task<ConnectionEnd> served) = server.Connect(new MemoryTransport());
        string resume = (string)(await client.ReceiveJsonAsync("welcome"))["resume"]!["token"]!;
        await client.EndAsync();
        await served.WaitAsync(Eventually.Bound);
        _decision = AllowFor(server, 8);
        WireClient back = server.Connect(new ConnectionRequest { AnnouncesHello = true });
        JsonObject resumed = await back.AskAsync($$"""{"type":"hello","id":1,"resume":"{{resume}}","ack":0,"token":"fresh"}""");
        Assert.That(((string?)resumed["type"], (bool?)resumed["recovered"]), Is.EqualTo(("resumed", (bool?)true)));
        Assert.That((long?)resumed["authExpiresAt"], Is.EqualTo(_decision.ExpiresAt!.Value.ToUnixTimeMilliseconds()));
        Assert.That(_said, Is.EqualTo(new[] { "", "\"fresh\"" }));
    }

    [Test]
    public async Task A_token_of_null_is_none()
    {
        await using MemoryServer server = Server(_required);
        await server.Connect().AskAsync("""{"type":"hello","id":1,"token":null}""");
        Assert.That(_said, Is.EqualTo(new[] { "" }));
    }

    [Test]
    public async Task Where_the_session_has_begun_a_token_in_hello_comes_too_late_and_nobody_sees_it()
    {
        await using MemoryServer server = Server();
        (WireClient client, _) = await server.ConnectAsync();
        JsonObject answer = await client.AskAsync("""{"type":"hello","id":1,"token":"t"}""");
        Assert.That((string?)answer["code"], Is.EqualTo("invalid-argument"));
        Assert.That(_said, Is.EqualTo(new[] { "" }));
    }

    [Test]
    public async Task The_time_of_expiry_is_told_in_welcome_and_after_a_refresh_and_met_by_a_close()
    {
        await using MemoryServer server = Server(_required);
        _decision = AllowFor(server, 10);
        WireClient client = server.Connect();
        JsonObject welcome = await client.AskAsync("""{"type":"hello","id":1,"token":"t"}""");
        Assert.That((long?)welcome["authExpiresAt"], Is.EqualTo(_decision.ExpiresAt!.Value.ToUnixTimeMilliseconds()));
        server.Advance(TimeSpan.FromSeconds(5));
        _decision = AllowFor(server, 8);
        JsonObject refreshed = await client.AskAsync("""{"type":"auth-refresh","id":"r","token":"u"}""");
        Assert.That(
            ((string?)refreshed["type"], (string?)refreshed["id"], (long?)refreshed["authExpiresAt"]),
            Is.EqualTo(("auth-refreshed", "r", (long?)_decision.ExpiresAt!.Value.ToUnixTimeMilliseconds())));
        server.Advance(TimeSpan.FromSeconds(7));
        Assert.That(server.Server.SessionCount, Is.EqualTo(1));
        server.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4005));
        Assert.That(_said, Is.EqualTo(new[] { "\"t\"", "\"u\"" }));
    }

    [Test]
    public async Task A_ticket_renews_the_claims_of_the_same_account_and_is_used_up()
    {
        await using MemoryServer server = Server();
        (WireClient client, string id) = await server.ConnectAsync(new ConnectionRequest { User = Users.Named("ann") });
        JsonObject answer = await client.AskAsync($$"""{"type":"auth-refresh","id":1,"ticket":"{{Ticket(server, "ann", "teacher")}}"}""");
        Assert.That((string?)answer["type"], Is.EqualTo("auth-refreshed"));
        Assert.That(server.Server.Default.FindSession(SessionId.Parse(id))!.User!.IsInRole("teacher"), Is.True);
        Assert.That(server.Tickets.Count, Is.Zero);
    }

    [Test]
    public async Task A_ticket_of_another_account_is_refused_and_the_session_stays_whose_it_was()
    {
        await using MemoryServer server = Server();
        (WireClient client, string id) = await server.ConnectAsync(new ConnectionRequest { User = Users.Named("ann") });
        JsonObject answer = await client.AskAsync($$"""{"type":"auth-refresh","id":1,"ticket":"{{Ticket(server, "ben")}}"}""");
        Assert.That((string?)answer["code"], Is.EqualTo("not-permitted"));
        Assert.That(server.Server.Default.FindSession(SessionId.Parse(id))!.User!.Identity!.Name, Is.EqualTo("ann"));
        Assert.That((string?)(await client.AskAsync("""{"type":"ping","id":2}"""))["type"], Is.EqualTo("pong"));
    }

    [Test]
    public async Task A_bad_ticket_is_refused_and_the_app_is_not_asked()
    {
        await using MemoryServer server = Server();
        (WireClient client, _) = await server.ConnectAsync();
        JsonObject answer = await client.AskAsync("""{"type":"auth-refresh","id":1,"ticket":"nobody gave this","token":"t"}""");
        Assert.That((string?)answer["code"], Is.EqualTo("invalid-ticket"));
        Assert.That(_said, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Wrong_tickets_in_refreshes_count_like_those_in_handshakes_and_then_not_even_a_good_one_is_used_up()
    {
        await using MemoryServer server = Server(options: new() { Admission = { FailuresPerAddress = 2 } });
        (WireClient client, _) = await server.ConnectAsync(new ConnectionRequest { User = Users.Named("ann"), RemoteAddress = IPAddress.Parse("203.0.113.7") });
        string good = Ticket(server, "ann");
        List<string?> answers = [];
        foreach (string ticket in new[] { "a", "b", good })
        {
            answers.Add((string?)(await client.AskAsync($$"""{"type":"auth-refresh","id":1,"ticket":"{{ticket}}"}"""))["code"]);
        }

        Assert.That(answers, Is.EqualTo(new[] { "invalid-ticket", "invalid-ticket", "too-many-attempts" }));
        Assert.That(server.Tickets.Count, Is.EqualTo(1));
        server.Advance(server.Server.Options.Admission.FailureIntervalPerAddress);
        Assert.That((string?)(await client.AskAsync($$"""{"type":"auth-refresh","id":1,"ticket":"{{good}}"}"""))["type"], Is.EqualTo("auth-refreshed"));
    }

    [TestCase("{\"type\":\"auth-refresh\",\"id\":1}")]
    [TestCase("{\"type\":\"auth-refresh\",\"id\":1,\"token\":null,\"ticket\":null}")]
    [TestCase("{\"type\":\"auth-refresh\",\"id\":1,\"token\":1,\"ticket\":7}")]
    public async Task A_refresh_with_nothing_to_show_is_refused(string request)
    {
        await using MemoryServer server = Server();
        (WireClient client, _) = await server.ConnectAsync();
        Assert.That((string?)(await client.AskAsync(request))["code"], Is.EqualTo("invalid-argument"));
        Assert.That(_said, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_valid_ticket_of_a_banned_account_opens_no_room()
    {
        await using MemoryServer server = Server();
        (WireClient ann, _) = await server.ConnectAsync(new ConnectionRequest { User = Users.Named("ann") });
        (WireClient eve, string eveId) = await server.ConnectAsync(new ConnectionRequest { User = Users.Named("eve") });
        await ann.AskAsync("""{"type":"room-create","id":1,"room":"tea"}""");
        await eve.AskAsync("""{"type":"room-join","id":1,"room":"tea"}""");
        await ann.ReceiveJsonAsync("client-joined");
        await ann.SendAsync($$"""{"type":"room-ban","room":"tea","targetId":"{{eveId}}"}""");
        await eve.ReceiveJsonAsync("room-left");
        await eve.AskAsync($$"""{"type":"auth-refresh","id":2,"ticket":"{{Ticket(server, "eve")}}"}""");
        Assert.That((string?)(await eve.AskAsync("""{"type":"room-join","id":3,"room":"tea"}"""))["code"], Is.EqualTo("banned"));
        (WireClient again, _) = await server.ConnectAsync();
        await again.AskAsync($$"""{"type":"auth-refresh","id":4,"ticket":"{{Ticket(server, "eve")}}"}""");
        Assert.That((string?)(await again.AskAsync("""{"type":"room-join","id":5,"room":"tea"}"""))["code"], Is.EqualTo("banned"), "as a new session");
    }

    [Test]
    public async Task An_account_that_was_removed_and_shut_out_gets_in_with_no_valid_ticket()
    {
        await using MemoryServer server = Server(_required);
        WireClient eve = server.Connect();
        await eve.AskAsync($$"""{"type":"hello","id":1,"ticket":"{{Ticket(server, "eve")}}"}""");
        string later = Ticket(server, "eve");
        _decision = AuthorizationDecision.Deny;
        server.Server.Default.Sessions.Single().Close(new SessionClose(SessionCloseReason.Removed));
        Assert.That((await eve.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4001));
        WireClient again = server.Connect();
        Assert.That((string?)(await again.AskAsync($$"""{"type":"hello","id":1,"ticket":"{{later}}"}"""))["code"], Is.EqualTo("not-permitted"));
        Assert.That((await again.ReceiveCloseAsync()).CloseCode, Is.EqualTo(1008));
    }

    private static string Ticket(MemoryServer server, string user, string? role = null)
    {
        Claim[] roles = role is null ? [] : [new(ClaimTypes.Role, role)];
        return server.Tickets.Issue(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, user), .. roles], "test"))).Value.Value;
    }

    private static AuthorizationDecision AllowFor(MemoryServer server, int seconds) =>
        AuthorizationDecision.Allow with { ExpiresAt = server.Time.GetUtcNow() + TimeSpan.FromSeconds(seconds) };

    private MemoryServer Server(WebSocketOptions? webSockets = null, SignalingOptions? options = null) => new(options, webSockets, authorizer: new AskedAuthorizer(asked =>
    {
        if (asked.Operation != SignalingOperation.Connect)
        {
            return AuthorizationDecision.Allow;
        }

        _said.Add(Encoding.UTF8.GetString(asked.Data.Span));
        return _decision;
    }));
}
