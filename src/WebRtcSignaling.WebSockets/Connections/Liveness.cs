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
    private bool _wasGone;

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

    /// <summary>Fires when the transport has noticed that the client is gone. Set before anybody checks.</summary>
    public CancellationToken ClientGone { get; set; }

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

    /// <summary>Whether the client was gone already when this was asked the last time. For the one that checks, once a tick.</summary>
    public bool IsGoneForATick()
    {
        bool wasGone = _wasGone;
        _wasGone = ClientGone.IsCancellationRequested;
        return wasGone;
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
