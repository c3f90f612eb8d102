namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>
/// Whether a client still lives. In version 3 it pings, and any packet in <c>pingInterval + pingTimeout</c> is a sign of life. In version 4 we ping
/// <c>pingInterval</c> after the last pong, and only a pong within <c>pingTimeout</c> is one. While a packet is being dealt with no other one is read: that time does not
/// count, however long the host app takes; we ping on meanwhile, for clients end their connection when they hear no pings.
/// </summary>
internal struct Heartbeat(EngineVersion version, EngineSettings settings, TimeSpan now)
{
    private TimeSpan _heardAt = now;
    private TimeSpan _pingedAt = now;
    private bool _awaitsPong;
    private TimeSpan? _busySince;

    /// <summary>A packet came.</summary>
    public void Hear(TimeSpan time) => _heardAt = time;

    /// <summary>A pong came; one that nobody asked for is as good.</summary>
    public void HearPong(TimeSpan time)
    {
        _awaitsPong = false;
        _pingedAt = time;
    }

    /// <summary>A packet is being dealt with; <see cref="EndBusy"/> follows before the next one.</summary>
    public void BeginBusy(TimeSpan time) => _busySince = time;

    /// <summary>It has been dealt with; what the client has said meanwhile is read from here on.</summary>
    public void EndBusy(TimeSpan time)
    {
        TimeSpan since = _busySince > _pingedAt ? _busySince.Value : _pingedAt;
        _busySince = null;
        _heardAt = time;
        _pingedAt += _awaitsPong ? time - since : TimeSpan.Zero;
    }

    public HeartbeatStep Tick(TimeSpan time)
    {
        bool isBusy = _busySince is not null;
        if (version == EngineVersion.V3)
        {
            return !isBusy && time - _heardAt >= settings.PingInterval + settings.PingTimeout ? HeartbeatStep.Dead : HeartbeatStep.None;
        }

        if (_awaitsPong && !isBusy)
        {
            return time - _pingedAt >= settings.PingTimeout ? HeartbeatStep.Dead : HeartbeatStep.None;
        }

        if (time - _pingedAt < settings.PingInterval)
        {
            return HeartbeatStep.None;
        }

        _awaitsPong = true;
        _pingedAt = time;
        return HeartbeatStep.Ping;
    }
}
