namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>
/// Whether a client still lives. In version 3 it pings, and any packet in <c>pingInterval + pingTimeout</c> is a sign of life. In version 4 we ping
/// <c>pingInterval</c> after the last pong, and only a pong within <c>pingTimeout</c> is one.
/// </summary>
internal struct Heartbeat(EngineVersion version, EngineSettings settings, TimeSpan now)
{
    private TimeSpan _heardAt = now;
    private TimeSpan _pingedAt = now;
    private bool _awaitsPong;

    /// <summary>A packet came.</summary>
    public void Hear(TimeSpan time) => _heardAt = time;

    /// <summary>A pong came; one that nobody asked for is as good.</summary>
    public void HearPong(TimeSpan time)
    {
        _awaitsPong = false;
        _pingedAt = time;
    }

    public HeartbeatStep Tick(TimeSpan time)
    {
        if (version == EngineVersion.V3)
        {
            return time - _heardAt >= settings.PingInterval + settings.PingTimeout ? HeartbeatStep.Dead : HeartbeatStep.None;
        }

        if (_awaitsPong)
        {
            return time - _pingedAt >= settings.PingTimeout ? HeartbeatStep.Dead : HeartbeatStep.None;
        }

        _awaitsPong = time - _pingedAt >= settings.PingInterval;
        _pingedAt = _awaitsPong ? time : _pingedAt;
        return _awaitsPong ? HeartbeatStep.Ping : HeartbeatStep.None;
    }
}
