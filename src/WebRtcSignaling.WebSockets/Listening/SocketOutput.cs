using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>
/// What goes to a client: what has gathered is sent by one call, and while nothing has, nothing is held. A flush can be given up; it then goes on unseen, and
/// <see cref="UnflushedBytes"/> tells of it. Completing it ends this direction only: over a plain socket the peer reads the end at once, over TLS it is told when
/// the transport closes, since some peers take the end of one direction for that of both (RFC 5246 section 7.2.1).
/// </summary>
/// <remarks>For one writer; <see cref="CancelPendingFlush"/> and <see cref="FinishFlushes"/> may be called from anywhere. It is its own lock.</remarks>
/// <param name="stream">What to write to. The caller closes it.</param>
/// <param name="pool">Where buffers come from.</param>
/// <param name="plain">
/// The socket under the stream where nothing lies between them: what it can take at once goes to it directly, without anything that is kept for each connection, and its sending direction
/// ends with this. <see langword="null"/> where there is TLS.
/// </param>
internal sealed class SocketOutput(Stream stream, ArrayPool<byte> pool, Socket? plain) : PipeWriter
{
    private const int FirstSize = 4_096;

    private byte[]? _buffer;
    private int _length;

    // A write that has to be waited for, and how much it has to send.
    private Task? _writing;
    private int _beingWritten;
    private TaskCompletionSource? _givenUp;
    private bool _isCanceled;
    private bool _finishesFlushes;

    /// <summary>Whether it has been completed: nothing may follow.</summary>
    public bool IsCompleted { get; private set; }

    public override bool CanGetUnflushedBytes => true;

    /// <summary>What has been written and not sent; after a flush, what that could not send.</summary>
    public override long UnflushedBytes => _length + Volatile.Read(ref _beingWritten);

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bytes, (uint)((_buffer?.Length ?? 0) - _length));
        _length += bytes;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => Reserve(sizeHint).AsMemory(_length);

    public override Span<byte> GetSpan(int sizeHint = 0) => Reserve(sizeHint).AsSpan(_length);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        }

        if (TakeCancellation())
        {
            return ValueTask.FromResult(new FlushResult(isCanceled: true, isCompleted: false));
        }

        return _writing is not null || MustWait() ? WaitAsync(_writing!, cancellationToken) : default;
    }

    public override void CancelPendingFlush()
    {
        lock (this)
        {
            if (_finishesFlushes)
            {
                return;
            }

            _isCanceled = _givenUp is null;
            _givenUp?.TrySetResult();
        }
    }

    /// <summary>Ends it. What has not been flushed is thrown away, since sending it may have to be waited for: <see cref="CompleteAsync"/> sends it.</summary>
    /// <param name="exception">Why; of no use here.</param>
    public override void Complete(Exception? exception = null) => End();

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        if (exception is null)
        {
            await FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }

        End();
    }

    /// <summary>
    /// From now on a flush is finished, whatever somebody says, so that it does not stop in the middle of a frame and more can be sent.
    /// Only closing the socket ends it then.
    /// </summary>
    public void FinishFlushes()
    {
        lock (this)
        {
            _finishesFlushes = true;
        }
    }

    /// <summary>Throws away what has not been sent, and gives its memory back.</summary>
    public void Drop()
    {
        IsCompleted = true;
        Release();
        _length = 0;
    }

    private void End()
    {
        if (!IsCompleted)
        {
            Drop();
            plain?.Shutdown(SocketShutdown.Send);
        }
    }

    /// <summary>Sends what has gathered.</summary>
    /// <returns>Whether that has to be waited for, or has failed.</returns>
    private bool MustWait()
    {
        int sent = SendAtOnce();
        if (sent == _length)
        {
            Release();
            _length = 0;
            return false;
        }

        (byte[] buffer, int length) = (_buffer!, _length);
        (_buffer, _length, _beingWritten) = (null, 0, length - sent);
        Task writing = WriteAsync(buffer, sent, length - sent);
        _writing = writing.IsCompletedSuccessfully ? null : writing;
        return _writing is not null;
    }

    /// <summary>Sends as much as the socket can take now. What is wrong with it, the stream says when it gets the rest.</summary>
    private int SendAtOnce()
    {
        if (_length == 0 || plain is null)
        {
            return 0;
        }

        int sent = plain.Send(_buffer.AsSpan(0, _length), SocketFlags.None, out SocketError error);
        return error == SocketError.Success ? sent : 0;
    }

    private async Task WriteAsync(byte[] buffer, int offset, int count)
    {
        try
        {
            await stream.WriteAsync(buffer.AsMemory(offset, count), CancellationToken.None).ConfigureAwait(false);
            Volatile.Write(ref _beingWritten, 0);
        }
        finally
        {
            pool.Return(buffer);
        }
    }

    private async ValueTask<FlushResult> WaitAsync(Task writing, CancellationToken cancellationToken)
    {
        var givenUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (this)
        {
            _givenUp = givenUp;
        }

        if (TakeCancellation())
        {
            givenUp.TrySetResult();
        }

        try
        {
            await Task.WhenAny(writing, givenUp.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (this)
            {
                _givenUp = null;
            }
        }

        if (!writing.IsCompleted)
        {
            // Nobody asks for its failure any more, which is to be expected where the connection is given up.
            _ = writing.ContinueWith(
                static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return new FlushResult(isCanceled: true, isCompleted: false);
        }

        _writing = null;
        await writing.ConfigureAwait(false);
        return await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private bool TakeCancellation() => Volatile.Read(ref _isCanceled) && Interlocked.Exchange(ref _isCanceled, false);

    private byte[] Reserve(int bytes)
    {
        bytes = Math.Max(bytes, 1);
        if (_buffer is null || _length + bytes > _buffer.Length)
        {
            byte[] larger = pool.Rent(Math.Max(FirstSize, Math.Max(2 * _length, _length + bytes)));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            Release();
            _buffer = larger;
        }

        return _buffer;
    }

    private void Release()
    {
        if (_buffer is not null)
        {
            pool.Return(_buffer);
            _buffer = null;
        }
    }
}
