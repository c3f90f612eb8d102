using System.IO.Pipelines;

namespace WebRtcSignaling.Testing.Faults;

/// <summary>A link in memory, by the clock of the test: what <see cref="Client"/> writes comes out of <see cref="Server"/>, faults permitting.</summary>
public sealed class MemoryLink : FaultyLink
{
    private MemoryLink(Pipe[] pipes, LinkFaults faults, TimeProvider time)
        : base(new MemoryEnd(pipes[0].Reader, pipes[3].Writer), new MemoryEnd(pipes[2].Reader, pipes[1].Writer), faults, time)
    {
        Client = new Side(pipes[3].Reader, pipes[0].Writer);
        Server = new Side(pipes[1].Reader, pipes[2].Writer);
    }

    /// <summary>What the client holds.</summary>
    public IDuplexPipe Client { get; }

    /// <summary>What the server holds.</summary>
    public IDuplexPipe Server { get; }

    /// <summary>Makes one.</summary>
    /// <param name="faults">What goes wrong; <see langword="null"/> for nothing that no test orders.</param>
    /// <param name="time">The clock of its delays.</param>
    /// <param name="pipes">Options of each of its four pipes.</param>
    public static MemoryLink Create(TimeProvider time, LinkFaults? faults = null, PipeOptions? pipes = null)
    {
        PipeOptions options = pipes ?? new PipeOptions(useSynchronizationContext: false);
        return new([new(options), new(options), new(options), new(options)], faults ?? LinkFaults.None, time);
    }

    private sealed record Side(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
