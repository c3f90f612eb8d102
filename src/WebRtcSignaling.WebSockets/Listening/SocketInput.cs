using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>
/// What comes from a socket, with an end that can be set from here: whoever reads then sees the end of the input, without the peer having
/// ended and without anything breaking.
/// </summary>
internal sealed class SocketInput(PipeReader inner) : PipeReader
{
    private volatile bool _hasEnded;

    /// <summary>Ends the input, now or at the next read. Safe to call from anywhere.</summary>
    public void End()
    {
        _hasEnded = true;
        inner.CancelPendingRead();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Ended(await inner.ReadAsync(cancellationToken).ConfigureAwait(false));

    public override bool TryRead(out ReadResult result)
    {
        bool hasRead = inner.TryRead(out result);
        result = hasRead ? Ended(result) : result;
        return hasRead;
    }

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private ReadResult Ended(ReadResult result) =>
        _hasEnded ? new ReadResult(result.Buffer, result.IsCanceled, isCompleted: true) : result;
}
