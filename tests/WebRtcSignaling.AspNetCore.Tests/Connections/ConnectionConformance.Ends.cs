using System.Net.WebSockets;
using System.Text.Json.Nodes;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>How clients end their connections, and come back.</summary>
public abstract partial class ConnectionConformance
{
    [TestCase(1000, "")]
    [TestCase(1001, "away")]
    [TestCase(4999, "ü")]
    public async Task A_clients_close_is_answered_with_its_code_and_the_others_hear_of_it(int code, string reason)
    {
        await StartAsync();
        (JsonClient ann, JsonClient ben) = await MeetAsync();
        await ben.Socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None).WaitAsync(TestApp.Bound);
        Assert.That(await ben.ReceiveCloseAsync(), Is.EqualTo(code));
        JsonObject left = await ann.ReceiveAsync("client-left");
        Assert.That((string?)left["clientId"], Is.EqualTo(ben.Id));
    }

    [Test]
    public async Task An_abrupt_end_makes_the_client_leave_once()
    {
        await StartAsync();
        (JsonClient ann, JsonClient ben) = await MeetAsync();
        ben.Socket.Abort();
        JsonObject left = await ann.ReceiveAsync();
        await ann.RoundTripAsync();
        Assert.Multiple(() =>
        {
            Assert.That((string?)left["type"], Is.EqualTo("client-left"));
            Assert.That((string?)left["clientId"], Is.EqualTo(ben.Id));
            Assert.That((string?)left["reason"], Is.EqualTo("disconnected"));
            Assert.That(App.Application.Sessions, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task A_client_that_is_lost_comes_back_and_misses_nothing()
    {
        await StartAsync(options => options.Sessions.ResumeTimeout = TimeSpan.FromMinutes(1));
        JsonClient ann = await ConnectAsync();
        JsonClient ben = Add(await OpenAsync("/signaling", ["webrtc-signaling.v1"], []));
        string token = (string)(await ben.ReadWelcomeAsync())["resume"]!["token"]!;
        await ann.JoinAsync("tea");
        await ben.JoinAsync("tea");
        ben.Socket.Abort();
        await ann.ReceiveAsync("client-suspended");
        await ann.SendAsync("""{"type":"message-send","id":1,"room":"tea","data":"1"}""");
        await ann.ReceiveAsync("ok");

        JsonClient back = Add(await OpenAsync("/signaling", ["webrtc-signaling.v1", "hello"], []));
        await back.SendAsync($$"""{"type":"hello","resume":"{{token}}","ack":{{ben.Numbers.Last}}}""");
        JsonObject resumed = await back.ReceiveAsync();
        back.Numbers.Last = ben.Numbers.Last;

        Assert.Multiple(() =>
        {
            Assert.That(back.Socket.SubProtocol, Is.EqualTo("webrtc-signaling.v1"));
            Assert.That(((string?)resumed["type"], (bool?)resumed["recovered"], (string?)resumed["clientId"]), Is.EqualTo(("resumed", (bool?)true, ben.Id)));
        });
        Assert.That((string?)(await back.ReceiveAsync())["data"], Is.EqualTo("1"));
        Assert.That((string?)(await ann.ReceiveAsync("client-resumed"))["clientId"], Is.EqualTo(ben.Id));
    }
}
