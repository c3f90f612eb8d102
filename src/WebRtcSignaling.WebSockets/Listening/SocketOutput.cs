using System.IO.Pipelines;
using System.Net.Sockets;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>
/// What goes to a socket. Completing it ends this direction only: over plain TCP the peer reads the end at once, over TLS it is told when the transport
/// closes, since some peers take the end of one direction for that of both (RFC 5246 section 7.2.1).
/// </summary>
internal sealed class SocketOutput(PipeWriter inner, Socket? endsWith) : PipeWriter
{
    private volatile bool _finishesFlushes;

    /// <summary>Whether it has been completed: nothing may follow.</summary>
    public bool IsCompleted { get; private set; }

    public override bool CanGetUnflushedBytes => true;

    /// <summary>What has been written and not sent; after a flush, what that could not send.</summary>
    public override long UnflushedBytes => inner.UnflushedBytes;

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override void CancelPendingFlush()
    {
        if (!_finishesFlushes)
        {
            inner.CancelPendingFlush();
        }
    }

    public override void Complete(Exception? exception = null)
    {
        inner.Complete(exception);
        End();
    }

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        await inner.CompleteAsync(exception).ConfigureAwait(false);
        End();
    }

    /// <summary>
    /// From now on a flush is finished, whatever somebody says, so that it does not stop in the middle of a frame and more can be sent. Only closing the
    /// socket ends it then.
    /// </summary>
    public void FinishFlushes() => _finishesFlushes = true;

    /// <summary>Throws away what has not been sent, and gives its memory back.</summary>
    public void Drop()
    {
        if (!IsCompleted)
        {
            IsCompleted = true;
            inner.Complete(new OperationCanceledException());
        }
    }

    private void End()
    {
        if (!IsCompleted)
        {
            IsCompleted = true;
            endsWith?.Shutdown(SocketShutdown.Send);
        }
    }
}
