using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>The connections of Kestrel, with the client of the platform.</summary>
public abstract class KestrelConformance : ConnectionConformance
{
    private readonly X509Certificate2 _certificate = TestCertificate.Create();
    private HttpMessageInvoker? _http;

    protected abstract HttpProtocols Protocols { get; }

    protected abstract bool UsesTls { get; }

    [OneTimeSetUp]
    public void MakeClient() => _http = new HttpMessageInvoker(new SocketsHttpHandler
    {
        SslOptions = new() { RemoteCertificateValidationCallback = (_, presented, _, _) => _certificate.Equals(presented) },
    });

    [OneTimeTearDown]
    public void DisposeClient()
    {
        _http?.Dispose();
        _certificate.Dispose();
    }

    [Test]
    public async Task A_client_that_never_reads_is_put_out_and_the_others_notice_nothing_else()
    {
        await StartAsync(options =>
        {
            options.WebSockets.MaxOutboxBytes = 128 * 1024;
            options.WebSockets.ResumeBufferBytes = 32 * 1024;
        });
        (JsonClient ann, JsonClient ben) = await MeetAsync();
        JsonClient cleo = await ConnectAsync();
        await cleo.JoinAsync("tea");
        await ann.ReceiveAsync("client-joined");
        string data = new('x', 60_000);
        JsonObject? left = null;
        for (int i = 0; i < 2_000 && left is null; i++)
        {
            await ann.SendAsync($$"""{"type":"signal-send","room":"tea","targetId":"{{ben.Id}}","data":"{{data}}"}""");
            await ann.SendAsync($$"""{"type":"message-send","id":{{i}},"room":"tea","targetId":"{{cleo.Id}}","data":1}""");
            Assert.That((int?)(await cleo.ReceiveAsync("message-receive"))["data"], Is.EqualTo(1));
            left = await ReadLeaveAsync(ann);
        }

        Assert.Multiple(() =>
        {
            Assert.That((string?)left?["clientId"], Is.EqualTo(ben.Id));
            Assert.That(App.Application.Sessions, Has.Count.EqualTo(2));
        });
    }

    protected override Action<ListenOptions> Listen => listen =>
    {
        listen.Protocols = Protocols;
        if (UsesTls)
        {
            listen.UseHttps(_certificate);
        }
    };

    protected override async Task<WebSocket> OpenAsync(string target, string[] subProtocols, (string Name, string Value)[] fields)
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = Protocols == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        Array.ForEach(subProtocols, socket.Options.AddSubProtocol);
        Array.ForEach(fields, field => socket.Options.SetRequestHeader(field.Name, field.Value));
        var address = new Uri($"{(UsesTls ? "wss" : "ws")}://{App.Address}{target}");
        await socket.ConnectAsync(address, _http, CancellationToken.None).WaitAsync(TestApp.Bound);
        return socket;
    }

    /// <summary>Reads up to the answer of the message; a client-left may come before it.</summary>
    private static async Task<JsonObject?> ReadLeaveAsync(JsonClient client)
    {
        while (true)
        {
            JsonObject message = await client.ReceiveAsync();
            switch ((string?)message["type"])
            {
                case "ok":
                    return null;
                case "client-left":
                    return message;
            }
        }
    }
}
