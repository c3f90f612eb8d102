namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>How much may wait for the clients of one endpoint: for each so much, and besides one message that is longer than that, as long as those of all clients are not too much.</summary>
/// <param name="maxBytes">How much for each.</param>
/// <param name="maxLongBytes">How much of longer messages for all together.</param>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class OutboxLimits(int maxBytes, long maxLongBytes)
{
    private long _longBytes;

    public int MaxBytes => maxBytes;

    /// <summary>Lets a message of more than <see cref="MaxBytes"/> wait, if there is room for it; <see cref="ReleaseLong"/> says that it waits no more.</summary>
    public bool TryTakeLong(int length)
    {
        if (Interlocked.Add(ref _longBytes, length) <= maxLongBytes)
        {
            return true;
        }

        ReleaseLong(length);
        return false;
    }

    public void ReleaseLong(int length) => Interlocked.Add(ref _longBytes, -length);
}
