using System.Globalization;

namespace WebRtcSignaling.Load.Machine;

/// <summary>What the system tells about one process, and about the core that it is kept on.</summary>
/// <param name="id">The process.</param>
/// <param name="core">The core.</param>
internal sealed class WatchedProcess(int id, int core)
{
    private readonly string _folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}");

    /// <summary>This program; which core it is on is not asked.</summary>
    public static WatchedProcess Own { get; } = new(Environment.ProcessId, core: 0);

    /// <summary>The CPU time so far.</summary>
    public TimeSpan CpuTime => ProcessText.ParseCpuTime(Read("stat"));

    /// <summary>The memory that is resident now.</summary>
    public long ResidentBytes => ProcessText.ParseResidentBytes(Read("status"));

    /// <summary>How many threads it has now.</summary>
    public int Threads => ProcessText.ParseThreads(Read("status"));

    /// <summary>How many files and sockets it has open now.</summary>
    public int Handles
    {
        get
        {
            try
            {
                return Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "fd")).Count();
            }
            catch (IOException problem)
            {
                throw new LoadException($"The server has ended, or this is no Linux: {problem.Message}");
            }
        }
    }

    /// <summary>How long the core has been busy so far, with this process or anything else.</summary>
    public TimeSpan CoreBusyTime => CoreText.ParseBusyTime(ReadText("/proc/stat"), core);

    private string Read(string file) => ReadText(Path.Combine(_folder, file));

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException problem)
        {
            throw new LoadException($"The server has ended, or this is no Linux: {problem.Message}");
        }
    }
}
