using System.Globalization;

namespace WebRtcSignaling.Load.Machine;

/// <summary>Reads the texts in which Linux tells about a process (proc_pid_stat(5), proc_pid_status(5)). No I/O.</summary>
internal static class ProcessText
{
    // In <c>stat</c>, counted from 0 behind the name: utime and stime are the fields 14 and 15, and the state behind the name is field 3.
    private const int UserTimeField = 14 - 3;
    private const int SystemTimeField = 15 - 3;

    // USER_HZ, in which the kernel tells times to programs whatever its own clock is.
    private const int TicksPerSecond = 100;

    /// <summary>The CPU time that all threads of a process have used, those that have ended included, to 10 ms.</summary>
    /// <param name="stat">The text of <c>/proc/PID/stat</c>.</param>
    public static TimeSpan ParseCpuTime(string stat)
    {
        // The name stands in parentheses and may itself have spaces and parentheses.
        int nameEnd = stat.LastIndexOf(')');
        string[] fields = stat[(nameEnd + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (nameEnd < 0 || fields.Length <= SystemTimeField)
        {
            throw new FormatException("This is no text of /proc/PID/stat.");
        }

        long ticks = Parse(fields[UserTimeField]) + Parse(fields[SystemTimeField]);
        return TimeSpan.FromTicks(ticks * (TimeSpan.TicksPerSecond / TicksPerSecond));
    }

    /// <summary>The resident memory in bytes.</summary>
    /// <param name="status">The text of <c>/proc/PID/status</c>.</param>
    public static long ParseResidentBytes(string status)
    {
        const string Unit = "kB";
        string value = FindStatus(status, "VmRSS:");
        return value.EndsWith(Unit, StringComparison.Ordinal)
            ? Parse(value[..^Unit.Length].Trim()) * 1_024
            : throw new FormatException($"The memory is in no known unit: {value}");
    }

    /// <summary>How many threads there are.</summary>
    /// <param name="status">The text of <c>/proc/PID/status</c>.</param>
    public static int ParseThreads(string status) => (int)Parse(FindStatus(status, "Threads:"));

    private static string FindStatus(string status, string name) =>
        status.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim()
        ?? throw new FormatException("This is no text of /proc/PID/status.");

    private static long Parse(string number) => long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
}
