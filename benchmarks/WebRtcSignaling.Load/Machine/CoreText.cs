using System.Globalization;

namespace WebRtcSignaling.Load.Machine;

/// <summary>Reads the text in which Linux tells about the cores (proc_stat(5)). No I/O.</summary>
internal static class CoreText
{
    // Behind the name: user, nice, system, idle, iowait, irq, softirq, steal; what guests use is part of user.
    private const int IdleField = 4;
    private const int WaitField = 5;
    private const int LastField = 8;
    private const int TicksPerSecond = 100;

    /// <summary>How long a core has been busy with anything at all, to 10 ms; also with what the host of a virtual machine took away.</summary>
    /// <param name="stat">The text of <c>/proc/stat</c>.</param>
    /// <param name="core">Its number, from 0.</param>
    public static TimeSpan ParseBusyTime(string stat, int core)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"cpu{core} ");
        string line = stat.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
            ?? throw new FormatException($"The text of /proc/stat does not tell about core {core}.");
        string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= LastField)
        {
            throw new FormatException($"This line of /proc/stat is too short: {line}");
        }

        long ticks = Enumerable.Range(1, LastField).Where(static field => field is not (IdleField or WaitField))
            .Sum(field => long.Parse(fields[field], NumberStyles.None, CultureInfo.InvariantCulture));
        return TimeSpan.FromTicks(ticks * (TimeSpan.TicksPerSecond / TicksPerSecond));
    }
}
