using System.IO.Pipelines;

namespace WebRtcSignaling.Testing.Faults;

/// <summary>An end in memory.</summary>
internal sealed class MemoryEnd(PipeReader input, PipeWriter output) : LinkEnd
{
    public override Stream Input { get; } = input.AsStream(leaveOpen: true);

    public override Stream Output { get; } = output.AsStream(leaveOpen: true);

    public override void EndOutput() => output.Complete();

    public override void Reset()
    {
        output.Complete(new IOException("Connection reset by peer"));
        input.Complete(new IOException("Connection reset by peer"));
    }

    public override Task CloseAsync(CancellationToken cancellationToken)
    {
        EndOutput();
        input.Complete();
        return Task.CompletedTask;
    }
}
