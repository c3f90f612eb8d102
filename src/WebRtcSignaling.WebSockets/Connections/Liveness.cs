namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// When a client has shown life, and what follows from it. Its time to answer begins when it is asked, not when it fell silent: however late we
/// are to look at the clock, nobody is dead who was not asked. Safe for one that receives and one that checks at once.
/// </summary>
internal sealed class Liveness
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _pingInterval;
    private readonly TimeSpan _pongTimeout;

    private long _lastReceived;
    private long? _askedAfter;
    private long _askedAt;

    /// <param name="time">The clock.</param>
    /// <param name="pingInterval">After how much silence to ask.</param>
    /// <param name="pongTimeout">How long to wait then.</param>
    public Liveness(TimeProvider time, TimeSpan pingInterval, TimeSpan pongTimeout)
    {
        _time = time;
        _pingInterval = pingInterval;
        _pongTimeout = pongTimeout;
        Received();
    }

    /// <summary>When the client has last shown life: what the clock said about the time at which the message in hand came.</summary>
    public long LastReceived => Interlocked.Read(ref _lastReceived);

    /// <summary>The client has shown life.</summary>
    public void Received() => Interlocked.Exchange(ref _lastReceived, _time.GetTimestamp());

    /// <summary>How long nothing can follow, whatever is received meanwhile. For the one that checks.</summary>
    public TimeSpan UntilNextCheck
    {
        get
        {
            long last = LastReceived;
            return _askedAfter == last ? _pongTimeout - _time.GetElapsedTime(_askedAt) : _pingInterval - _time.GetElapsedTime(last);
        }
    }

    /// <summary>Looks at the clock. Told to ping, the caller does so.</summary>
    public LivenessVerdict Check()
    {
        long last = Interlocked.Read(ref _lastReceived);
        if (_time.GetElapsedTime(last) < _pingInterval)
        {
            return LivenessVerdict.Wait;
        }

        if (_askedAfter != last)
        {
            _askedAfter = last;
            _askedAt = _time.GetTimestamp();
            return LivenessVerdict.Ping;
        }

        return _time.GetElapsedTime(_askedAt) < _pongTimeout ? LivenessVerdict.Wait : LivenessVerdict.Dead;
    }
}
