namespace WebRtcSignaling.WebSockets.Native;

/// <summary>Which of a client's numbered requests were taken, and which of them it has been told of. Not safe for concurrent use.</summary>
internal struct RequestNumbers
{
    /// <summary>After how many requests the client is told by a message of its own, if no other one goes to it.</summary>
    private const int TellAfter = 32;

    private long _told;

    /// <summary>The number of the request that was taken last; the first one is 1.</summary>
    public long Taken { get; private set; }

    /// <summary>Whether there is something to tell.</summary>
    public readonly bool HasNews => Taken != _told;

    /// <summary>Whether to tell it now, even if no other message goes to the client.</summary>
    public readonly bool IsDue => Taken - _told >= TellAfter;

    public RequestVerdict Take(long number)
    {
        if (number <= Taken)
        {
            return RequestVerdict.PassOver;
        }

        if (number > Taken + 1)
        {
            return RequestVerdict.Refuse;
        }

        Taken = number;
        return RequestVerdict.Take;
    }

    /// <summary>The client is told now.</summary>
    /// <returns>What to tell it.</returns>
    public long Tell() => _told = Taken;
}
