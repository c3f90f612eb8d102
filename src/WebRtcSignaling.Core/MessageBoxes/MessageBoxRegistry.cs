using System.Buffers;
using System.Collections.ObjectModel;
using System.Net;
using System.Text;
using System.Text.Unicode;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Limits;

namespace WebRtcSignaling.MessageBoxes;

/// <summary>
/// Mailboxes for peers that have no lasting connection to the server: one peer puts messages into a box whose id it knows, the other takes
/// them all out. Messages are well-formed UTF-8 and otherwise opaque. Each is taken exactly once, in the order in which they were put. If
/// nothing is put or taken for <see cref="MessageBoxOptions.IdleTimeout"/>, the messages of the box are deleted.
/// </summary>
/// <remarks>
/// <para>
/// An empty box is not kept anywhere: every well-formed id acts as an existing box that nobody has put anything into. So ids cost nothing, and nobody can use up
/// <see cref="MessageBoxOptions.MaxBoxes"/> by creating boxes; only boxes that hold messages or that somebody waits at count.
/// </para>
/// <para>
/// Thread-safe. One lock guards everything, and nothing is done under it but bookkeeping: no I/O, no encoding, no callback. After <see cref="Dispose"/> every request is refused
/// with <see cref="SignalingErrorCode.ServerStopping"/>.
/// </para>
/// </remarks>
public sealed class MessageBoxRegistry : IDisposable
{
    private readonly Lock _lock = new();
    private readonly MessageBoxOptions _options;
    private readonly MessageBoxTable _table;
    private readonly TimeProvider _timeProvider;
    private readonly long _start;

    /// <summary>Set, for the time when the first box expires or for earlier, while a box holds messages, and only then.</summary>
    private readonly ITimer _sweeper;
    private bool _isSweeperSet;
    private volatile bool _disposed;

    /// <summary>Creates an empty registry. Later changes to <paramref name="options"/> have no effect.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="timeProvider">The clock by which messages expire and waits end.</param>
    /// <exception cref="ArgumentException">A setting is not valid; the message names it.</exception>
    public MessageBoxRegistry(MessageBoxOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (string.Join(" ", options.Validate("MessageBoxes")) is { Length: > 0 } faults)
        {
            throw new ArgumentException(faults, nameof(options));
        }

        _options = options.Copy();
        _table = new MessageBoxTable(_options);
        _timeProvider = timeProvider;
        _start = timeProvider.GetTimestamp();
        _sweeper = timeProvider.CreateTimer(
            static state => ((MessageBoxRegistry)state!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many boxes hold messages or have waiting requests now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _table.Count;
            }
        }
    }

    /// <summary>The total length of all messages in all boxes now, in bytes of UTF-8.</summary>
    public long TotalBytes
    {
        get
        {
            lock (_lock)
            {
                return _table.TotalBytes;
            }
        }
    }

    private TimeSpan Now => _timeProvider.GetElapsedTime(_start);

    /// <summary>A new, empty box with an id that nobody can guess.</summary>
    /// <returns>The id, or <see cref="SignalingErrorCode.ServerStopping"/>.</returns>
    public SignalingResult<MessageBoxId> Create() => _disposed ? MessageBoxRefusals.Stopping : MessageBoxId.NewId();

    /// <summary>
    /// Adds a message at the end of a box. If requests wait at the box, the one that has waited longest gets it at once.
    /// </summary>
    /// <param name="id">The box.</param>
    /// <param name="message">The message in UTF-8, not empty. It is copied.</param>
    /// <param name="remoteAddress">Where it comes from; <see langword="null"/> for the host, or if that is not known.</param>
    /// <returns>
    /// How many messages are in the box then, including this one; or <see cref="SignalingErrorCode.InvalidArgument"/> (no id, an empty message, malformed UTF-8),
    /// <see cref="SignalingErrorCode.LimitExceeded"/> (the sentence names the limit), <see cref="SignalingErrorCode.RateLimited"/> (a limit of the address, which the sentence
    /// names) or <see cref="SignalingErrorCode.ServerStopping"/>. A refused message changes nothing.
    /// </returns>
    public SignalingResult<int> Put(MessageBoxId id, ReadOnlyMemory<byte> message, IPAddress? remoteAddress = null)
    {
        if (FindFault(id, message.Length) is { } fault)
        {
            return fault;
        }

        return Utf8.IsValid(message.Span) ? PutCopied(id, message.ToArray(), remoteAddress) : MessageBoxRefusals.NotUnicode;
    }

    /// <inheritdoc cref="Put(MessageBoxId, ReadOnlyMemory{byte}, IPAddress?)"/>
    /// <param name="id">The box.</param>
    /// <param name="message">The message, not empty.</param>
    /// <param name="remoteAddress">Where it comes from; <see langword="null"/> for the host, or if that is not known.</param>
    public SignalingResult<int> Put(MessageBoxId id, string message, IPAddress? remoteAddress = null)
    {
        ArgumentNullException.ThrowIfNull(message);

        // No character takes less than one byte, so this refuses a huge text before encoding it.
        if (FindFault(id, message.Length) is { } fault)
        {
            return fault;
        }

        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(message)];
        if (Utf8.FromUtf16(message, bytes, out _, out _, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            return MessageBoxRefusals.NotUnicode;
        }

        return FindFault(id, bytes.Length) is { } tooLong ? tooLong : PutCopied(id, bytes, remoteAddress);
    }

    /// <summary>Takes all messages out of the box.</summary>
    /// <param name="id">The box.</param>
    /// <returns>
    /// The messages in the order of the puts, possibly none; or <see cref="SignalingErrorCode.InvalidArgument"/> (no id) or
    /// <see cref="SignalingErrorCode.ServerStopping"/>.
    /// </returns>
    public SignalingResult<ReadOnlyCollection<ReadOnlyMemory<byte>>> TakeAll(MessageBoxId id)
    {
        if (id.IsDefault)
        {
            return MessageBoxRefusals.NoId;
        }

        lock (_lock)
        {
            return _disposed ? MessageBoxRefusals.Stopping : TakeAll_NeedsLock(id);
        }
    }

    /// <summary>Takes all messages out of the box; if there are none, waits for one.</summary>
    /// <param name="id">The box.</param>
    /// <param name="maxWait">How long to wait, zero or more; a time over <see cref="MessageBoxOptions.MaxWait"/> is cut to it.</param>
    /// <param name="cancellationToken">Ends the wait. Messages that arrive later stay in the box, and nothing else is left behind.</param>
    /// <returns>
    /// What <see cref="TakeAll"/> returns; no messages if none came in time. Also <see cref="SignalingErrorCode.LimitExceeded"/> if it
    /// would have to wait, but the limit of requests that wait at this box, or of boxes in use, is reached.
    /// </returns>
    /// <exception cref="OperationCanceledException">The wait was canceled before a message came; no message was taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxWait"/> is negative.</exception>
    public async ValueTask<SignalingResult<ReadOnlyCollection<ReadOnlyMemory<byte>>>> TakeAllAsync(
        MessageBoxId id, TimeSpan maxWait, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxWait, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        if (id.IsDefault)
        {
            return MessageBoxRefusals.NoId;
        }

        TimeSpan span = maxWait < _options.MaxWait ? maxWait : _options.MaxWait;
        MessageBoxWait wait;
        lock (_lock)
        {
            if (_disposed)
            {
                return MessageBoxRefusals.Stopping;
            }

            ReadOnlyCollection<ReadOnlyMemory<byte>> messages = TakeAll_NeedsLock(id);
            if (messages.Count > 0 || span == TimeSpan.Zero)
            {
                return messages;
            }

            wait = new MessageBoxWait(this, id);
            if (_table.FindRefusalOrAdd(wait, Now) is { } full)
            {
                return full;
            }
        }

        using ITimer timer = _timeProvider.CreateTimer(
            static state => ((MessageBoxWait)state!).OnTimeOver(), wait, span, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((MessageBoxWait)state!).OnCanceled(token), wait);
        return await wait.End.ConfigureAwait(false);
    }

    /// <summary>
    /// Deletes all messages and ends all waits with <see cref="SignalingErrorCode.ServerStopping"/>. May be called several times.
    /// </summary>
    public void Dispose()
    {
        MessageBoxWait[] waits;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            waits = _table.Clear();
        }

        _sweeper.Dispose();
        foreach (MessageBoxWait wait in waits)
        {
            wait.EndWith(MessageBoxRefusals.Stopping);
        }
    }

    /// <summary>Takes a wait off its box. Whether it was still there, so that the caller is the one to end it.</summary>
    internal bool TryRemove(MessageBoxWait wait)
    {
        lock (_lock)
        {
            return _table.TryRemove(wait);
        }
    }

    private SignalingError? FindFault(MessageBoxId id, int length) =>
        id.IsDefault ? MessageBoxRefusals.NoId
        : length == 0 ? MessageBoxRefusals.EmptyMessage
        : length > _options.MaxMessageBytes ? MessageBoxRefusals.MessageTooLong(_options.MaxMessageBytes)
        : null;

    private SignalingResult<int> PutCopied(MessageBoxId id, byte[] message, IPAddress? remoteAddress)
    {
        ClientNetwork? from = ClientNetwork.Of(remoteAddress);
        SignalingResult<int> count;
        MessageBoxWait? receiver;
        lock (_lock)
        {
            if (_disposed)
            {
                return MessageBoxRefusals.Stopping;
            }

            count = _table.Put(id, message, from, Now, out receiver);
            SetSweeper_NeedsLock();
        }

        receiver?.EndWith(new ReadOnlyCollection<ReadOnlyMemory<byte>>([message]));
        return count;
    }

    private ReadOnlyCollection<ReadOnlyMemory<byte>> TakeAll_NeedsLock(MessageBoxId id)
    {
        ReadOnlyCollection<ReadOnlyMemory<byte>> messages = _table.TakeAll(id);
        SetSweeper_NeedsLock();
        return messages;
    }

    private void Sweep()
    {
        lock (_lock)
        {
            _isSweeperSet = false;
            if (!_disposed)
            {
                _table.DropExpired(Now);
                SetSweeper_NeedsLock();
            }
        }
    }

    /// <summary>
    /// Sets the timer if it is needed and not set, and stops it if it is set and not needed. A set timer is not moved when the first box changes: it then fires too early, finds
    /// nothing, and is set anew, which costs less than moving it at every put.
    /// </summary>
    private void SetSweeper_NeedsLock()
    {
        TimeSpan? next = _table.NextExpiry;
        if (next.HasValue == _isSweeperSet)
        {
            return;
        }

        // Rounded up, because the system's timers cut to whole milliseconds and would fire before the time.
        TimeSpan due = next is { } expiry
            ? TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((expiry - Now).TotalMilliseconds)))
            : Timeout.InfiniteTimeSpan;
        _sweeper.Change(due, Timeout.InfiniteTimeSpan);
        _isSweeperSet = next.HasValue;
    }
}
