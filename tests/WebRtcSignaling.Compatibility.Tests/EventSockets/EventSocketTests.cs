using Microsoft.AspNetCore.Builder;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EventSockets;

/// <summary>Event vocabularies over a raw WebSocket, by their sub-protocols.</summary>
internal sealed class EventSocketTests
{
    [Test]
    public async Task Nobody_takes_the_default_room_of_EasyRTC_before_its_first_client_comes()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient native = await app.OpenSocketAsync("/signaling");
        await native.ReceiveAsync();
        await native.SendAsync("""{"type":"room-create","room":"default","locked":true}""");
        Assert.That(await native.ReceiveAsync(), Does.Contain("\"code\":\"room-exists\""));
    }

    [Test]
    public async Task Events_and_requests_go_both_ways()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await OpenAsync(app);
        await socket.SendAsync("""["echo","é",{"a": 1}]""");
        await socket.SendAsync("""[7,"echo",{},[1, 2]]""");
        await socket.SendAsync("""[8,"echo"]""");
        Assert.That(
            await socket.ReceiveAsync(5),
            Is.EqualTo(new[] { """["echoed","é",{"a": 1}]""", """["echoed",{},[1, 2]]""", "[7,{},[1, 2]]", """["echoed"]""", "[8]" }));
    }

    [Test]
    public async Task A_request_that_a_vocabulary_has_no_answer_to_is_answered_when_it_has_been_dealt_with()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await OpenAsync(app, "room-signalling");
        await socket.SendAsync("""[7,"room-create","tea"]""");
        await socket.SendAsync("""[8,"no such event"]""");
        Assert.That(await socket.ReceiveAsync(3), Is.EqualTo(new[] { """["room-created","tea"]""", "[7]", "[8]" }));
    }

    [Test]
    public async Task Where_a_ticket_is_required_no_vocabulary_gets_by_without_one(
        [Values("easyrtc", "php-peer-server", "room-signalling")] string vocabulary, [Values] bool announcesHello, [Values] bool requiresHello)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(
            configureHost: options => options.WebSockets.RequireHello = requiresHello,
            map: static web => web.MapSignaling("/locked", static endpoint => endpoint.RequireTicket = true));
        var refused = Assert.ThrowsAsync<InvalidOperationException>(() => app.OpenSocketAsync(
            "/locked", request => request.Headers.SecWebSocketProtocol = announcesHello ? $"{vocabulary}, hello" : vocabulary));
        Assert.That(refused!.Message, Does.Contain("401"));
    }

    [Test]
    public async Task Clients_of_all_wires_meet()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient raw = await OpenAsync(app);
        using PollingClient polls = await app.OpenPollingAsync(3);
        await polls.PostAsync("""42["whoami"]""");
        await raw.SendAsync("""["shout","from the raw WebSocket"]""");
        Assert.That(await polls.PollAsync(), Is.EqualTo(new[] { """42["shouted","from the raw WebSocket"]""" }));
        await polls.PostAsync("""42["shout","from polls"]""");
        Assert.That(await raw.ReceiveAsync(), Is.EqualTo("""["shouted","from polls"]"""));
    }

    [TestCase("")]
    [TestCase("abc")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("[7]")]
    [TestCase("[null]")]
    [TestCase("[7,8]")]
    [TestCase("[7,null,\"echo\"]")]
    [TestCase("[1.5,\"echo\"]")]
    [TestCase("[99999999999999999999,\"echo\"]")]
    [TestCase("[\"\"]")]
    [TestCase("[\"\\ud800\"]")]
    [TestCase("[\"echo\"]]")]
    public async Task What_is_no_event_is_answered_by_an_error_and_the_connection_stays(string message)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await OpenAsync(app);
        await socket.SendAsync(message);
        await socket.SendAsync("""["echo",1]""");
        Assert.That(await socket.ReceiveAsync(2), Is.EqualTo(new[] { """["error","invalid-message"]""", """["echoed",1]""" }));
    }

    [Test]
    public async Task Bytes_are_refused()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await OpenAsync(app);
        await socket.SendBinaryAsync(1, 2, 3);
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1003"));
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.ProtocolError));
    }

    [Test]
    public async Task A_client_that_is_put_out_hears_why_in_the_close_code()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await OpenAsync(app);
        await socket.SendAsync("""["bye","Removed"]""");
        Assert.That(await socket.ReceiveAsync(2), Is.EqualTo(new[] { """["last words"]""", "close:4001" }));
    }

    [Test]
    public async Task A_lost_connection_is_a_leave()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await OpenAsync(app);
        await socket.SendAsync("""[1,"whoami"]""");
        Assert.That(await socket.ReceiveAsync(), Does.Match("""^\[1,"[A-Za-z0-9_-]{22}",null\]$"""));
        socket.Abort();
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.ConnectionLost));
    }

    private static Task<SocketClient> OpenAsync(CompatibilityApp app, string subProtocol = "relay") =>
        app.OpenSocketAsync("/signaling", request => request.Headers.SecWebSocketProtocol = subProtocol);
}
