using System.Net.WebSockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.AspNetCore.Tests.Tickets;

/// <summary>Tickets at <c>MapSignaling</c>, from the endpoint that gives them to the session.</summary>
[TestFixture]
public sealed class TicketHandshakeTests
{
    private const string Native = "webrtc-signaling.v1";

    [Test]
    public async Task The_session_belongs_to_the_ticket_s_user_and_the_answer_chooses_the_dialect([Values] bool first)
    {
        await using TestApp app = await StartAsync(requireTicket: true);
        using var tickets = new TicketClient(app);
        string ticket = "ticket." + await tickets.GetAsync("ann");
        using JsonClient client = await ConnectAsync(app, first ? [ticket, Native] : [Native, ticket]);
        await client.ReadWelcomeAsync();
        Assert.That(client.Socket.SubProtocol, Is.EqualTo(Native));
        Assert.That(User(app)?.Identity?.Name, Is.EqualTo("ann"));
        await client.CloseAsync();
    }

    [Test]
    public async Task The_ticket_s_user_outranks_the_request_s()
    {
        await using TestApp app = await StartAsync();
        using var tickets = new TicketClient(app);
        using JsonClient client = await ConnectAsync(app, [Native, "ticket." + await tickets.GetAsync("ann")], user: "ben");
        await client.ReadWelcomeAsync();
        Assert.That(User(app)?.Identity?.Name, Is.EqualTo("ann"));
        await client.CloseAsync();
    }

    [Test]
    public async Task Without_a_ticket_the_request_s_user_counts_where_none_is_required()
    {
        await using TestApp app = await StartAsync();
        using JsonClient client = await ConnectAsync(app, [Native], user: "ben");
        await client.ReadWelcomeAsync();
        Assert.That(User(app)?.Identity?.Name, Is.EqualTo("ben"));
        await client.CloseAsync();
    }

    [Test]
    public async Task A_used_ticket_a_wrong_one_several_and_none_get_the_same_401([Values] bool isSignedIn)
    {
        await using TestApp app = await StartAsync(requireTicket: true);
        using var tickets = new TicketClient(app);
        string used = await tickets.GetAsync("ann");
        Assert.That((await tickets.ShakeHandsAsync($"{Native}, ticket.{used}")).Status, Is.EqualTo(101));
        string good = await tickets.GetAsync("ann");
        var answers = new List<string>();
        foreach (string? offered in (string?[])[$"ticket.{used}", $"{Native}, ticket.{used}", "ticket.x", $"ticket.{good}, ticket.x", "ticket.", Native, null])
        {
            RawResponse answer = await tickets.ShakeHandsAsync(offered, ("Authorization", isSignedIn ? "ann" : null));
            Assert.That(answer.Status, Is.EqualTo(401), offered);
            answers.Add(string.Join('|', answer.Fields.Where(field => field.Key != "Date").Select(field => $"{field.Key}={field.Value}")) + answer.Body);
        }

        Assert.That(answers.Distinct(), Has.Exactly(1).Items);
        Assert.That(answers[0], Does.Contain("WWW-Authenticate=Ticket").And.Contain("Cache-Control=no-store").And.Not.Contain("x."));
        Assert.That(app.Services.GetRequiredService<TicketIssuer>().Count, Is.EqualTo(1), "of several none is used up");
    }

    [Test]
    public async Task A_bad_ticket_is_refused_even_where_none_is_required()
    {
        await using TestApp app = await StartAsync();
        using var tickets = new TicketClient(app);
        RawResponse answer = await tickets.ShakeHandsAsync($"{Native}, ticket.x", ("Authorization", "ann"));
        Assert.That(answer.Status, Is.EqualTo(401));
        Assert.That(app.Server.SessionCount, Is.Zero);
    }

    [Test]
    public async Task A_handshake_that_is_refused_for_another_reason_uses_no_ticket_up()
    {
        await using TestApp app = await StartAsync(requireTicket: true);
        using var tickets = new TicketClient(app);
        string offered = $"{Native}, ticket.{await tickets.GetAsync("ann")}";
        Assert.That((await tickets.ShakeHandsAsync(offered, ("Origin", "https://evil.example"))).Status, Is.EqualTo(403));
        Assert.That((await tickets.ShakeHandsAsync(offered, ("Sec-WebSocket-Version", "12"))).Status, Is.EqualTo(426));
        Assert.That((await tickets.ShakeHandsAsync(offered)).Status, Is.EqualTo(101));
    }

    [Test]
    public async Task Where_hello_is_required_a_ticket_comes_with_either()
    {
        await using TestApp app = await StartAsync(requireTicket: true, requireHello: true);
        using var tickets = new TicketClient(app);
        using JsonClient ann = await ConnectAsync(app, [Native, "ticket." + await tickets.GetAsync("ann")]);
        await ann.SendAsync("""{"type":"hello"}""");
        await ann.ReadWelcomeAsync();
        Assert.That(User(app)?.Identity?.Name, Is.EqualTo("ann"));
        await ann.CloseAsync();

        using JsonClient ben = await ConnectAsync(app, [Native]);
        await ben.SendAsync($$"""{"type":"hello","ticket":"{{await tickets.GetAsync("ben")}}"}""");
        await ben.ReadWelcomeAsync();
        Assert.That(User(app)?.Identity?.Name, Is.EqualTo("ben"));
        await ben.CloseAsync();

        using JsonClient eve = await ConnectAsync(app, [Native], user: "eve");
        await eve.SendAsync("""{"type":"hello"}""");
        Assert.That((string?)(await eve.ReceiveAsync())["code"], Is.EqualTo("invalid-ticket"));
        Assert.That(await eve.ReceiveCloseAsync(), Is.EqualTo(1008));
    }

    [Test]
    public async Task The_app_s_own_redeemer_is_asked_in_place_of_the_built_in_one()
    {
        await using TestApp app = await TestApp.StartAsync(builder => builder.Services.AddSignaling().AddTicketRedeemer<Backwards>());
        using JsonClient client = await ConnectAsync(app, [Native, "ticket.nna"]);
        await client.ReadWelcomeAsync();
        Assert.That(User(app)?.Identity?.Name, Is.EqualTo("ann"));
        await client.CloseAsync();
    }

    [Test]
    public async Task No_log_holds_a_ticket_not_even_one_of_requests()
    {
        await using TestApp app = await StartAsync(requireTicket: true, requireHello: true, logsRequests: true);
        using var tickets = new TicketClient(app);
        var given = new List<string>();
        foreach (string user in (string[])["ann", "ben"])
        {
            string ticket = await tickets.GetAsync(user);
            using JsonClient client = await ConnectAsync(app, user == "ann" ? [Native, "ticket." + ticket] : [Native]);
            await client.SendAsync(user == "ann" ? """{"type":"hello"}""" : $$"""{"type":"hello","ticket":"{{ticket}}"}""");
            await client.ReadWelcomeAsync();
            await client.CloseAsync();
            await tickets.ShakeHandsAsync($"ticket.{ticket}");
            given.Add(ticket);
        }

        string log = string.Join('\n', app.Log.All);
        Assert.That(log, Does.Contain("/signaling/tickets").And.Contain("refused with 401"));
        Assert.That(given, Has.None.Matches<string>(ticket => log.Contains(ticket, StringComparison.Ordinal)));
    }

    private static Task<TestApp> StartAsync(bool requireTicket = false, bool requireHello = false, bool logsRequests = false) => TestApp.StartAsync(
        builder =>
        {
            HeaderAuthentication.Add(builder.Services);
            builder.Services.AddHttpLogging(options => options.LoggingFields = HttpLoggingFields.RequestPropertiesAndHeaders
                | HttpLoggingFields.ResponsePropertiesAndHeaders);
            builder.Services.AddSignaling(options => options.WebSockets.RequireHello = requireHello);
        },
        web =>
        {
            if (logsRequests)
            {
                web.UseHttpLogging();
            }

            web.MapSignaling("/signaling", endpoint => endpoint.RequireTicket = requireTicket);
            web.MapSignalingTickets();
        });

    private static async Task<JsonClient> ConnectAsync(TestApp app, string[] subProtocols, string? user = null)
    {
        var socket = new ClientWebSocket();
        Array.ForEach(subProtocols, socket.Options.AddSubProtocol);
        if (user is not null)
        {
            socket.Options.SetRequestHeader("Authorization", user);
        }

        await socket.ConnectAsync(new Uri($"ws://{app.Address}/signaling"), CancellationToken.None).WaitAsync(TestApp.Bound);
        return new JsonClient(socket);
    }

    private static ClaimsPrincipal? User(TestApp app) => app.Application.Sessions.Single().User;

    private sealed class Backwards : ITicketRedeemer
    {
        public ValueTask<ClaimsPrincipal?> RedeemAsync(string ticket, CancellationToken cancellationToken) =>
            new(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, string.Concat(ticket.Reverse()))], "test")));
    }
}
