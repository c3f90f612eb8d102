using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>The platform's own client, which nobody here wrote, against the listener.</summary>
public sealed class PlatformClientTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Test]
    public async Task It_talks_and_hears_that_the_server_goes_away([Values(Wire.Tcp, Wire.Tls)] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using var patience = new CancellationTokenSource(Limit);
        using ClientWebSocket client = await ConnectAsync(host, patience.Token);
        Assert.That(client.SubProtocol, Is.EqualTo("webrtc-signaling.v1"));
        Assert.That(await ReceiveAsync(client, patience.Token), Does.StartWith("{\"type\":\"welcome\""));

        await client.SendAsync("{\"type\":\"ping\",\"id\":1}"u8.ToArray(), WebSocketMessageType.Text, true, patience.Token);
        Assert.That(await ReceiveAsync(client, patience.Token), Is.EqualTo("{\"type\":\"pong\",\"id\":1}"));

        Task stop = host.Listener.StopAsync();
        Assert.That(await ReceiveAsync(client, patience.Token), Does.StartWith("{\"type\":\"goaway\",\"retryAfter\":"));
        Assert.That(await ReceiveAsync(client, patience.Token), Is.EqualTo("EndpointUnavailable"));
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);

        Assert.That(client.State, Is.EqualTo(WebSocketState.Closed));
        await stop.Soon();
    }

    [Test]
    public async Task It_closes_and_hears_the_answer([Values(Wire.Tcp, Wire.Tls)] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using var patience = new CancellationTokenSource(Limit);
        using ClientWebSocket client = await ConnectAsync(host, patience.Token);
        await ReceiveAsync(client, patience.Token);

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);

        Assert.That((client.State, client.CloseStatus), Is.EqualTo((WebSocketState.Closed, WebSocketCloseStatus.NormalClosure)));
        await host.AssertNothingIsLeftAsync();
    }

    private static async Task<ClientWebSocket> ConnectAsync(ListenerHost host, CancellationToken cancellationToken)
    {
        var client = new ClientWebSocket();
        client.Options.AddSubProtocol("webrtc-signaling.v1");
        client.Options.RemoteCertificateValidationCallback = static (_, certificate, _, _) => TestCertificate.Localhost.Equals(certificate);
        string scheme = host.Wire == Wire.Tls ? "wss" : "ws";
        int port = ((IPEndPoint)host.Listener.Endpoints[0]).Port;
        await client.ConnectAsync(new Uri($"{scheme}://127.0.0.1:{port}/signaling"), cancellationToken);
        return client;
    }

    /// <summary>The next message, or the code with which the server closes.</summary>
    private static async Task<string> ReceiveAsync(ClientWebSocket client, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        WebSocketReceiveResult result = await client.ReceiveAsync(buffer, cancellationToken);
        Assert.That(result.EndOfMessage);
        return result.MessageType == WebSocketMessageType.Close
            ? $"{result.CloseStatus}"
            : Encoding.UTF8.GetString(buffer, 0, result.Count);
    }
}
