using WebRtcSignaling.Applications;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Signals;

/// <summary>
/// Direct signals of an application in which they wait for sessions that are not there yet. Every direct signal and every arrival passes its lock, so that a
/// session hears what has waited before what comes after it. The lock stands where a room's does: sinks are called under it, and nothing else is.
/// </summary>
internal sealed class WaitingSignals : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Application _application;
    private readonly WaitingSignalTable _table;
    private readonly TimeProvider _time;
    private readonly long _start;

    /// <summary>Set for the time when the first pair expires, or for earlier, while something waits.</summary>
    private readonly ITimer _timer;
    private bool _isTimerSet;

    public WaitingSignals(Application application, WaitingSignalOptions options, TimeProvider time)
    {
        _application = application;
        _table = new WaitingSignalTable(options);
        _time = time;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(
            static waiting => ((WaitingSignals)waiting!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Hands a signal to its target, or keeps it. What ends a negotiation does not wait: it would end what never began.</summary>
    public SignalingResult Relay(SessionId target, in Signal signal)
    {
        lock (_lock)
        {
            if (_application.FindSession(target) is { IsClosed: false } receiver)
            {
                receiver.Deliver(in signal);
                return SignalingResult.Success;
            }

            if (signal.Kind is SignalKind.Hangup or SignalKind.Reject)
            {
                return SignalingErrors.TargetNotFound(default, target);
            }

            SignalingResult kept = _table.Add(target, in signal, Now) is { } refusal ? refusal : SignalingResult.Success;
            SetTimer_NeedsLock();
            return kept;
        }
    }

    /// <summary>Lets a session in, and gives it what has waited for it.</summary>
    /// <returns>Why it is not let in; <see langword="null"/> if it is.</returns>
    public SignalingError? Admit(SignalingSession session)
    {
        lock (_lock)
        {
            if (_application.Register(session) is { } refusal)
            {
                return refusal;
            }

            foreach (WaitingSignal signal in _table.Take(session.Id))
            {
                session.Deliver(new Signal { Sender = signal.Sender, Kind = signal.Kind, Payload = signal.Payload });
            }

            return null;
        }
    }

    /// <summary>Nothing expires from now on.</summary>
    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        lock (_lock)
        {
            _isTimerSet = false;
            while (_table.TakeExpired(Now) is { } pair)
            {
                _application.FindSession(pair.Sender)?.Deliver(new SignalingEvent.SignalExpired(pair.Target));
            }

            SetTimer_NeedsLock();
        }
    }

    /// <summary>Sets the timer if something waits. One that is set is not moved: it then fires too early, finds nothing, and is set anew.</summary>
    private void SetTimer_NeedsLock()
    {
        if (!_isTimerSet && _table.NextDue is { } due)
        {
            // Rounded up, because the system's timers cut to whole milliseconds and would fire before the time.
            TimeSpan rest = TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((due - Now).TotalMilliseconds)));
            _isTimerSet = _timer.Change(rest, Timeout.InfiniteTimeSpan);
        }
    }
}
