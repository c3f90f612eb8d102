using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.Compatibility.EasyRtc;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

/// <summary>EasyRTC on all wires: Socket.IO of both protocol versions, and a raw WebSocket.</summary>
internal sealed class WireTests
{
    private const string Authenticate = """["easyrtcAuth",{"msgType":"authenticate","msgData":{"apiVersion":"1"}}]""";

    [Test]
    public async Task Clients_of_all_wires_meet()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient raw = await OpenRawAsync(app);
        await raw.SendAsync($"[1,{Authenticate[1..]}");
        string rawToken = await raw.ReceiveAsync();
        Assert.That(rawToken, Does.StartWith("""[1,{"msgType":"token","msgData":{"""));
        string rawId = IdIn(rawToken[3..^1]);

        using PollingClient three = await app.OpenPollingAsync(3);
        await three.PostAsync($"420{Authenticate}");
        string threeToken = (await three.PollAsync(1)).Single(packet => packet.StartsWith("43", StringComparison.Ordinal));
        string threeId = IdIn(threeToken[4..^1]);
        Assert.That(threeToken, Does.Contain(rawId));
        Assert.That(await raw.ReceiveAsync(), Does.StartWith("""["easyrtcCmd",{"msgType":"roomData","msgData":{""").And.Contain(threeId));

        using SocketClient four = await app.OpenSocketAsync(4);
        await four.SendAsync("40");
        await four.SendAsync($"427{Authenticate}");
        string[] welcome = await four.ReceiveAsync(3);
        Assert.That(welcome[2], Does.StartWith("""437[{"msgType":"token",""").And.Contain(rawId).And.Contain(threeId));
        string fourId = IdIn(welcome[2][4..^1]);
        await raw.ReceiveAsync();
        await three.PollAsync(1);

        await four.SendAsync(EasyRtcPeer.Json($"428['easyrtcCmd',{{'msgType':'offer','targetEasyrtcid':'{threeId}','msgData':{{'sdp':'é'}}}}]"));
        Assert.That(await four.ReceiveAsync(), Is.EqualTo("""438[{"msgType":"ack"}]"""));
        Assert.That(
            (await three.PollAsync(1)).Single(),
            Is.EqualTo(EasyRtcPeer.Json(
                $"42['easyrtcCmd',{{'msgType':'offer','senderEasyrtcid':'{fourId}','msgData':{{'sdp':'é'}},'easyrtcid':'{threeId}','serverTime':1767268800000}}]")));

        four.Abort();
        Assert.That(await raw.ReceiveAsync(), Does.Contain(EasyRtcPeer.Json($"'removeClient':{{'{fourId}'")));
    }

    [Test]
    public async Task Whoever_is_refused_hears_why_and_is_disconnected()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await app.OpenSocketAsync(3);
        await socket.SendAsync("""420["easyrtcAuth",null]""");
        string[] heard = await socket.ReceiveAsync(4);
        Assert.Multiple(() =>
        {
            Assert.That(heard[2], Does.StartWith("""430[{"msgType":"error","serverTime":1767268800000,"msgData":{"errorCode":"LOGIN_BAD_AUTH","""));
            Assert.That(heard[3], Is.EqualTo("41"));
        });

        using SocketClient raw = await OpenRawAsync(app);
        await raw.SendAsync("""["easyrtcAuth",{"msgType":"authenticate","msgData":{"apiVersion":"1"}}]""");
        Assert.That(await raw.ReceiveAsync(), Is.EqualTo("close:4001"));
    }

    [Test]
    public async Task Acknowledgements_that_nobody_asked_for_are_passed_over()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await app.OpenSocketAsync(3);
        await socket.SendAsync($"420{Authenticate}");
        await socket.SendAsync("""4399[{"msgType":"ack"}]""");
        await socket.SendAsync("""421["easyrtcCmd",{"msgType":"stillAlive"}]""");
        Assert.That((await socket.ReceiveAsync(4))[3], Is.EqualTo("""431[{"msgType":"ack"}]"""));
    }

    [Test]
    public async Task Binary_data_is_relayed()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient a = await app.OpenSocketAsync(3), b = await app.OpenSocketAsync(3);
        await a.SendAsync($"420{Authenticate}");
        await a.ReceiveAsync(3);
        await b.SendAsync($"420{Authenticate}");
        await b.ReceiveAsync(3);
        await a.ReceiveAsync();
        await a.SendAsync("""451-1["easyrtcMsg",{"msgType":"file","targetRoom":"default","msgData":{"_placeholder":true,"num":0}}]""");
        await a.SendBinaryAsync(4, 1, 2, 3);
        Assert.That(await a.ReceiveAsync(), Is.EqualTo("""431[{"msgType":"ack"}]"""));
        Assert.That(await b.ReceiveAsync(), Does.StartWith("""451-["easyrtcMsg",{"msgType":"file",""").And.Contain("""{"_placeholder":true,"num":0}"""));
        Assert.That(await b.ReceiveAsync(), Is.EqualTo("bytes:04010203"));
    }

    [Test]
    public async Task The_host_app_finds_its_clients_in_the_container()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient raw = await OpenRawAsync(app);
        await raw.SendAsync($"[1,{Authenticate[1..]}");
        string id = IdIn((await raw.ReceiveAsync())[3..^1]);
        SignalingSession session = app.Host.Services.GetRequiredService<SignalingServer>().Default.FindSession(SessionId.Parse(id))!;
        Assert.That(app.Host.Services.GetRequiredService<EasyRtcClients>().SendError(session, "X", "why"), Is.True);
        Assert.That(await raw.ReceiveAsync(), Does.StartWith("""["easyrtcCmd",{"msgType":"error","msgData":{"errorCode":"X","errorText":"why"},"""));
    }

    [Test]
    public async Task A_listener_without_a_container_serves_them_too()
    {
        using var server = new SignalingServer();
        var clients = new EasyRtcClients();
        var options = new SignalingListenerOptions { Endpoints = { new(new IPEndPoint(IPAddress.Loopback, 0)) } };
        options.AddCompatibility(easyRtc: new EasyRtcOptions { DefaultRoom = "lobby" }, easyRtcClients: clients, easyRtcMessages: new EchoHandler());
        await using var listener = new SignalingListener(server, options);
        await listener.StartAsync();
        using var webSocket = new ClientWebSocket();
        webSocket.Options.AddSubProtocol("easyrtc");
        await webSocket.ConnectAsync(new Uri($"ws://{listener.Endpoints[0]}/signaling"), CancellationToken.None);
        using var socket = new SocketClient(webSocket);
        await socket.SendAsync($"[1,{Authenticate[1..]}");
        string token = await socket.ReceiveAsync();
        Assert.That(token, Does.Contain("\"lobby\""));
        string id = IdIn(token[3..^1]);
        await socket.SendAsync("""[2,"easyrtcMsg",{"msgType":"ask"}]""");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo(EasyRtcPeer.Json($"[2,{{'msgType':'asked by {id}'}}]")));
        Assert.That(clients.SendError(server.Default.FindSession(SessionId.Parse(id))!, "X", "why"), Is.True);
        Assert.That(await socket.ReceiveAsync(), Does.StartWith("""["easyrtcCmd",{"msgType":"error","""));
    }

    [Test]
    public void Wrong_settings_of_a_listener_are_named() => Assert.That(
        () => new SignalingListenerOptions().AddCompatibility(easyRtc: new EasyRtcOptions { MaxRoomMembers = 0 }),
        Throws.ArgumentException.With.Message.StartsWith("easyRtc:MaxRoomMembers must "));

    private static Task<SocketClient> OpenRawAsync(CompatibilityApp app) =>
        app.OpenSocketAsync("/signaling", static request => request.Headers.SecWebSocketProtocol = "easyrtc");

    private static string IdIn(string token)
    {
        using var document = JsonDocument.Parse(token);
        return document.RootElement.GetProperty("msgData").GetProperty("easyrtcid").GetString()!;
    }
}
