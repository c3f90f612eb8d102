using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>Dialects that a program gives its listener, chosen by sub-protocol over real sockets.</summary>
public sealed class ListenerDialectTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Clients_choose_it_by_its_sub_protocol_and_meet_native_ones([Values(Wire.Tcp, Wire.Tls)] Wire wire)
    {
        await using ListenerHost host = await StartAsync(wire);
        using ClientWebSocket one = await ConnectAsync(host, "shout");
        using ClientWebSocket other = await ConnectAsync(host, "unheard-of", "shout");
        using ClientWebSocket native = await ConnectAsync(host, "webrtc-signaling.v1");
        Assert.That((one.SubProtocol, other.SubProtocol), Is.EqualTo(("shout", "shout")));
        Assert.That(await ReceiveAsync(native), Does.StartWith("""{"type":"welcome","""));
        Assert.That((await ReceiveAsync(one), await ReceiveAsync(other)), Is.EqualTo(("welcome", "welcome")));
        await SendAsync(native, """{"type":"room-join","room":"hall"}""");
        Assert.That(await ReceiveAsync(native), Does.StartWith("""{"type":"room-joined","""));

        await SendAsync(one, "\"hello\"");

        Assert.That(await ReceiveAsync(other), Is.EqualTo("\"hello\""));
        Assert.That(await ReceiveAsync(native), Does.Contain("\"data\":\"hello\""));
    }

    [Test]
    public async Task A_session_that_ends_closes_its_connection_and_the_other_way_round()
    {
        await using ListenerHost host = await StartAsync(Wire.Tcp);
        using ClientWebSocket put = await ConnectAsync(host, "shout");
        using ClientWebSocket lost = await ConnectAsync(host, "shout");
        await ReceiveAsync(put);
        await ReceiveAsync(lost);
        await SendAsync(put, "bye");
        Assert.That(await ReceiveAsync(put), Is.EqualTo("close 4001"));
        lost.Abort();
        await Patience.Until(() => host.Server.SessionCount == 0, "no session");
    }

    [Test]
    public async Task A_dialect_that_fails_costs_its_client_only_and_tells_nothing()
    {
        await using ListenerHost host = await StartAsync(Wire.Tcp);
        using ClientWebSocket failing = await ConnectAsync(host, "shout");
        using ClientWebSocket other = await ConnectAsync(host, "shout");
        await ReceiveAsync(failing);
        await ReceiveAsync(other);
        await SendAsync(failing, "fail");
        Assert.That(await ReceiveAsync(failing), Is.EqualTo("close 1011"));
        Assert.That(failing.CloseStatusDescription, Does.Not.Contain("secret"));
        await Patience.Until(() => host.Server.SessionCount == 1, "one session");
        await SendAsync(other, "bye");
        Assert.That(await ReceiveAsync(other), Is.EqualTo("close 4001"));
    }

    [Test]
    public async Task Where_it_was_not_given_the_sub_protocol_is_not_agreed_on()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using ClientWebSocket client = await ConnectAsync(host, "shout");
        Assert.That(client.SubProtocol, Is.Null);
        Assert.That(await ReceiveAsync(client), Does.StartWith("""{"type":"welcome","""));
    }

    [Test]
    public void An_endpoint_refuses_wrong_dialects()
    {
        using var server = new SignalingServer();
        Assert.Multiple(() =>
        {
            Assert.That(() => new WebSocketEndpoint(server, dialects: [new ShoutDialect("")]), Throws.ArgumentException.With.Message.StartsWith("dialects:0 "));
            using var endpoint = new WebSocketEndpoint(server, dialects: [new ShoutDialect("b"), new ShoutDialect("a")]);
            Assert.That(endpoint.SubProtocols, Is.EqualTo(new[] { "webrtc-signaling.v1", "b", "a" }));
        });
    }

    private static Task<ListenerHost> StartAsync(Wire wire) =>
        ListenerHost.StartAsync(wire, static options => options.Dialects.Add(new ShoutDialect()));

    private static async Task<ClientWebSocket> ConnectAsync(ListenerHost host, params string[] subProtocols)
    {
        var client = new ClientWebSocket();
        foreach (string subProtocol in subProtocols)
        {
            client.Options.AddSubProtocol(subProtocol);
        }

        client.Options.RemoteCertificateValidationCallback = static (_, certificate, _, _) => TestCertificate.Localhost.Equals(certificate);
        string scheme = host.Wire == Wire.Tls ? "wss" : "ws";
        int port = ((IPEndPoint)host.Listener.Endpoints[0]).Port;
        await client.ConnectAsync(new Uri($"{scheme}://127.0.0.1:{port}/signaling"), CancellationToken.None).Soon();
        return client;
    }

    private static async Task SendAsync(ClientWebSocket client, string text)
    {
        using var limit = new CancellationTokenSource(Limit);
        await client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, limit.Token);
    }

    private static async Task<string> ReceiveAsync(ClientWebSocket client)
    {
        using var limit = new CancellationTokenSource(Limit);
        var buffer = new byte[4096];
        WebSocketReceiveResult result = await client.ReceiveAsync(buffer, limit.Token);
        return result.MessageType == WebSocketMessageType.Close
            ? $"close {(int?)result.CloseStatus}"
            : Encoding.UTF8.GetString(buffer, 0, result.Count);
    }
}
