using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>
/// What comes from a client. While nothing comes, nothing is held to read into: it waits for bytes with an empty buffer, and takes one from the pool only then. A read can be given up
/// without the stream's being told: its wait goes on, and the next read finds what that brings. So giving up loses nothing, and an idle connection has nothing to cancel
/// (docs/decisions/0019-pipes-on-sockets.md).
/// <code>
///   idle    -- a read finds nothing new --> waiting, with an empty buffer
///   waiting -- bytes are there -----------> filling a buffer
///   filling -- bytes are in it -----------> idle
/// </code>
/// </summary>
/// <remarks>For one reader; <see cref="CancelPendingRead"/> and <see cref="End"/> may be called from anywhere. It is its own lock.</remarks>
internal sealed class SocketInput : PipeReader, IValueTaskSource<ReadResult>
{
    private readonly Stream _stream;
    private readonly CancellationToken _stopped;
    private readonly Action _onReceived;

    private ManualResetValueTaskSourceCore<bool> _reading;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _receiving;
    private Exception? _failure;
    private ReceiveBuffer _buffer;
    private State _state;
    private bool _isReadable;
    private bool _isAwaited;
    private bool _isCanceled;
    private bool _hasEnded;
    private bool _isCompleted;

    /// <param name="stream">What to read. A read into an empty buffer must wait until there are bytes. The caller closes it.</param>
    /// <param name="pool">Where buffers come from.</param>
    /// <param name="stopped">Ends what the stream is asked for, also unseen, before somebody else reads what lies under it.</param>
    public SocketInput(Stream stream, ArrayPool<byte> pool, CancellationToken stopped)
    {
        _stream = stream;
        _buffer = new ReceiveBuffer(pool);
        _stopped = stopped;
        _onReceived = OnReceived;
    }

    private enum State : byte
    {
        Idle,
        Waiting,
        Filling,
    }

    private bool HasNews => _buffer.HasNews || _isCanceled || _hasEnded || _failure is not null;

    /// <summary>Ends the input, now or at the next read: the reader then sees its end, without the peer having ended and without anything breaking.</summary>
    public void End() => Interrupt(ref _hasEnded);

    public override void CancelPendingRead() => Interrupt(ref _isCanceled);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.CanBeCanceled ? ReadCancelablyAsync(cancellationToken) : StartReading();

    public override bool TryRead(out ReadResult result)
    {
        lock (this)
        {
            bool hasNews = HasNews;
            result = hasNews ? TakeNews() : default;
            return hasNews;
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        lock (this)
        {
            _buffer.Advance(consumed, examined);
            if (_buffer.IsEmpty)
            {
                Release();
            }
        }
    }

    public override void Complete(Exception? exception = null)
    {
        lock (this)
        {
            _isCompleted = true;
            Release();
        }
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token)
    {
        _reading.GetResult(token);
        lock (this)
        {
            return TakeNews();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _reading.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _reading.OnCompleted(continuation, state, token, flags);

    private ValueTask<ReadResult> StartReading()
    {
        lock (this)
        {
            if (_isCompleted || _isAwaited)
            {
                throw new InvalidOperationException("Nothing can be read any more, or somebody reads already.");
            }

            Receive();
            if (_failure is { } failure)
            {
                return ValueTask.FromException<ReadResult>(failure);
            }

            if (HasNews)
            {
                return ValueTask.FromResult(TakeNews());
            }

            _isAwaited = true;
            _reading.Reset();
            _reading.RunContinuationsAsynchronously = false;
            return new ValueTask<ReadResult>(this, _reading.Version);
        }
    }

    private async ValueTask<ReadResult> ReadCancelablyAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ValueTask<ReadResult> reading = StartReading();
        using CancellationTokenRegistration registration =
            cancellationToken.UnsafeRegister(static (input, token) => ((SocketInput)input!).GiveUp(token), this);
        return await reading.ConfigureAwait(false);
    }

    private void GiveUp(CancellationToken cancellationToken)
    {
        if (TryInterrupt())
        {
            _reading.SetException(new OperationCanceledException(cancellationToken));
        }
    }

    private void Interrupt(ref bool cause)
    {
        lock (this)
        {
            cause = true;
        }

        if (TryInterrupt())
        {
            _reading.SetResult(true);
        }
    }

    /// <summary>Whether somebody was reading. The reader then goes on elsewhere, since the caller may hold locks.</summary>
    private bool TryInterrupt()
    {
        lock (this)
        {
            if (!_isAwaited)
            {
                return false;
            }

            _isAwaited = false;
            _reading.RunContinuationsAsynchronously = true;
            return true;
        }
    }

    /// <summary>Receives until there is news, or the stream has to be waited for. Called under the lock.</summary>
    private void Receive()
    {
        while (!HasNews && _state == State.Idle)
        {
            try
            {
                _state = _isReadable ? State.Filling : State.Waiting;
#pragma warning disable CA2012 // Awaited by hand, once, so that no state machine is kept for it.
                _receiving = _stream.ReadAsync(_isReadable ? _buffer.Free() : default, _stopped).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
                if (!_receiving.IsCompleted)
                {
                    _receiving.UnsafeOnCompleted(_onReceived);
                    return;
                }
            }
#pragma warning disable CA1031 // Whatever it is, the reader hears of it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _state = State.Idle;
                _failure = exception;
                return;
            }

            EndReceiving();
        }
    }

    private void OnReceived()
    {
        lock (this)
        {
            EndReceiving();
            if (!_isAwaited)
            {
                return;
            }

            Receive();
            if (!HasNews)
            {
                return;
            }

            _isAwaited = false;
        }

        _reading.SetResult(true);
    }

    private void EndReceiving()
    {
        try
        {
            int count = _receiving.GetResult();
            _isReadable = _state == State.Waiting;
            if (_state == State.Filling)
            {
                _buffer.Add(count);
                _hasEnded |= count == 0;
            }
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure = exception;
        }

        _receiving = default;
        _state = State.Idle;
        if (_isCompleted)
        {
            Release();
        }
    }

    private ReadResult TakeNews()
    {
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        var news = new ReadResult(_buffer.Unread, _isCanceled, _hasEnded);
        _isCanceled = false;
        return news;
    }

    /// <summary>Gives the buffer back, unless the stream is still writing to it.</summary>
    private void Release()
    {
        if (_state != State.Filling)
        {
            _buffer.Release();
        }
    }
}
