using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Command;

/// <summary>A server that runs for a whole round.</summary>
internal sealed class RoundServer(Target target, ServerProcess process) : IDisposable
{
    public Target Target => target;

    public ServerProcess Process => process;

    /// <summary>Signals a second that it has relayed at most in this round.</summary>
    public double FullRate { get; set; }

    public void Dispose() => process.Dispose();
}
