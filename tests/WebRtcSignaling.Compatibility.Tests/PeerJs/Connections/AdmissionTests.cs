using System.Net;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

namespace WebRtcSignaling.Compatibility.Tests.PeerJs.Connections;

/// <summary>Limits by address for clients of PeerJS.</summary>
internal sealed class AdmissionTests
{
    private const string IdTaken = """{"type":"ID-TAKEN","payload":{"msg":"ID is taken"}}""";

    [Test]
    public async Task Whoever_claims_an_id_with_wrong_tokens_too_often_hears_an_error_and_then_not_even_the_right_one_counts()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(configureHost: static options => options.Admission.FailuresPerAddress = 2);
        using SocketClient cat = await OpenAsync(app, "right", "203.0.113.8");
        Assert.That(await cat.ReceiveAsync(), Does.Contain("OPEN"));
        Assert.That((await HearAsync(app, "a"), await HearAsync(app, "b")), Is.EqualTo((IdTaken, IdTaken)));
        Assert.That(await HearAsync(app, "right"), Does.StartWith("""{"type":"ERROR",""").And.Contain("Too many failed attempts"));
        app.Advance(TimeSpan.FromSeconds(5));
        Assert.That(await HearAsync(app, "c"), Is.EqualTo(IdTaken));
    }

    [Test]
    public async Task Connections_beyond_those_of_an_address_are_refused()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(configureHost: static options => options.Admission.MaxConnectionsPerAddress = 1);
        using SocketClient cat = await OpenAsync(app, "token", "203.0.113.7");
        var refused = Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync(app, "token", "203.0.113.7", id: "dog"));
        Assert.That(refused!.Message, Does.Contain("429"));
        using SocketClient eel = await OpenAsync(app, "token", "203.0.113.8", id: "eel");
        Assert.That(await eel.ReceiveAsync(), Does.Contain("OPEN"));
    }

    private static Task<SocketClient> OpenAsync(PeerJsApp app, string token, string address, string id = "cat") =>
        app.OpenAsync($"?key=peerjs&id={id}&token={token}", (HttpRequest request) => request.HttpContext.Connection.RemoteIpAddress = IPAddress.Parse(address));

    private static async Task<string> HearAsync(PeerJsApp app, string token)
    {
        using SocketClient client = await OpenAsync(app, token, "203.0.113.7");
        return await client.ReceiveAsync();
    }
}
