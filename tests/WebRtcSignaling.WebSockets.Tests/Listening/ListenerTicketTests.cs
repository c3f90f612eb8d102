using System.Net;
using System.Security.Claims;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Listening;
using WebRtcSignaling.WebSockets.Tests.Tickets;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>Tickets at a listener of one's own, in the handshake and in <c>hello</c>, with a redeemer that the program brings.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ListenerTicketTests : IDisposable
{
    private readonly TicketIssuer _issuer = new();

    public void Dispose() => _issuer.Dispose();

    [Test]
    public async Task A_ticket_in_the_handshake_says_who_the_session_belongs_to_and_is_not_chosen([Values] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire, RequireTicket, tickets: _issuer);
        using RawClient client = await host.ConnectAsync();

        await client.SendAsync(Handshake($"ticket.{Issue("ann")}, webrtc-signaling.v1"));
        HttpAnswer answer = await client.ReadAnswerAsync();

        Assert.That((answer.Status, answer.Fields["Sec-WebSocket-Protocol"]), Is.EqualTo((101, "webrtc-signaling.v1")));
        Assert.That(await client.ReadTextAsync(), Does.StartWith("{\"type\":\"welcome\""));
        Assert.That(host.Server.Default.Sessions.Single().User?.Identity?.Name, Is.EqualTo("ann"));
    }

    [Test]
    public async Task A_used_ticket_a_wrong_one_several_and_none_get_the_same_401()
    {
        var log = new LogRecorder();
        await using ListenerHost host = await ListenerHost.StartAsync(configure: RequireTicket, loggerFactory: log, tickets: _issuer);
        string used = Issue("ann");
        await _issuer.RedeemAsync(used, CancellationToken.None);
        string good = Issue("ann");
        var bodies = new List<string>();
        foreach (string offered in (string[])[$"ticket.{used}", "ticket.wrong", $"ticket.{good}, ticket.{used}", "ticket.", "webrtc-signaling.v1"])
        {
            using RawClient client = await host.ConnectAsync();
            await client.SendAsync(Handshake(offered));
            HttpAnswer answer = await client.ReadAnswerAsync();
            Assert.That((answer.Status, answer.Fields["WWW-Authenticate"]), Is.EqualTo((401, "Ticket")), offered);
            bodies.Add(answer.Body);
        }

        Assert.That(bodies.Distinct(), Has.Exactly(1).Items);
        Assert.That(log.Text, Does.Contain("401").And.Not.Contain(used).And.Not.Contain(good));
        Assert.That(_issuer.Count, Is.EqualTo(1), "of several none is used up");
    }

    [Test]
    public async Task Where_nobody_knows_tickets_every_ticket_is_wrong()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using RawClient client = await host.ConnectAsync();
        await client.SendAsync(Handshake("webrtc-signaling.v1, ticket.x"));
        Assert.That((await client.ReadAnswerAsync()).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Where_hello_is_required_a_ticket_may_come_with_it()
    {
        await using ListenerHost host = await ListenerHost.StartAsync(
            configure: options =>
            {
                options.RequireTicket = true;
                options.WebSockets.RequireHello = true;
            },
            tickets: _issuer);
        using RawClient ann = await host.ConnectAsync();
        await ann.UpgradeAsync();
        await ann.SendAsync(ClientFrames.Text($$"""{"type":"hello","ticket":"{{Issue("ann")}}"}"""));
        Assert.That(await ann.ReadTextAsync(), Does.StartWith("{\"type\":\"welcome\""));
        Assert.That(host.Server.Default.Sessions.Single().User?.Identity?.Name, Is.EqualTo("ann"));

        using RawClient eve = await host.ConnectAsync();
        await eve.UpgradeAsync();
        await eve.SendAsync(ClientFrames.Text("""{"type":"hello"}"""));
        Assert.That(await eve.ReadTextAsync(), Does.Contain("invalid-ticket"));
        Assert.That(await eve.ReadCloseAsync(), Is.EqualTo(1008));
    }

    [Test]
    public async Task Only_the_native_dialect_can_bring_a_ticket_with_hello([Values] bool requiresHello, [Values("shout", "hello, shout", "shout, hello")] string offered)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(
            configure: options =>
            {
                options.RequireTicket = true;
                options.WebSockets.RequireHello = requiresHello;
                options.Dialects.Add(new ShoutDialect());
            },
            tickets: _issuer);
        using RawClient eve = await host.ConnectAsync();
        await eve.SendAsync(Handshake(offered));
        Assert.That((await eve.ReadAnswerAsync()).Status, Is.EqualTo(401));

        using RawClient ann = await host.ConnectAsync();
        await ann.SendAsync(Handshake($"{offered}, ticket.{Issue("ann")}"));
        Assert.That((await ann.ReadAnswerAsync()).Status, Is.EqualTo(101));
    }

    [Test]
    public async Task A_redeemer_that_never_answers_holds_a_place_no_longer_than_a_handshake_may()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var redeemer = new ScriptedRedeemer(async (_, _) =>
        {
            asked.SetResult();
            return await new TaskCompletionSource<ClaimsPrincipal?>(TaskCreationOptions.RunContinuationsAsynchronously).Task;
        });
        await using ListenerHost host = await ListenerHost.StartAsync(tickets: redeemer);
        using RawClient client = await host.ConnectAsync();
        await client.SendAsync(Handshake("ticket.x"));
        await asked.Task.Soon();
        Assert.That(host.Listener.HandshakeCount, Is.EqualTo(1));

        host.Time.Advance(host.Options.HandshakeTimeout);

        Assert.That((await client.ReadAnswerAsync()).Status, Is.EqualTo(401));
        client.EndSending();
        await host.AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task Stopping_does_not_wait_for_the_redeemer()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var redeemer = new ScriptedRedeemer(async (_, _) =>
        {
            asked.SetResult();
            return await new TaskCompletionSource<ClaimsPrincipal?>(TaskCreationOptions.RunContinuationsAsynchronously).Task;
        });
        await using ListenerHost host = await ListenerHost.StartAsync(tickets: redeemer);
        using RawClient client = await host.ConnectAsync();
        await client.SendAsync(Handshake("ticket.x"));
        await asked.Task.Soon();
        await host.Listener.StopAsync().Soon();
        Assert.That(host.Listener.HandshakeCount, Is.Zero);
    }

    [Test]
    public void A_listener_that_wants_tickets_that_nobody_knows_is_not_made()
    {
        using var server = new SignalingServer();
        var options = new SignalingListenerOptions { Endpoints = { new(new IPEndPoint(IPAddress.Loopback, 0)) }, RequireTicket = true };
        var exception = Assert.Throws<ArgumentException>(() => _ = new SignalingListener(server, options));
        Assert.That(exception.Message, Does.Contain("RequireTicket").And.Contain("ITicketRedeemer"));
    }

    private static void RequireTicket(SignalingListenerOptions options) => options.RequireTicket = true;

    private static string Handshake(string offered) =>
        RawClient.Handshake.Replace("\r\n\r\n", $"\r\nSec-WebSocket-Protocol: {offered}\r\n\r\n", StringComparison.Ordinal);

    private string Issue(string user) => _issuer.Issue(Users.Named(user)).Value.Value;
}
