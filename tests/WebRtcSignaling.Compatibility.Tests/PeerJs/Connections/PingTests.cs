using WebRtcSignaling.Compatibility.PeerJs.Connections;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Connections;

namespace WebRtcSignaling.Compatibility.Tests.PeerJs.Connections;

/// <summary>Pings of the WebSocket beneath, which browsers cannot send, but other programs can.</summary>
internal sealed class PingTests
{
    [Test]
    public async Task Pings_are_answered_until_they_are_more_than_any_client_sends()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync();
        PeerJsServer peerJs = app.PeerJs;
        var transport = new MemoryTransport();
        var dialect = new PeerJsDialect(peerJs, new PeerJsClaim("peerjs", SessionId.Parse("cat"), "token"), refusal: null);
        Task<ConnectionEnd> served = peerJs.WebSockets.ServeAsync(transport.Server, new ConnectionRequest(), dialect, new ConnectionLoss(default));
        using var client = new WireClient(transport.Client);
        Assert.That(await client.ReceiveAsync(), Is.EqualTo("""{"type":"OPEN"}"""));

        int tooMany = peerJs.WebSocketOptions.Rates.MessageBurst + peerJs.WebSocketOptions.Rates.MaxRefusals + 100;
        Task flood = client.SendBytesAsync(Enumerable.Repeat(ClientFrames.Ping(), tooMany).SelectMany(static frame => frame).ToArray());
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4006));
        await client.EndAsync();
        await Task.WhenAll(flood, served);
    }
}
