using System.Buffers;
using System.IO.Pipelines;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// What waits to be sent to one client: whole frames, in order, within a budget of bytes, and besides at most one message that is longer than that: a description of a large
/// room does not make its reader slow. Appending never waits and may happen under a
/// room's lock; what has gathered is then written to the pipe and flushed once for all of it, by the thread that dealt with what one read brought
/// (<see cref="OutboxBatch"/>), or by a work item. Safe for concurrent use.
/// </summary>
internal sealed class Outbox : IThreadPoolWorkItem
{
    /// <summary>How much is flushed at once: what a client takes of a long message is seen slice by slice.</summary>
    private const int Slice = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly PipeWriter _output;
    private readonly OutboxLimits _limits;
    private readonly bool _completesOutput;
    private readonly IOutboxOwner _owner;

    private FrameBuffer _waiting;
    private FrameBuffer _held;
    private TaskCompletionSource? _awaited;
    private int _bytesInFlight;

    /// <summary>How much of all that is no backlog: the one long message, or the one that went ahead of what was held.</summary>
    private int _exempt;
    private long _flushes;
    private bool _isExemptHeld;
    private bool _isExemptInFlight;
    private FlushDuty _duty;
    private bool _isHeld;
    private bool _isOverflowing;
    private bool _isSealed;
    private bool _isAborted;
    private bool _isFinished;

    /// <param name="output">Where to write.</param>
    /// <param name="limits">How much may wait.</param>
    /// <param name="completesOutput">Whether to complete the output behind the Close frame.</param>
    /// <param name="owner">Who hears when it cannot go on.</param>
    public Outbox(PipeWriter output, OutboxLimits limits, bool completesOutput, IOutboxOwner owner)
    {
        _output = output;
        _limits = limits;
        _completesOutput = completesOutput;
        _owner = owner;
    }

    /// <summary>Completes when the Close frame has been handed to the transport, or nothing ever will be again.</summary>
    public Task Finished
    {
        get
        {
            lock (_lock)
            {
                if (_isFinished)
                {
                    return Task.CompletedTask;
                }

                _awaited ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                return _awaited.Task;
            }
        }
    }

    /// <summary>The number of the flush that waits for its peer to read; <see langword="null"/> for none.</summary>
    public long? PendingFlush => Volatile.Read(ref _flushes) is var count && (count & 1) == 1 ? count : null;

    /// <summary>How many bytes wait, or are on their way.</summary>
    public int WaitingBytes
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Length + _held.Length + _bytesInFlight;
            }
        }
    }

    /// <summary>How many bytes of pooled memory it holds now.</summary>
    public int BufferedCapacity
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Capacity + _held.Capacity;
            }
        }
    }

    /// <summary>From now on messages gather without being sent, until <see cref="Release"/>; what came before still goes out.</summary>
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
            if (!_isHeld)
            {
                return;
            }

            _isHeld = false;
            _isExemptHeld = false;
            if (!first.IsEmpty)
            {
                int before = _waiting.Length;
                Append(Opcode.Text, first);
                _exempt = _exempt > 0 ? _exempt : _waiting.Length - before;
            }

            if (_isOverflowing)
            {
                // It makes no sense without what was to go first.
                _held.Release();
            }
            else if (_held.Length > 0)
            {
                _waiting.Append(_held.Span);
                _held.Release();
                _duty.Demand(this);
            }
        }
    }

    /// <summary>Sends a text message.</summary>
    public void Send(ReadOnlySpan<byte> utf8) => Send(Opcode.Text, utf8);

    /// <summary>Sends a text message that comes in two pieces.</summary>
    public void Send(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body) => Send(Opcode.Text, head, body);

    /// <summary>Sends a binary message that comes in two pieces.</summary>
    public void SendBinary(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body) => Send(Opcode.Binary, head, body);

    public void SendPing(ReadOnlySpan<byte> payload) => Send(Opcode.Ping, payload);

    public void SendPong(ReadOnlySpan<byte> payload) => Send(Opcode.Pong, payload);

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

            // What is held back until a message goes first is worth nothing without that message.
            _held.Release();
            if (discardsWaiting)
            {
                _waiting.Release();
            }

            _waiting.AppendClose(code, reason);
            _isSealed = true;
            _isHeld = false;
            _duty.Demand(this);
        }
    }

    /// <summary>Sends nothing more, and gives up what waits.</summary>
    public void Abort()
    {
        lock (_lock)
        {
            _isSealed = true;
            _isAborted = true;
            _held.Release();
            _waiting.Release();
            if (_duty.TryRelease())
            {
                Finish_NeedsLock();
                return;
            }
        }

        TransportCalls.CancelFlush(_output);
    }

    /// <summary>
    /// Writes and flushes what waits, unless somebody else has come to do so since the batch has got it. Flushes once and never waits: if that takes long, or more has come
    /// meanwhile, it goes on elsewhere. Never throws.
    /// </summary>
    public void Flush(OutboxBatch batch)
    {
        FrameBuffer frames;
        WriterStep step;
        lock (_lock)
        {
            if (!_duty.TryBegin(batch))
            {
                return;
            }

            step = Take_NeedsLock(out frames);
        }

        // Its task ends with Finished, which the connection awaits.
        _ = WriteAsync(step, frames, isBatched: true);
    }

    void IThreadPoolWorkItem.Execute()
    {
        FrameBuffer frames;
        WriterStep step;
        lock (_lock)
        {
            step = Take_NeedsLock(out frames);
        }

        _ = WriteAsync(step, frames, isBatched: false);
    }

    private void Send(Opcode opcode, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body = default)
    {
        lock (_lock)
        {
            Append(opcode, head, body);
        }
    }

    private void Append(Opcode opcode, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body = default)
    {
        if (_isSealed || _isOverflowing)
        {
            return;
        }

        int payloadLength = head.Length + body.Length;
        int length = FrameWriter.GetHeaderLength(payloadLength) + payloadLength;
        if (!TryAdmit_NeedsLock(length))
        {
            _isOverflowing = true;
            _owner.OnOverflow();
            return;
        }

        ref FrameBuffer frames = ref _isHeld ? ref _held : ref _waiting;
        frames.Append(opcode, head, body);
        if (!_isHeld)
        {
            _duty.Demand(this);
        }
    }

    private bool TryAdmit_NeedsLock(int length)
    {
        if (length <= _limits.MaxBytes)
        {
            int held = _isHeld ? _held.Length : 0;
            return _waiting.Length + held + _bytesInFlight - _exempt + length <= _limits.MaxBytes;
        }

        if (_exempt > 0 || !_limits.TryTakeLong(length))
        {
            return false;
        }

        _exempt = length;
        _isExemptHeld = _isHeld;
        return true;
    }

    private async Task WriteAsync(WriterStep step, FrameBuffer frames, bool isBatched)
    {
        try
        {
            while (step == WriterStep.Write)
            {
                int length = frames.Length;
                for (int begin = 0; begin < length; begin += Slice)
                {
                    Write(ref frames, begin);
                    ValueTask<FlushResult> flushing = _output.FlushAsync();
                    bool isPending = !flushing.IsCompleted;
                    Volatile.Write(ref _flushes, _flushes + (isPending ? 1 : 0));
                    FlushResult flushed = await flushing.ConfigureAwait(false);
                    Volatile.Write(ref _flushes, _flushes + (isPending ? 1 : 0));
                    if (flushed.IsCompleted || flushed.IsCanceled)
                    {
                        // Once our Close is on its way, a peer that reads no more is through, not lost.
                        Break(isExpected: Volatile.Read(ref _isSealed));
                        frames.Release();
                        break;
                    }
                }

                lock (_lock)
                {
                    step = isBatched && _waiting.Length > 0 ? HandOn_NeedsLock() : Take_NeedsLock(out frames);
                }
            }

            if (step == WriterStep.Finish && _completesOutput && !Volatile.Read(ref _isAborted))
            {
                await _output.CompleteAsync().ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // A transport may throw what it likes when its peer is gone.
        catch (Exception)
#pragma warning restore CA1031
        {
            frames.Release();
            Break(isExpected: false);
            step = WriterStep.Finish;
        }

        if (step == WriterStep.Finish)
        {
            Finish();
        }
    }

    /// <summary>Takes what waits. Where nothing does, the next append starts a new writer, and the caller must not touch the output any more, unless it is the last one.</summary>
    private WriterStep Take_NeedsLock(out FrameBuffer frames)
    {
        if (_isExemptInFlight)
        {
            ReleaseExempt_NeedsLock();
        }

        frames = _waiting;
        _waiting = default;
        _bytesInFlight = frames.Length;
        _isExemptInFlight = _exempt > 0 && !_isExemptHeld;
        if (_bytesInFlight > 0)
        {
            return WriterStep.Write;
        }

        if (_isSealed)
        {
            return WriterStep.Finish;
        }

        _duty.Release();
        return WriterStep.Leave;
    }

    /// <summary>Lets a work item go on with what has come meanwhile, so that whoever sends fast does not keep a reader's thread.</summary>
    private WriterStep HandOn_NeedsLock()
    {
        FlushDuty.Queue(this);
        return WriterStep.Leave;
    }

    /// <summary>Writes a slice, and lets go of the frames behind the last one.</summary>
    private void Write(ref FrameBuffer frames, int begin)
    {
        ReadOnlySpan<byte> rest = frames.Span[begin..];
        _output.Write(rest.Length > Slice ? rest[..Slice] : rest);
        if (rest.Length <= Slice)
        {
            frames.Release();
        }
    }

    private void Break(bool isExpected)
    {
        Abort();
        if (!isExpected)
        {
            _owner.OnBroken();
        }
    }

    private void Finish()
    {
        lock (_lock)
        {
            _bytesInFlight = 0;
            Finish_NeedsLock();
        }
    }

    private void ReleaseExempt_NeedsLock()
    {
        if (_exempt > _limits.MaxBytes)
        {
            _limits.ReleaseLong(_exempt);
        }

        _exempt = 0;
        _isExemptInFlight = false;
    }

    private void Finish_NeedsLock()
    {
        ReleaseExempt_NeedsLock();
        _isFinished = true;
        _awaited?.TrySetResult();
    }
}
