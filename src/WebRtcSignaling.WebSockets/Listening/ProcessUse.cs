namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>What this process has used.</summary>
/// <param name="Cpu">Processor time of all threads, since the start.</param>
/// <param name="AllocatedBytes">All that was ever allocated.</param>
/// <param name="HeapBytes">What of it is in use or garbage now.</param>
internal readonly record struct ProcessUse(TimeSpan Cpu, long AllocatedBytes, long HeapBytes)
{
    public static ProcessUse Read() => new(Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), GC.GetTotalMemory(forceFullCollection: false));
}
