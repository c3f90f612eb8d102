using System.Net;
using WebRtcSignaling.WebSockets.Listening;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>Limits by address at a listener of one's own, where the socket says what the address is.</summary>
public sealed class ListenerAdmissionTests
{
    [Test]
    public async Task Connections_beyond_those_of_an_address_get_429_until_one_is_over([Values(Wire.Tcp, Wire.Tls)] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire, server: new() { Admission = { MaxConnectionsPerAddress = 2 } });
        RawClient first = await host.JoinAsync();
        using RawClient second = await host.JoinAsync();
        using (RawClient third = await host.ConnectAsync())
        {
            await third.SendAsync(RawClient.Handshake);
            HttpAnswer answer = await third.ReadAnswerAsync();
            Assert.That((answer.Status, answer.Fields["Retry-After"]), Is.EqualTo((429, "10")));
        }

        first.Dispose();
        await Patience.Until(() => host.Listener is { ConnectionCount: 1, HandshakeCount: 0 }, "one connection");
        await Patience.Until(() => host.Server.Admission.CanEnter(IPAddress.Loopback), "its place");
        using RawClient fourth = await host.JoinAsync();
        Assert.That(host.Listener.ConnectionCount, Is.EqualTo(2));
    }

    [Test]
    public async Task Handshakes_that_are_never_finished_count()
    {
        await using ListenerHost host = await ListenerHost.StartAsync(server: new() { Admission = { MaxConnectionsPerAddress = 1 } });
        using RawClient silent = await host.ConnectAsync();
        await Patience.Until(() => !host.Server.Admission.CanEnter(IPAddress.Loopback), "the silent one");
        using RawClient other = await host.ConnectAsync();
        await other.SendAsync(RawClient.Handshake);
        Assert.That((await other.ReadAnswerAsync()).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task One_beyond_those_of_an_address_that_says_nothing_is_closed_after_a_second_and_keeps_no_place_from_others()
    {
        await using ListenerHost host = await ListenerHost.StartAsync(server: new() { Admission = { MaxConnectionsPerAddress = 1 } });
        using RawClient first = await host.JoinAsync();
        int timers = host.Time.ActiveTimers;
        using RawClient silent = await host.ConnectAsync();
        await Patience.Until(() => host.Listener.HandshakeCount == 1 && host.Time.ActiveTimers > timers, "its handshake");
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await silent.IsOverSoonAsync());
        await Patience.Until(() => host.Listener.HandshakeCount == 0, "its place");
        Assert.That(host.Listener.ConnectionCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Unix_domain_sockets_have_no_address_and_no_limit()
    {
        await using ListenerHost host = await ListenerHost.StartAsync(Wire.Unix, server: new() { Admission = { MaxConnectionsPerAddress = 1 } });
        using RawClient first = await host.JoinAsync();
        using RawClient second = await host.JoinAsync();
        Assert.That(host.Listener.ConnectionCount, Is.EqualTo(2));
    }

    [Test]
    public async Task Whoever_brings_too_many_wrong_tickets_gets_429_and_nobody_is_asked_for_the_time_that_it_is_told()
    {
        using var issuer = new TicketIssuer();
        await using ListenerHost host = await ListenerHost.StartAsync(
            tickets: issuer, server: new() { Admission = { FailuresPerAddress = 2, FailureIntervalPerAddress = TimeSpan.FromSeconds(5) } });
        Assert.That((await TryAsync(host), await TryAsync(host)), Is.EqualTo((401, 401)));
        Assert.That(await TryAsync(host), Is.EqualTo(429));
        host.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.That((await TryAsync(host), await TryAsync(host)), Is.EqualTo((401, 429)));
    }

    [Test]
    public async Task Wrong_tickets_in_hello_count_and_end_in_4006()
    {
        using var issuer = new TicketIssuer();
        await using ListenerHost host = await ListenerHost.StartAsync(
            configure: RequireHello, tickets: issuer, server: new() { Admission = { FailuresPerAddress = 1 } });
        Assert.That(await HelloAsync(host), Is.EqualTo(("invalid-ticket", 1008)));
        Assert.That(await HelloAsync(host), Is.EqualTo(("too-many-attempts", 4006)));
    }

    private static void RequireHello(SignalingListenerOptions options)
    {
        options.RequireTicket = true;
        options.WebSockets.RequireHello = true;
    }

    private static async Task<int> TryAsync(ListenerHost host)
    {
        using RawClient client = await host.ConnectAsync();
        await client.SendAsync(RawClient.Handshake.Replace(
            "\r\n\r\n", "\r\nSec-WebSocket-Protocol: webrtc-signaling.v1, ticket.wrong\r\n\r\n", StringComparison.Ordinal));
        return (await client.ReadAnswerAsync()).Status;
    }

    private static async Task<(string? Code, int Close)> HelloAsync(ListenerHost host)
    {
        using RawClient client = await host.ConnectAsync();
        await client.UpgradeAsync();
        await client.SendAsync(Testing.ClientFrames.Text("""{"type":"hello","ticket":"wrong"}"""));
        string text = await client.ReadTextAsync();
        return ((string?)System.Text.Json.Nodes.JsonNode.Parse(text)!["code"], await client.ReadCloseAsync());
    }
}
