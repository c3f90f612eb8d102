namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// How long a connection has had the thread that reads for it. A client that sends as fast as it is read would else keep that thread for good, and where sockets complete
/// inline (<see cref="Listening.InlineSockets"/>) that is the thread of many others.
/// </summary>
/// <remarks>
/// Where transports complete inline, nobody tells whether the thread has dealt with others between two reads; a pause between them does. Not for concurrent use.
/// </remarks>
internal struct ReadTurn(TimeProvider time)
{
    /// <summary>How long a turn lasts: some hundred signals.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(1);

    /// <summary>After such a pause another turn begins. A receive that finds bytes there at once takes a tenth of it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMicroseconds(50);

    private long _began;
    private long _ended;

    /// <summary>Something was read.</summary>
    /// <param name="now">When.</param>
    public void Read(long now)
    {
        if (time.GetElapsedTime(_ended, now) >= Pause)
        {
            _began = now;
        }
    }

    /// <summary>What was read has been dealt with.</summary>
    /// <returns>Whether the turn is over: the connection goes on on another thread, when it is its turn there.</returns>
    public bool IsOver()
    {
        _ended = time.GetTimestamp();
        if (time.GetElapsedTime(_began, _ended) < Length)
        {
            return false;
        }

        _began = _ended;
        return true;
    }
}
