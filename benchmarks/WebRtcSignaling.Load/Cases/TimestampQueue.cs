namespace WebRtcSignaling.Load.Cases;

/// <summary>When the signals that are on their way were sent, oldest first: what one client sends another arrives in order. Never allocates.</summary>
/// <param name="capacity">How many may be on their way; a power of two.</param>
internal sealed class TimestampQueue(int capacity)
{
    private readonly long[] _times = new long[capacity];
    private uint _head;
    private uint _tail;

    public int Count => (int)(_tail - _head);

    /// <exception cref="LoadException">The server cannot keep up.</exception>
    public void Enqueue(long time)
    {
        if (Count == _times.Length)
        {
            throw new LoadException($"More than {_times.Length} signals of one client are on their way: the server cannot keep up with this rate.");
        }

        _times[_tail++ & (uint)(_times.Length - 1)] = time;
    }

    /// <exception cref="LoadException">Nothing is on its way.</exception>
    public long Dequeue() => Count > 0
        ? _times[_head++ & (uint)(_times.Length - 1)]
        : throw new LoadException("A signal arrived that was not sent, or arrived twice.");
}
