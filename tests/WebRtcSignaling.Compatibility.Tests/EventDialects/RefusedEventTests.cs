using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

namespace WebRtcSignaling.Compatibility.Tests.EventDialects;

/// <summary>How each vocabulary says on a raw WebSocket that an event came too early.</summary>
internal sealed class RefusedEventTests
{
    private const string Sentence = "You send too much; this was dropped. Wait a little.";

    [TestCase("room-signalling", """[1,"room-create","a"]""", "[\"error\",\"" + Sentence + "\"]", "[1]", Description = "its event for what has no event of its own")]
    [TestCase("php-peer-server", """[1,"create","a",null]""", "[1]", null, Description = "it has no word for it")]
    [TestCase("easyrtc", """[1,"easyrtcCmd",{"msgType":"getRoomList"}]""", "MSG_REJECT_GEN_FAIL", null)]
    [TestCase("easyrtc", """[1,"easyrtcAuth",{"msgType":"authenticate"}]""", "LOGIN_GEN_FAIL", null)]
    public async Task An_event_that_came_too_early_is_refused_in_its_vocabulary(string vocabulary, string early, string said, string? then)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(
            configureHost: static options => options.WebSockets.Rates.MessageBurst = 1);
        using SocketClient socket = await app.OpenSocketAsync("/signaling", request => request.Headers.SecWebSocketProtocol = vocabulary);
        await socket.SendAsync("""[0,"no such event"]""");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("[0]"));
        await socket.SendAsync(early);
        Assert.That(await socket.ReceiveAsync(), Does.Contain(said));
        if (then is not null)
        {
            Assert.That(await socket.ReceiveAsync(), Is.EqualTo(then));
        }
    }
}
