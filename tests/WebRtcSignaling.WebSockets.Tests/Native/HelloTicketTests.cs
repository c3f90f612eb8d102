using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Tests.Tickets;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>Saying hello with a ticket: who one is then, and what a bad one leads to.</summary>
public sealed class HelloTicketTests
{
    private static readonly WebSocketOptions _required = new() { RequireHello = true };

    [Test]
    public async Task The_session_belongs_to_the_ticket_s_user_whoever_the_handshake_spoke_of()
    {
        ClaimsPrincipal? user = null;
        var authorizer = new AskedAuthorizer(request =>
        {
            user = request.User;
            return AuthorizationDecision.Allow;
        });
        await using var server = new MemoryServer(webSockets: _required, authorizer: authorizer);
        WireClient client = server.Connect(new ConnectionRequest { User = Users.Named("ben"), RequiresTicket = true });

        JsonObject welcome = await client.AskAsync(Hello(Issue(server, "ann"), ",\"id\":1,\"username\":\"Ann\""));

        Assert.Multiple(() =>
        {
            Assert.That(((string?)welcome["type"], (int?)welcome["id"], (string?)welcome["username"]), Is.EqualTo(("welcome", (int?)1, "Ann")));
            Assert.That(user?.Identity?.Name, Is.EqualTo("ann"));
            Assert.That(server.Server.Default.Sessions.Single().User?.Identity?.Name, Is.EqualTo("ann"));
            Assert.That(server.Tickets.Count, Is.Zero);
        });
    }

    [Test]
    public async Task Without_a_ticket_the_handshake_s_user_counts()
    {
        await using var server = new MemoryServer(webSockets: _required);
        WireClient client = server.Connect(new ConnectionRequest { User = Users.Named("ben") });
        await client.AskAsync("""{"type":"hello","ticket":null}""");
        Assert.That(server.Server.Default.Sessions.Single().User?.Identity?.Name, Is.EqualTo("ben"));
    }

    [Test]
    public async Task A_used_ticket_a_wrong_one_an_old_one_and_none_are_refused_in_the_same_words_and_end_the_connection()
    {
        await using var server = new MemoryServer(webSockets: _required);
        string used = Issue(server, "ann");
        (WireClient first, Task<ConnectionEnd> served) = server.Connect(new MemoryTransport());
        await first.AskAsync(Hello(used));
        await first.SendBytesAsync(ClientFrames.Close(1000));
        await served;
        string old = Issue(server, "ann");
        server.Advance(TimeSpan.FromSeconds(30));
        string[] heard =
        [
            await RefuseAsync(server, Hello(used)),
            await RefuseAsync(server, Hello(old)),
            await RefuseAsync(server, Hello(new string('x', 32))),
            await RefuseAsync(server, Hello("")),
            await RefuseAsync(server, Hello(new string('x', 60_000))),
            await RefuseAsync(server, """{"type":"hello","id":7}"""),
        ];
        Assert.That(heard.Distinct(), Has.Exactly(1).Items);
        Assert.That(heard[0], Does.Contain("\"code\":\"invalid-ticket\""));
        Assert.That(server.Server.SessionCount, Is.Zero, "nor is there a session");
    }

    [TestCase("7")]
    [TestCase("[]")]
    [TestCase("true")]
    public async Task A_ticket_that_is_no_text_is_refused_and_hello_may_be_said_again(string json)
    {
        await using var server = new MemoryServer(webSockets: _required);
        WireClient client = server.Connect();
        JsonObject answer = await client.AskAsync($$"""{"type":"hello","ticket":{{json}}}""");
        Assert.That((string?)answer["code"], Is.EqualTo("invalid-argument"));
        Assert.That((string?)(await client.AskAsync(Hello(Issue(server, "ann"))))["type"], Is.EqualTo("welcome"));
    }

    [Test]
    public async Task Where_the_session_has_begun_a_ticket_comes_too_late_and_is_not_used_up()
    {
        await using var server = new MemoryServer();
        (WireClient client, _) = await server.ConnectAsync();
        JsonObject answer = await client.AskAsync(Hello(Issue(server, "ann")));
        Assert.That((string?)answer["code"], Is.EqualTo("invalid-argument"));
        Assert.That(server.Tickets.Count, Is.EqualTo(1));
        Assert.That((string?)(await client.AskAsync("""{"type":"hello","username":"Ann"}"""))["username"], Is.EqualTo("Ann"));
    }

    [Test]
    public async Task Who_must_bring_a_ticket_where_nobody_says_hello_gets_no_session()
    {
        await using var server = new MemoryServer();
        WireClient client = server.Connect(new ConnectionRequest { RequiresTicket = true });
        Assert.That((string?)(await client.ReceiveJsonAsync())["code"], Is.EqualTo("invalid-ticket"));
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(1008));
    }

    [Test]
    public async Task A_redeemer_of_the_program_s_own_is_asked_and_may_take_its_time()
    {
        var answer = new TaskCompletionSource<ClaimsPrincipal?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var redeemer = new ScriptedRedeemer((_, _) =>
        {
            asked.SetResult();
            return new(answer.Task);
        });
        await using var server = new MemoryServer(webSockets: _required, tickets: redeemer);
        WireClient client = server.Connect();
        await client.SendAsync(Hello("a.signed~token"));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        server.Advance(TimeSpan.FromSeconds(20));
        Assert.That(server.Server.SessionCount, Is.Zero);
        answer.SetResult(Users.Named("ann"));
        Assert.That((string?)(await client.ReceiveJsonAsync())["type"], Is.EqualTo("welcome"));
        Assert.That(redeemer.Asked, Is.EqualTo(new[] { "a.signed~token" }));
    }

    [Test]
    public async Task An_exception_of_the_redeemer_refuses()
    {
        var redeemer = new ScriptedRedeemer((ticket, _) => throw new InvalidOperationException($"secret {ticket}"));
        await using var server = new MemoryServer(webSockets: _required, tickets: redeemer);
        Assert.That(await RefuseAsync(server, Hello("T")), Does.Contain("invalid-ticket").And.Not.Contain("secret"));
    }

    [Test]
    public async Task A_client_that_goes_away_ends_the_redeemer_s_work()
    {
        var asked = new TaskCompletionSource<CancellationToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        var redeemer = new ScriptedRedeemer(async (_, cancellationToken) =>
        {
            asked.SetResult(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return null;
        });
        await using var server = new MemoryServer(webSockets: _required, tickets: redeemer);
        using var aborting = new CancellationTokenSource();
        (WireClient client, Task<ConnectionEnd> served) = server.Connect(new MemoryTransport(), aborted: aborting.Token);
        await client.SendAsync(Hello("T"));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await aborting.CancelAsync();
        Assert.That(await served.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(ConnectionEnd.Abort));
    }

    [TestCase("hello")]
    [TestCase("handshake")]
    public async Task A_client_that_goes_away_while_its_ticket_is_looked_at_has_failed_at_nothing(string where)
    {
        using var aborting = new CancellationTokenSource();
        var redeemer = new ScriptedRedeemer(async (ticket, cancellationToken) =>
        {
            if (ticket == "T")
            {
                await aborting.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            throw new InvalidOperationException("What databases throw when they are canceled.");
        });
        await using var server = new MemoryServer(new() { Admission = { FailuresPerAddress = 1 } }, _required, tickets: redeemer);
        var request = new ConnectionRequest { RemoteAddress = IPAddress.Parse("203.0.113.7") };
        if (where == "handshake")
        {
            await server.Endpoint.AdmitAsync(request, "T", aborting.Token);
        }
        else
        {
            (WireClient client, Task<ConnectionEnd> served) = server.Connect(new MemoryTransport(), request, aborting.Token);
            await client.SendAsync(Hello("T"));
            await served.WaitAsync(TimeSpan.FromSeconds(30));
        }

        Assert.That(server.Server.Admission.CheckAuthentication(request.RemoteAddress), Is.Null);
        await server.Endpoint.AdmitAsync(request, "wrong", CancellationToken.None);
        Assert.That(server.Server.Admission.CheckAuthentication(request.RemoteAddress), Is.Not.Null, "one that stays has failed");
    }

    [Test]
    public async Task A_good_ticket_may_stand_for_nobody_known()
    {
        await using var server = new MemoryServer(webSockets: _required);
        WireClient client = server.Connect(new ConnectionRequest { User = Users.Named("ben"), RequiresTicket = true });
        await client.AskAsync(Hello(server.Tickets.Issue(new ClaimsPrincipal(new ClaimsIdentity())).Value.Value));
        Assert.That(server.Server.Default.Sessions.Single().User, Is.Null);
    }

    private static string Issue(MemoryServer server, string user) => server.Tickets.Issue(Users.Named(user)).Value.Value;

    private static string Hello(string ticket, string more = ",\"id\":7") => $$"""{"type":"hello","ticket":"{{ticket}}"{{more}}}""";

    /// <summary>What a client hears that must bring a ticket and says this, before it is closed.</summary>
    private static async Task<string> RefuseAsync(MemoryServer server, string hello)
    {
        WireClient client = server.Connect(new ConnectionRequest { RequiresTicket = true });
        JsonObject error = await client.AskAsync(hello);
        WireEvent close = await client.ReceiveCloseAsync();
        Assert.That(close.CloseCode, Is.EqualTo(1008));
        return error.ToJsonString();
    }
}
