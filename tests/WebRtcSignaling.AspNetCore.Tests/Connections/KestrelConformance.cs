using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using WebRtcSignaling.AspNetCore.Tests.Apps;

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
}
