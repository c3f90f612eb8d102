namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>A number of places, each taken by one and given back once. Safe for concurrent use.</summary>
internal sealed class Capacity(int places)
{
    private int _taken;

    public int Taken => Volatile.Read(ref _taken);

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= places)
        {
            return true;
        }

        Release();
        return false;
    }

    public void Release() => Interlocked.Decrement(ref _taken);
}
