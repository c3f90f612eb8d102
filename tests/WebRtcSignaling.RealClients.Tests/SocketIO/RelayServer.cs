using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

namespace WebRtcSignaling.RealClients.Tests.SocketIO;

/// <summary>A server on a free port, in this process, whose clients speak <see cref="RelayDialect"/>: what the wire does can be asked for, and looked at.</summary>
internal sealed class RelayServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RelayServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<RelayServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddSignaling().AddCompatibility(static options =>
            (options.PingInterval, options.PingTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)));
        builder.Services.AddEventDialect<RelayDialect>();
        var app = builder.Build();
        app.MapSocketIO();
        await app.StartAsync();
        return new RelayServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
