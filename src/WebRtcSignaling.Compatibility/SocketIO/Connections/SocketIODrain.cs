using Microsoft.Extensions.Hosting;

namespace WebRtcSignaling.Compatibility.SocketIO.Connections;

/// <summary>Ends all sessions when the app stops, so that polls are answered and clients hear at once that they may come back.</summary>
internal sealed class SocketIODrain(SocketIOServer server, IHostApplicationLifetime lifetime) : IHostedLifecycleService, IDisposable
{
    private CancellationTokenRegistration _stopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Earlier than StoppingAsync where the app stops itself or is told to by a signal.
        _stopping = lifetime.ApplicationStopping.UnsafeRegister(static server => ((SocketIOServer)server!).Sessions.Stop(), server);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        server.Sessions.Stop();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();
}
