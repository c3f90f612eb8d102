namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>A stream that gives what a test pushes into it, when it does. A read into an empty buffer waits for the next push.</summary>
internal sealed class PushStream : Stream
{
    private readonly Queue<byte[]> _pushed = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource _more = NewSource();
    private Exception? _failure;

    /// <summary>How many reads into an empty buffer there have been.</summary>
    public int Waits { get; private set; }

    /// <summary>Whether bytes that were waited for stay away until <see cref="Release"/>, as those of a TLS record that is not whole.</summary>
    public bool IsHeldBack { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Gives bytes, or the end if there are none.</summary>
    public void Push(byte[] bytes) => Change(() => _pushed.Enqueue(bytes));

    public void Fail(Exception failure) => Change(() => _failure = failure);

    public void Release() => Change(() => IsHeldBack = false);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Waits += buffer.IsEmpty ? 1 : 0;
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_failure is not null)
                {
                    throw _failure;
                }

                if (_pushed.TryPeek(out byte[]? bytes) && (buffer.IsEmpty || !IsHeldBack))
                {
                    return Take(bytes, buffer);
                }

                more = _more.Task;
            }

            await more.WaitAsync(cancellationToken);
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int Take(byte[] bytes, Memory<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        _pushed.Dequeue();
        int count = Math.Min(bytes.Length, buffer.Length);
        bytes.AsSpan(0, count).CopyTo(buffer.Span);
        if (count < bytes.Length)
        {
            byte[][] rest = [bytes[count..], .. _pushed];
            _pushed.Clear();
            Array.ForEach(rest, _pushed.Enqueue);
        }

        return count;
    }

    private void Change(Action change)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            change();
            (more, _more) = (_more, NewSource());
        }

        more.SetResult();
    }
}
