using System.Diagnostics;
using WebRtcSignaling.Load.Machine;

namespace WebRtcSignaling.Load.Cases;

/// <summary>Wall-clock time, the CPU time of the server and of its core, and how long the client had something to do, since it was made.</summary>
internal sealed class Meter(WatchedProcess server, LoadClient client)
{
    private readonly TimeSpan _serverCpu = server.CpuTime;
    private readonly TimeSpan _coreBusy = server.CoreBusyTime;
    private readonly TimeSpan _clientBusy = client.BusyTime;
    private readonly long _begin = Stopwatch.GetTimestamp();

    public Usage Read() => new(
        Stopwatch.GetElapsedTime(_begin), server.CpuTime - _serverCpu, server.CoreBusyTime - _coreBusy, client.BusyTime - _clientBusy);
}
