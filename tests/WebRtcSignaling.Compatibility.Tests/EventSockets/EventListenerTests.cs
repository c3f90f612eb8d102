using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.Compatibility.PeerServer;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.Compatibility.Tests.EventSockets;

/// <summary>The vocabularies on a listener of one's own, without ASP.NET Core, over real sockets.</summary>
internal sealed class EventListenerTests
{
    private SignalingServer _server = null!;
    private SignalingListener _listener = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = new SignalingServer(Lifetimes.OfConnections());
        var options = new SignalingListenerOptions { Endpoints = { new(new IPEndPoint(IPAddress.Loopback, 0)) } };
        _listener = new SignalingListener(_server, options.AddCompatibility(new PeerServerOptions { RoomCapacity = 2 }));
        await _listener.StartAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _listener.StopAsync(now.Token);
        await _listener.DisposeAsync();
        _server.Dispose();
    }

    [Test]
    public async Task Nobody_takes_the_default_room_of_EasyRTC_before_its_first_client_comes()
    {
        using SocketClient native = await OpenAsync("webrtc-signaling.v1");
        await native.ReceiveAsync();
        await native.SendAsync("""{"type":"room-create","room":"default","locked":true}""");
        Assert.That(await native.ReceiveAsync(), Does.Contain("\"code\":\"room-exists\""));
    }

    [Test]
    public async Task Clients_of_PHPPeerServer_and_of_the_native_dialect_meet_in_one_room()
    {
        using SocketClient php = await OpenAsync("php-peer-server"), third = await OpenAsync("php-peer-server");
        using SocketClient native = await OpenAsync("webrtc-signaling.v1");
        string nativeId = Parse(await native.ReceiveAsync()).GetProperty("clientId").GetString()!;
        await php.SendAsync("""["create","tea",null]""");
        string room = Parse(await php.ReceiveAsync())[1].GetProperty("id").GetString()!;
        await native.SendAsync($$"""{"type":"room-join","room":"{{room}}"}""");
        Assert.That(await native.ReceiveAsync(), Does.StartWith("""{"type":"room-joined","""));
        string[] heard = await php.ReceiveAsync(2);
        string call = Parse(heard[0])[1].GetString()!;
        Assert.That(heard, Is.EqualTo(new[] { $"""["call","{call}"]""", $$"""["r_joined",{"id":"{{nativeId}}"}]""" }));
        Assert.That(Parse(await native.ReceiveAsync()).GetProperty("callId").GetString(), Is.EqualTo(call));

        await third.SendAsync($"""["join","{room}",null]""");
        Assert.That(await third.ReceiveAsync(), Is.EqualTo("""["join_full"]"""));

        await php.SendAsync($$"""["offer","{{call}}",{"type":"offer","sdp":"o"}]""");
        JsonElement offer = Parse(await native.ReceiveAsync());
        Assert.That(
            (offer.GetProperty("type").GetString(), offer.GetProperty("callId").GetString(), offer.GetProperty("data").GetRawText()),
            Is.EqualTo(("call-offer", call, """{"type":"offer","sdp":"o"}""")));
        await native.SendAsync($$$"""{"type":"call-answer","callId":"{{{call}}}","data":{"type":"answer","sdp":"a"}}""");
        Assert.That(await php.ReceiveAsync(), Is.EqualTo($$"""["answer","{{call}}",{"type":"answer","sdp":"a"}]"""));
        await native.SendAsync($$"""{"type":"message-send","room":"{{room}}","data":"hi"}""");
        Assert.That(await php.ReceiveAsync(), Is.EqualTo($$"""["r_message",{"id":"{{nativeId}}"},"hi"]"""));
        native.Abort();
        Assert.That(
            await php.ReceiveAsync(2),
            Is.EqualTo(new[] { $"""["hangup","{call}"]""", $$"""["r_left",{"id":"{{nativeId}}"}]""" }));
    }

    [Test]
    public async Task Clients_of_room_signalling_servers_are_served()
    {
        using SocketClient owner = await OpenAsync("room-signalling"), member = await OpenAsync("room-signalling");
        await owner.SendAsync("""["room-create","tea"]""");
        Assert.That(await owner.ReceiveAsync(), Is.EqualTo("""["room-created","tea"]"""));
        await member.SendAsync("""["room-join","tea"]""");
        Assert.That(await member.ReceiveAsync(), Does.StartWith("""["room-joined","tea","""));
        owner.Abort();
        Assert.That(await member.ReceiveAsync(), Is.EqualTo("""["room-left","tea",true]"""));
    }

    [Test]
    public void It_speaks_what_an_app_of_ASP_NET_Core_speaks()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSignaling().AddCompatibility();
        using ServiceProvider app = builder.Services.BuildServiceProvider();
        var options = new SignalingListenerOptions();
        Assert.That(
            options.AddCompatibility().Dialects.Select(static dialect => dialect.SubProtocol),
            Is.EquivalentTo(app.GetRequiredService<WebSocketEndpoint>().SubProtocols.Skip(1)));
    }

    [Test]
    public void A_wrong_setting_is_named() => Assert.That(
        static () => new SignalingListenerOptions().AddCompatibility(new PeerServerOptions { RoomCapacity = 0 }),
        Throws.ArgumentException.With.Message.Contains("RoomCapacity"));

    private static JsonElement Parse(string json) => JsonElement.Parse(json);

    private async Task<SocketClient> OpenAsync(string subProtocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(subProtocol);
        await socket.ConnectAsync(new Uri($"ws://{_listener.Endpoints[0]}/signaling"), CancellationToken.None);
        Assert.That(socket.SubProtocol, Is.EqualTo(subProtocol));
        return new SocketClient(socket);
    }
}
