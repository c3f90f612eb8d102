using System.IO.Pipelines;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>The output of a connection as HTTP sees it: once the connection is kept, its end by HTTP is not the connection's.</summary>
internal sealed class HandoverOutput(PipeWriter inner) : PipeWriter
{
    private volatile bool _isKept;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    /// <summary>From now on completing it does nothing.</summary>
    public void Keep() => _isKept = true;

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(source, cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        if (!_isKept)
        {
            inner.Complete(exception);
        }
    }

    public override ValueTask CompleteAsync(Exception? exception = null) => _isKept ? default : inner.CompleteAsync(exception);
}
