using System.IO.Pipelines;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>The output of a connection whose peer reads only when the test says so: each flush waits to be let through.</summary>
internal sealed class BlockedPipe
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(30);

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));
    private readonly SemaphoreSlim _began = new(0);

    public BlockedPipe() => Output = new CountingWriter(this);

    public PipeWriter Output { get; }

    public int Flushes { get; private set; }

    /// <summary>How many bytes have been written so far.</summary>
    public long Written { get; private set; }

    /// <summary>Waits until the next flush waits.</summary>
    public async Task FlushBeganAsync() => Assert.That(await _began.WaitAsync(_bound), Is.True, "a flush begins");

    /// <summary>Reads all there is, so that the flush that waits ends.</summary>
    public async Task LetThroughAsync()
    {
        ReadResult result = await _pipe.Reader.ReadAsync();
        _pipe.Reader.AdvanceTo(result.Buffer.End);
    }

    /// <summary>Reads all that comes until then.</summary>
    public async Task LetThroughUntilAsync(Task end)
    {
        Task stopping = StopAsync();
        while (!end.IsCompleted)
        {
            await LetThroughAsync();
        }

        await stopping;

        async Task StopAsync()
        {
            await end;
            _pipe.Reader.CancelPendingRead();
        }
    }

    private sealed class CountingWriter(BlockedPipe owner) : PipeWriter
    {
        private PipeWriter Inner => owner._pipe.Writer;

        public override void Advance(int bytes)
        {
            owner.Written += bytes;
            Inner.Advance(bytes);
        }

        public override void CancelPendingFlush() => Inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => Inner.Complete(exception);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            owner.Flushes++;
            ValueTask<FlushResult> flushing = Inner.FlushAsync(cancellationToken);
            owner._began.Release();
            return flushing;
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => Inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => Inner.GetSpan(sizeHint);
    }
}
