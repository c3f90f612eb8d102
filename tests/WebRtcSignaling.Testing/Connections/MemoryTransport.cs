using System.IO.Pipelines;

namespace WebRtcSignaling.Testing.Connections;

/// <summary>Both ends of a connection in memory: what one end writes, the other reads.</summary>
public sealed class MemoryTransport
{
    public MemoryTransport(PipeOptions? toServer = null, PipeOptions? toClient = null)
    {
        var up = new Pipe(toServer ?? new PipeOptions(useSynchronizationContext: false));
        var down = new Pipe(toClient ?? new PipeOptions(useSynchronizationContext: false));
        Server = new End(up.Reader, down.Writer);
        Client = new End(down.Reader, up.Writer);
    }

    public IDuplexPipe Server { get; }

    public IDuplexPipe Client { get; }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
