using System.Diagnostics;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.AspNetCore;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Compatibility.SocketIO;
using WebRtcSignaling.Compatibility.SocketIO.Connections;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

/// <summary>An app that serves <see cref="RelayDialect"/> at <c>/socket.io</c> and <c>/signaling</c>, in memory or on a port, on a clock that the test moves.</summary>
internal sealed class CompatibilityApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CompatibilityApp(WebApplication app) => _app = app;

    public ManualTimeProvider Time => (ManualTimeProvider)_app.Services.GetRequiredService<TimeProvider>();

    public RelayDialect Dialect => _app.Services.GetRequiredService<RelayDialect>();

    public EngineSessions Sessions => _app.Services.GetRequiredService<SocketIOServer>().Sessions;

    public IHost Host => _app;

    /// <summary>The address, where it serves on a port.</summary>
    public string Address => _app.Urls.First();

    public static async Task<CompatibilityApp> StartAsync(
        Action<SocketIOOptions>? configure = null,
        Action<SignalingHostOptions>? configureHost = null,
        bool onPort = false,
        Action<WebApplication>? map = null,
        TimeProvider? time = null,
        Action<IServiceCollection>? configureServices = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (onPort)
        {
            builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Services.AddSingleton(time ?? new ManualTimeProvider());
        builder.Services.AddSignaling(configureHost).AddCompatibility(configure);
        builder.Services.AddEventDialect<RelayDialect>();
        configureServices?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.MapSocketIO();
        app.MapSignaling();
        map?.Invoke(app);
        await app.StartAsync();
        return new CompatibilityApp(app);
    }

    public HttpClient CreateHttpClient() =>
        _app.Services.GetRequiredService<IServer>() is TestServer server
            ? server.CreateClient()
            : new HttpClient { BaseAddress = new Uri(Address) };

    /// <summary>Opens a WebSocket; a refusal throws.</summary>
    public async Task<SocketClient> OpenSocketAsync(string pathAndQuery, Action<HttpRequest>? configure = null)
    {
        WebSocketClient client = _app.GetTestServer().CreateWebSocketClient();
        client.ConfigureRequest = configure;
        WebSocket socket = await client.ConnectAsync(new Uri("ws://localhost" + pathAndQuery), CancellationToken.None);
        return new SocketClient(socket);
    }

    public Task<SocketClient> OpenSocketAsync(int version, string? sid = null) =>
        OpenSocketAsync($"/socket.io/?EIO={version}&transport=websocket{(sid is null ? "" : "&sid=" + sid)}");

    /// <summary>Begins a session with polls.</summary>
    public async Task<PollingClient> OpenPollingAsync(int version, string moreQuery = "")
    {
        var client = new PollingClient(CreateHttpClient(), version, moreQuery);
        await client.OpenAsync();
        return client;
    }

    /// <summary>Completes when a poll of that session waits for an answer.</summary>
    public async Task WhenPollIsHeldAsync(string sid)
    {
        for (long since = Stopwatch.GetTimestamp(); !IsPollHeld(sid);)
        {
            Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(30)), "no poll came");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private bool IsPollHeld(string sid) => Sessions.Find(sid)?.IsPollHeld == true;
}
