using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Signals;

/// <summary>
/// All signals that wait in one application, and the rules of how many may. Data only: no clock (times are spans since some beginning), no lock, no
/// timer. Guarded by the lock of its <see cref="WaitingSignals"/>.
/// </summary>
internal sealed class WaitingSignalTable(WaitingSignalOptions limits)
{
    private readonly Dictionary<SessionId, List<WaitingSignal>> _byTarget = [];
    private readonly Dictionary<SessionId, (int Count, int Bytes)> _bySender = [];
    private readonly Dictionary<(SessionId Sender, SessionId Target), LinkedListNode<WaitingPair>> _pairs = [];

    /// <summary>The first is the first to expire, because all wait equally long.</summary>
    private readonly LinkedList<WaitingPair> _byDue = new();

    private int _count;
    private int _bytes;

    /// <summary>When the first pair expires; <see langword="null"/> while nothing waits.</summary>
    public TimeSpan? NextDue => _byDue.First?.Value.Due;

    /// <summary>Keeps a signal.</summary>
    /// <returns>Why it is not kept; <see langword="null"/> if it is.</returns>
    public SignalingError? Add(SessionId target, in Signal signal, TimeSpan now)
    {
        List<WaitingSignal>? forTarget = _byTarget.GetValueOrDefault(target);
        (int Count, int Bytes) fromSender = _bySender.GetValueOrDefault(signal.Sender);
        if (FindLimit(forTarget?.Count ?? 0, fromSender, signal.Payload.Length) is { } limit)
        {
            return SignalingErrors.LimitExceeded(limit) with { RetryAfter = limits.Timeout };
        }

        if (forTarget is null)
        {
            _byTarget.Add(target, forTarget = []);
        }

        forTarget.Add(new WaitingSignal(signal.Sender, signal.Kind, signal.Payload.ToArray()));
        _bySender[signal.Sender] = (fromSender.Count + 1, fromSender.Bytes + signal.Payload.Length);
        _count++;
        _bytes += signal.Payload.Length;
        if (!_pairs.ContainsKey((signal.Sender, target)))
        {
            var pair = new WaitingPair(signal.Sender, target, now + limits.Timeout);
            _pairs.Add((signal.Sender, target), _byDue.AddLast(pair));
        }

        return null;
    }

    /// <summary>Takes all that waits for an id, in the order in which it was sent.</summary>
    public IReadOnlyList<WaitingSignal> Take(SessionId target)
    {
        if (!_byTarget.Remove(target, out List<WaitingSignal>? signals))
        {
            return [];
        }

        foreach (WaitingSignal signal in signals)
        {
            Forget(signal);
            if (_pairs.Remove((signal.Sender, target), out LinkedListNode<WaitingPair>? pair))
            {
                _byDue.Remove(pair);
            }
        }

        return signals;
    }

    /// <summary>Drops the first pair that has expired; <see langword="null"/> if none has.</summary>
    public WaitingPair? TakeExpired(TimeSpan now)
    {
        if (_byDue.First?.Value is not { } pair || pair.Due > now)
        {
            return null;
        }

        _byDue.RemoveFirst();
        _pairs.Remove((pair.Sender, pair.Target));
        List<WaitingSignal> signals = _byTarget[pair.Target];
        foreach (WaitingSignal signal in signals)
        {
            if (signal.Sender == pair.Sender)
            {
                Forget(signal);
            }
        }

        if (signals.RemoveAll(signal => signal.Sender == pair.Sender) > 0 && signals.Count == 0)
        {
            _byTarget.Remove(pair.Target);
        }

        return pair;
    }

    private void Forget(in WaitingSignal signal)
    {
        _count--;
        _bytes -= signal.Payload.Length;
        (int count, int bytes) = _bySender[signal.Sender];
        if (count == 1)
        {
            _bySender.Remove(signal.Sender);
        }
        else
        {
            _bySender[signal.Sender] = (count - 1, bytes - signal.Payload.Length);
        }
    }

    // Subtractions, because sums of lengths and limits could overflow.
    private string? FindLimit(int forTarget, (int Count, int Bytes) fromSender, int length) =>
        forTarget >= limits.MaxPerTarget ? $"{limits.MaxPerTarget} signals wait for that client already (MaxPerTarget)."
        : fromSender.Count >= limits.MaxPerSender ? $"{limits.MaxPerSender} of your signals wait already (MaxPerSender)."
        : length > limits.MaxBytesPerSender - fromSender.Bytes ? $"More than {limits.MaxBytesPerSender} of your bytes would wait (MaxBytesPerSender)."
        : _count >= limits.MaxSignals ? $"{limits.MaxSignals} signals wait already (MaxSignals)."
        : length > limits.MaxBytes - _bytes ? $"More than {limits.MaxBytes} bytes would wait (MaxBytes)."
        : null;
}
