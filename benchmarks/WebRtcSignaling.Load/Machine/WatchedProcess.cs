using System.Globalization;

namespace WebRtcSignaling.Load.Machine;

/// <summary>What the system tells about one process.</summary>
internal sealed class WatchedProcess(int id)
{
    private readonly string _folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}");

    /// <summary>This program.</summary>
    public static WatchedProcess Own { get; } = new(Environment.ProcessId);

    /// <summary>The CPU time so far.</summary>
    public TimeSpan CpuTime => ProcessText.ParseCpuTime(Read("stat"));

    /// <summary>The memory that is resident now.</summary>
    public long ResidentBytes => ProcessText.ParseResidentBytes(Read("status"));

    private string Read(string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(_folder, file));
        }
        catch (IOException problem)
        {
            throw new LoadException($"The server has ended, or this is no Linux: {problem.Message}");
        }
    }
}
