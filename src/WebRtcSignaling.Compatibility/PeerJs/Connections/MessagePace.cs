namespace WebRtcSignaling.Compatibility.PeerJs.Connections;

/// <summary>
/// How fast one client may send: so many messages at once, and so many a second for long. Says how long to wait before the next is read, which makes a client
/// that sends more slow down by itself. For one caller at a time.
/// </summary>
/// <param name="perSecond">How many a second.</param>
/// <param name="burst">How many at once.</param>
internal sealed class MessagePace(int perSecond, int burst)
{
    private double _credit = burst;
    private TimeSpan _at;

    /// <summary>Counts a message.</summary>
    /// <param name="now">The time since some beginning.</param>
    /// <returns>How long to wait before it is dealt with.</returns>
    public TimeSpan Count(TimeSpan now)
    {
        _credit = Math.Min(burst, _credit + ((now - _at).TotalSeconds * perSecond)) - 1;
        _at = now;
        return _credit >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_credit / perSecond);
    }
}
