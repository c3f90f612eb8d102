using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.Applications;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.AspNetCore.Tests.Clients;
using WebRtcSignaling.WebSockets;

namespace WebRtcSignaling.AspNetCore.Tests.Apps;

/// <summary>An app of ASP.NET Core with a signaling server, by default on Kestrel and a free port. At its end nothing may have been logged as a problem.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    /// <summary>Here, a session ends with its connection. Tests of coming back turn that on again.</summary>
    private static readonly Dictionary<string, string?> _ends = new() { ["Signaling:Sessions:ResumeTimeout"] = "0" };

    private readonly WebApplication _app;

    private TestApp(WebApplication app, CapturedLog log)
    {
        _app = app;
        Log = log;
    }

    /// <summary>What turns a hang into a failure.</summary>
    public static TimeSpan Bound { get; } = TimeSpan.FromSeconds(60);

    public CapturedLog Log { get; }

    public WebApplication Web => _app;

    public IServiceProvider Services => _app.Services;

    public SignalingServer Server => Services.GetRequiredService<SignalingServer>();

    public SignalingApplication Application => Server.Default;

    public WebSocketEndpoint Endpoint => Services.GetRequiredService<WebSocketEndpoint>();

    public OpenConnections Connections => Services.GetRequiredService<OpenConnections>();

    /// <summary>Where it listens, for a raw connection.</summary>
    public IPEndPoint Address => new(IPAddress.Loopback, new Uri(_app.Urls.First()).Port);

    /// <summary>Makes an app, not started yet.</summary>
    /// <param name="configure">Adds services and chooses a server; in place of <c>AddSignaling</c>.</param>
    /// <param name="map">Adds middleware and endpoints; in place of <c>MapSignaling</c>.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="listen">Says how Kestrel listens; in place of HTTP/1.1 without TLS.</param>
    public static TestApp Create(
        Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? map = null,
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        Action<ListenOptions>? listen = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        var log = new CapturedLog();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Configuration.AddInMemoryCollection(_ends).AddInMemoryCollection(settings);
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen ?? (static options => options.Protocols = HttpProtocols.Http1)));
        builder.Services.Configure<KeyManagementOptions>(static keys => (keys.XmlRepository, keys.XmlEncryptor) = (new KeysInMemory(), new NullXmlEncryptor()));
        if (configure is null)
        {
            builder.Services.AddSignaling();
        }
        else
        {
            configure(builder);
        }

        WebApplication app = builder.Build();
        if (map is null)
        {
            app.MapSignaling();
        }
        else
        {
            map(app);
        }

        return new TestApp(app, log);
    }

    /// <inheritdoc cref="Create"/>
    public static async Task<TestApp> StartAsync(
        Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? map = null,
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        Action<ListenOptions>? listen = null)
    {
        TestApp app = Create(configure, map, settings, listen);
        await app.StartAsync();
        return app;
    }

    public Task StartAsync() => _app.StartAsync().WaitAsync(Bound);

    public Task StopAsync() => _app.StopAsync().WaitAsync(Bound);

    /// <summary>Connects a client. Its welcome is still to be read.</summary>
    public async Task<JsonClient> ConnectAsync(string target = "/signaling", params (string Name, string Value)[] fields)
    {
        var socket = new ClientWebSocket();
        Array.ForEach(fields, field => socket.Options.SetRequestHeader(field.Name, field.Value));
        await socket.ConnectAsync(new Uri($"ws://{Address}{target}"), CancellationToken.None).WaitAsync(Bound);
        return new JsonClient(socket);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
            Assert.That(Log.Problems, Is.Empty);
        }
        finally
        {
            await _app.DisposeAsync();
        }
    }
}
