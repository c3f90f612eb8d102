using System.Buffers;
using System.IO.Pipelines;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// What waits to be sent to one client: whole frames, in order, within a budget of bytes. Appending never waits and may happen under a
/// room's lock; a
/// work item writes what has gathered to the pipe and flushes once for all of it. Safe for concurrent use.
/// </summary>
internal sealed class Outbox : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly PipeWriter _output;
    private readonly int _maxBytes;
    private readonly bool _completesOutput;
    private readonly OutboxMetrics _metrics;
    private readonly Action _onOverflow;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FrameBuffer _waiting;
    private int _bytesInFlight;
    private bool _isHeld;
    private bool _isWriting;
    private bool _isOverflowing;
    private bool _isSealed;
    private bool _isAborted;

    /// <param name="output">Where to write.</param>
    /// <param name="maxBytes">How much may wait.</param>
    /// <param name="completesOutput">Whether to complete the output behind the Close frame.</param>
    /// <param name="metrics">Where to count what waits.</param>
    /// <param name="onOverflow">Called once, under this outbox's lock, when more would wait than may; from then on only a Close frame is
    /// taken.</param>
    public Outbox(PipeWriter output, int maxBytes, bool completesOutput, OutboxMetrics metrics, Action onOverflow)
    {
        _output = output;
        _maxBytes = maxBytes;
        _completesOutput = completesOutput;
        _metrics = metrics;
        _onOverflow = onOverflow;
    }

    /// <summary>Completes when the Close frame has been handed to the transport, or nothing ever will be again.</summary>
    public Task Finished => _finished.Task;

    /// <summary>From now on messages gather without being sent, until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _isHeld = true;
        }
    }

    /// <summary>Sends a message, unless it is empty, ahead of all that gathered since <see cref="Hold"/>, and then those.</summary>
    public void Release(ReadOnlySpan<byte> first)
    {
        lock (_lock)
        {
            FrameBuffer gathered = _waiting;
            _waiting = default;
            _isHeld = false;
            if (!first.IsEmpty)
            {
                Append(Opcode.Text, first);
            }

            if (gathered.Length > 0)
            {
                _waiting.Append(gathered.Span);
                gathered.Release();
                StartWriting();
            }
        }
    }

    /// <summary>Sends a text message.</summary>
    public void Send(ReadOnlySpan<byte> utf8)
    {
        lock (_lock)
        {
            Append(Opcode.Text, utf8);
        }
    }

    public void SendPing()
    {
        lock (_lock)
        {
            Append(Opcode.Ping, []);
        }
    }

    public void SendPong(ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            Append(Opcode.Pong, payload);
        }
    }

    /// <summary>Sends a Close frame, the last frame there is; only the first call counts.</summary>
    /// <param name="code">The code; <see langword="null"/> for a frame without one.</param>
    /// <param name="reason">The reason; cut to 123 bytes.</param>
    /// <param name="discardsWaiting">Whether what still waits is thrown away.</param>
    public void SendClose(CloseCode? code, string? reason, bool discardsWaiting)
    {
        lock (_lock)
        {
            if (_isSealed)
            {
                return;
            }

            if (discardsWaiting)
            {
                DropWaiting();
            }

            int before = _waiting.Length;
            _waiting.AppendClose(code, reason);
            _metrics.Added(_waiting.Length - before);
            _isSealed = true;
            _isHeld = false;
            StartWriting();
        }
    }

    /// <summary>Sends nothing more, and gives up what waits.</summary>
    public void Abort()
    {
        lock (_lock)
        {
            _isSealed = true;
            _isAborted = true;
            DropWaiting();
            if (!_isWriting)
            {
                _finished.TrySetResult();
            }
        }

        _output.CancelPendingFlush();
    }

    // Its task ends with _finished, which the connection awaits.
    void IThreadPoolWorkItem.Execute() => _ = WriteAsync();

    private void Append(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        if (_isSealed || _isOverflowing)
        {
            return;
        }

        int length = FrameWriter.GetHeaderLength(payload.Length) + payload.Length;
        if (_waiting.Length + _bytesInFlight + length > _maxBytes)
        {
            _isOverflowing = true;
            _onOverflow();
            return;
        }

        _waiting.Append(opcode, payload);
        _metrics.Added(length);
        if (!_isHeld)
        {
            StartWriting();
        }
    }

    private void StartWriting()
    {
        if (!_isWriting)
        {
            _isWriting = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            while (TryTake(out FrameBuffer frames))
            {
                _output.Write(frames.Span);
                frames.Release();
                FlushResult flushed = await _output.FlushAsync().ConfigureAwait(false);
                if (flushed.IsCompleted || flushed.IsCanceled)
                {
                    Abort();
                }
            }

            if (Volatile.Read(ref _isSealed) && _completesOutput && !_isAborted)
            {
                await _output.CompleteAsync().ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // A transport may throw what it likes when its peer is gone; the read loop sees the end, too.
        catch (Exception)
#pragma warning restore CA1031
        {
            Abort();
        }

        FinishIfSealed();
    }

    /// <summary>Takes what waits. Once there is nothing, the next append starts writing anew, unless this outbox is sealed.</summary>
    private bool TryTake(out FrameBuffer frames)
    {
        lock (_lock)
        {
            _metrics.Removed(_bytesInFlight);
            frames = _waiting;
            _waiting = default;
            _bytesInFlight = frames.Length;
            _isWriting = _bytesInFlight > 0 || _isSealed;
            return _bytesInFlight > 0;
        }
    }

    private void FinishIfSealed()
    {
        lock (_lock)
        {
            if (_isSealed && _isWriting)
            {
                _metrics.Removed(_bytesInFlight);
                _bytesInFlight = 0;
                _finished.TrySetResult();
            }
        }
    }

    private void DropWaiting()
    {
        _metrics.Removed(_waiting.Length);
        _waiting.Release();
    }
}
