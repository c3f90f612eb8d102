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
    private readonly Dictionary<SessionId, int> _countBySender = [];
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
        int fromSender = _countBySender.GetValueOrDefault(signal.Sender);
        if (FindLimit(forTarget?.Count ?? 0, fromSender, signal.Payload.Length) is { } limit)
        {
            return SignalingErrors.LimitExceeded(limit) with { RetryAfter = limits.Timeout };
        }

        if (forTarget is null)
        {
            _byTarget.Add(target, forTarget = []);
        }

        forTarget.Add(new WaitingSignal(signal.Sender, signal.Kind, signal.Payload.ToArray()));
        _countBySender[signal.Sender] = fromSender + 1;
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
        int left = _countBySender[signal.Sender] - 1;
        if (left == 0)
        {
            _countBySender.Remove(signal.Sender);
        }
        else
        {
            _countBySender[signal.Sender] = left;
        }
    }

    private string? FindLimit(int forTarget, int fromSender, int length) =>
        forTarget >= limits.MaxPerTarget ? $"{limits.MaxPerTarget} signals wait for that client already (MaxPerTarget)."
        : fromSender >= limits.MaxPerSender ? $"{limits.MaxPerSender} of your signals wait already (MaxPerSender)."
        : _count >= limits.MaxSignals ? $"{limits.MaxSignals} signals wait already (MaxSignals)."
        : length > limits.MaxBytes - _bytes ? $"More than {limits.MaxBytes} bytes would wait (MaxBytes)."
        : null;
}
