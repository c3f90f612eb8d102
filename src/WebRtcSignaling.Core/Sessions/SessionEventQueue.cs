using System.Runtime.CompilerServices;
using System.Threading.Channels;
using WebRtcSignaling.Events;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// A sink for C# in-process: keeps the events of a session, in order, until they are read. If the reader falls behind by more than the
/// limit, the session ends with <see cref="SessionCloseReason.SlowConsumer"/>; what is in the queue by then can still be read.
/// </summary>
/// <remarks>One reader at a time. Each signal costs an allocation here; implement <see cref="ISessionSink"/> where that matters.</remarks>
public sealed class SessionEventQueue : ISessionSink
{
    /// <summary>What an event without a payload counts for, in bytes.</summary>
    private const int EventOverhead = 64;

    private readonly Channel<SignalingEvent> _events =
        Channel.CreateUnbounded<SignalingEvent>(new() { SingleReader = true, AllowSynchronousContinuations = false });

    private readonly long _maxBytes;
    private SignalingSession? _session;
    private long _bytes;

    /// <summary>Creates a queue.</summary>
    /// <param name="maxBytes">How many bytes may wait: those of the payloads, and 64 for each event. Default 1 MiB.</param>
    public SessionEventQueue(long maxBytes = 1024 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, EventOverhead);
        _maxBytes = maxBytes;
    }

    /// <summary>How the session ended; <see langword="null"/> while it goes on.</summary>
    public SessionClose? Close { get; private set; }

    /// <summary>Reads events as they arrive, until the session has ended and everything is read.</summary>
    /// <param name="cancellationToken">Stops reading. Events that are not read stay in the queue.</param>
    public async IAsyncEnumerable<SignalingEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (SignalingEvent signalingEvent in _events.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            Interlocked.Add(ref _bytes, -SizeOf(signalingEvent));
            yield return signalingEvent;
        }
    }

    /// <summary>Takes the next event, if there is one.</summary>
    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SignalingEvent? signalingEvent)
    {
        if (!_events.Reader.TryRead(out signalingEvent))
        {
            return false;
        }

        Interlocked.Add(ref _bytes, -SizeOf(signalingEvent));
        return true;
    }

    void ISessionSink.OnOpened(SignalingSession session) => _session = session;

    void ISessionSink.OnEvent(SignalingEvent signalingEvent)
    {
        if (Interlocked.Add(ref _bytes, SizeOf(signalingEvent)) > _maxBytes || !_events.Writer.TryWrite(signalingEvent))
        {
            _events.Writer.TryComplete();
            _session?.CloseLater(new(SessionCloseReason.SlowConsumer));
        }
    }

    void ISessionSink.OnSignal(in Signal signal) => ((ISessionSink)this).OnEvent(new SignalingEvent.SignalReceived(
        signal.Room.Value is null ? null : signal.Room,
        signal.Sender,
        signal.Call.Value is null ? null : signal.Call,
        signal.Kind,
        signal.Payload.ToArray()));

    void ISessionSink.OnClosed(SessionClose close)
    {
        Close = close;
        _events.Writer.TryComplete();
    }

    private static long SizeOf(SignalingEvent signalingEvent) => EventOverhead + signalingEvent switch
    {
        SignalingEvent.SignalReceived signal => signal.Payload.Length,
        SignalingEvent.MessageReceived message => message.Data.Length,
        SignalingEvent.CallStarted started => started.Data.Length,
        SignalingEvent.RoomFieldsChanged changed => changed.Fields.Size,
        SignalingEvent.MemberFieldsChanged changed => changed.Fields.Size,
        SignalingEvent.SessionFieldsChanged changed => changed.Fields.Size,
        _ => 0,
    };
}
