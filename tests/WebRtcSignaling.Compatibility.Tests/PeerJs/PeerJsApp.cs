using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.AspNetCore;
using WebRtcSignaling.Compatibility.PeerJs;
using WebRtcSignaling.Compatibility.PeerJs.Connections;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Compatibility.Tests.PeerJs;

/// <summary>An app that serves PeerJS at its root, in memory, on a clock that the test moves.</summary>
internal sealed class PeerJsApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PeerJsApp(WebApplication app) => _app = app;

    public ManualTimeProvider Time => (ManualTimeProvider)_app.Services.GetRequiredService<TimeProvider>();

    public SignalingServer Server => _app.Services.GetRequiredService<SignalingServer>();

    public PeerJsServer PeerJs => _app.Services.GetRequiredService<PeerJsServer>();

    public PeerJsOptions Options => _app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<PeerJsOptions>>().Value;

    /// <summary>What the library itself has logged.</summary>
    public RecordedLog Log => _app.Services.GetRequiredService<RecordedLog>();

    public static async Task<PeerJsApp> StartAsync(
        Action<PeerJsOptions>? configure = null,
        Action<SignalingHostOptions>? configureHost = null,
        Action<WebApplication>? map = null,
        IEnumerable<KeyValuePair<string, string?>>? settings = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        var log = new RecordedLog();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton(log);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        builder.Services.AddSignaling(configureHost).AddCompatibility(configurePeerJs: configure);
        WebApplication app = builder.Build();
        if (map is null)
        {
            app.MapPeerJs();
        }
        else
        {
            map(app);
        }

        await app.StartAsync();
        return new PeerJsApp(app);
    }

    public HttpClient CreateHttpClient() => _app.GetTestServer().CreateClient();

    /// <summary>Opens a WebSocket with this query; a refusal of the handshake throws.</summary>
    public async Task<SocketClient> OpenAsync(string query, Action<HttpRequest>? configure = null, string path = "/peerjs")
    {
        WebSocketClient client = _app.GetTestServer().CreateWebSocketClient();
        client.ConfigureRequest = configure;
        return new SocketClient(await client.ConnectAsync(new Uri($"ws://localhost{path}{query}"), CancellationToken.None));
    }

    public Task<SocketClient> OpenAsync(string id, string token, string key = "peerjs") =>
        OpenAsync($"?key={key}&id={id}&token={token}&version=1.5.5", configure: null);

    /// <summary>Connects a client that is told that it is.</summary>
    public async Task<SocketClient> ConnectAsync(string id, string token = "token", string key = "peerjs")
    {
        SocketClient client = await OpenAsync(id, token, key);
        Assert.That(await client.ReceiveAsync(), Is.EqualTo("""{"type":"OPEN"}"""));
        return client;
    }

    /// <summary>Moves the clock second by second, as often as the connections look at it.</summary>
    public void Advance(TimeSpan by)
    {
        for (TimeSpan gone = TimeSpan.Zero; gone < by; gone += TimeSpan.FromSeconds(1))
        {
            Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
