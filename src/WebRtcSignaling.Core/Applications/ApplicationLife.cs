namespace WebRtcSignaling.Applications;

/// <summary>
/// How long an application exists: one that the host wanted, for ever; one that a session created, as long as somebody is in it or on the way in, or it has a room. What is
/// over never begins again. It begins with the session that creates it on the way in. Safe for concurrent use.
/// </summary>
internal sealed class ApplicationLife
{
    private const long Over = -1;
    private const long OneRoom = 1L << 32;

    private readonly bool _isForEver;

    // Sessions and whoever is on the way in: the lower half; rooms: the upper one. Together, so that nothing comes in unseen at the end.
    private long _state;

    /// <param name="isForEver">Whether the host wanted it.</param>
    public ApplicationLife(bool isForEver)
    {
        _isForEver = isForEver;
        _state = isForEver ? 0 : 1;
    }

    public bool IsOver => Volatile.Read(ref _state) == Over;

    /// <summary>Whether it could end, because it has nothing but rooms.</summary>
    public bool IsIdle => !_isForEver && Volatile.Read(ref _state) % OneRoom == 0;

    /// <summary>Somebody comes in, unless it is over; <see cref="RemoveOne"/> follows.</summary>
    public bool TryAddOne() => TryAdd(1);

    /// <summary>Somebody is gone.</summary>
    /// <returns>Whether it is over by that.</returns>
    public bool RemoveOne() => Remove(1);

    /// <summary>There is another room, unless it is over; <see cref="RemoveRoom"/> follows.</summary>
    public bool TryAddRoom() => TryAdd(OneRoom);

    /// <inheritdoc cref="RemoveOne"/>
    public bool RemoveRoom() => Remove(OneRoom);

    /// <summary>Ends it, if it <see cref="IsIdle"/>.</summary>
    public bool TryEnd()
    {
        long state = Volatile.Read(ref _state);
        return !_isForEver && state % OneRoom == 0 && Interlocked.CompareExchange(ref _state, Over, state) == state;
    }

    private bool TryAdd(long what)
    {
        long state = Volatile.Read(ref _state);
        while (state != Over)
        {
            long found = Interlocked.CompareExchange(ref _state, state + what, state);
            if (found == state)
            {
                return true;
            }

            state = found;
        }

        return false;
    }

    private bool Remove(long what)
    {
        long state = Volatile.Read(ref _state);
        while (state != Over)
        {
            bool isLast = state == what && !_isForEver;
            long found = Interlocked.CompareExchange(ref _state, isLast ? Over : state - what, state);
            if (found == state)
            {
                return isLast;
            }

            state = found;
        }

        return false;
    }
}
