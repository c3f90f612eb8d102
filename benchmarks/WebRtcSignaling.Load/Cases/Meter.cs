using System.Diagnostics;
using WebRtcSignaling.Load.Machine;

namespace WebRtcSignaling.Load.Cases;

/// <summary>Wall-clock time, and the CPU time of the server, of its core and of this program, since it was made.</summary>
internal sealed class Meter(WatchedProcess server)
{
    private readonly TimeSpan _serverCpu = server.CpuTime;
    private readonly TimeSpan _coreBusy = server.CoreBusyTime;
    private readonly TimeSpan _clientCpu = WatchedProcess.Own.CpuTime;
    private readonly long _begin = Stopwatch.GetTimestamp();

    public Usage Read() => new(
        Stopwatch.GetElapsedTime(_begin), server.CpuTime - _serverCpu, server.CoreBusyTime - _coreBusy, WatchedProcess.Own.CpuTime - _clientCpu);
}
