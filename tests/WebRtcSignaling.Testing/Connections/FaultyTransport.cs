using System.IO.Pipelines;

namespace WebRtcSignaling.Testing.Connections;

/// <summary>A transport that counts what is done with it, and fails where it is told to, as a connection does that was reset.</summary>
public sealed class FaultyTransport : IDuplexPipe
{
    private readonly int[] _counts = new int[Enum.GetValues<PipeOperation>().Length];

    public FaultyTransport(IDuplexPipe inner)
    {
        Input = new Reader(this, inner.Input);
        Output = new Writer(this, inner.Output);
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>Told of each operation and how often it has been done, this time included; throws to let it fail.</summary>
    public Action<PipeOperation, int>? OnOperation { get; set; }

    public int Count(PipeOperation operation) => Volatile.Read(ref _counts[(int)operation]);

    /// <summary>Lets an operation fail from its given time on.</summary>
    public void Fail(PipeOperation operation, int from = 1) => OnOperation = (done, count) =>
    {
        if (done == operation && count >= from)
        {
            throw new IOException("Connection reset by peer");
        }
    };

    private void Happens(PipeOperation operation)
    {
        int count = Interlocked.Increment(ref _counts[(int)operation]);
        OnOperation?.Invoke(operation, count);
    }

    private sealed class Reader(FaultyTransport owner, PipeReader inner) : PipeReader
    {
        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            owner.Happens(PipeOperation.Advance);
            inner.AdvanceTo(consumed, examined);
        }

        public override void CancelPendingRead()
        {
            owner.Happens(PipeOperation.CancelRead);
            inner.CancelPendingRead();
        }

        public override void Complete(Exception? exception = null)
        {
            owner.Happens(PipeOperation.Complete);
            inner.Complete(exception);
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            owner.Happens(PipeOperation.Read);
            return inner.ReadAsync(cancellationToken);
        }

        public override bool TryRead(out ReadResult result)
        {
            owner.Happens(PipeOperation.Read);
            return inner.TryRead(out result);
        }
    }

    private sealed class Writer(FaultyTransport owner, PipeWriter inner) : PipeWriter
    {
        public override void Advance(int bytes) => inner.Advance(bytes);

        public override void CancelPendingFlush()
        {
            owner.Happens(PipeOperation.CancelFlush);
            inner.CancelPendingFlush();
        }

        public override void Complete(Exception? exception = null)
        {
            owner.Happens(PipeOperation.Complete);
            inner.Complete(exception);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            owner.Happens(PipeOperation.Flush);
            return inner.FlushAsync(cancellationToken);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0)
        {
            owner.Happens(PipeOperation.Write);
            return inner.GetMemory(sizeHint);
        }

        public override Span<byte> GetSpan(int sizeHint = 0)
        {
            owner.Happens(PipeOperation.Write);
            return inner.GetSpan(sizeHint);
        }
    }
}
