using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.AspNetCore.Hosting;

/// <summary>Collects while the app is idle, for as long as it runs.</summary>
internal sealed class IdleCollection(IOptions<IdleCollectorOptions> options, ILoggerFactory loggerFactory, TimeProvider? time = null) : IHostedService, IDisposable
{
    private IdleCollector? _collector;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _collector = new IdleCollector(options.Value, time, loggerFactory);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _collector?.Dispose();
}
