using Microsoft.Extensions.Hosting;

namespace WebRtcSignaling.Compatibility.SocketIO.Connections;

/// <summary>
/// Ends what is left of Socket.IO once the signaling server has ended all its sessions, each when its turn came: clients that had none yet hear as well that they may come
/// back, and polls are answered.
/// </summary>
internal sealed class SocketIODrain(SocketIOServer server, SignalingServer signaling) : IHostedService, IDisposable
{
    private CancellationTokenRegistration _stopped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _stopped = signaling.Stopped.UnsafeRegister(static server => ((SocketIOServer)server!).Sessions.Stop(), server);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopped.Dispose();
}
