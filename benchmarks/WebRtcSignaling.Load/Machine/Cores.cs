using System.Diagnostics;
using System.Numerics;

namespace WebRtcSignaling.Load.Machine;

/// <summary>Which core the server runs on and which this program; the same where there is but one.</summary>
internal readonly record struct Cores(int Server, int Client)
{
    public bool AreShared => Server == Client;

    /// <summary>The first two cores of those that a process may use.</summary>
    /// <param name="mask">A bit for each that it may use.</param>
    public static Cores Choose(ulong mask)
    {
        if (mask == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(mask), "A process may use at least one core.");
        }

        ulong others = mask & (mask - 1);
        int server = BitOperations.TrailingZeroCount(mask);
        return new(server, others == 0 ? server : BitOperations.TrailingZeroCount(others));
    }

    /// <summary>The first two of those that this program may use.</summary>
    public static Cores Find()
    {
        using Process self = Process.GetCurrentProcess();
        return OperatingSystem.IsLinux()
            ? Choose((ulong)self.ProcessorAffinity)
            : throw new LoadException("The load program reads /proc and uses epoll, so it runs on Linux only.");
    }

    /// <summary>Finds them, and keeps the calling thread, and those that it starts, on the client's core.</summary>
    public static Cores Take()
    {
        Cores cores = Find();
        using Process self = Process.GetCurrentProcess();
        if (OperatingSystem.IsLinux())
        {
            self.ProcessorAffinity = (nint)(1UL << cores.Client);
        }

        return cores;
    }
}
