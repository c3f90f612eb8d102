using WebRtcSignaling.WebSockets.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>Counts what an outbox tells its owner.</summary>
internal sealed class RecordingOwner : IOutboxOwner
{
    private int _overflows;
    private int _breaks;

    public int Overflows => Volatile.Read(ref _overflows);

    public int Breaks => Volatile.Read(ref _breaks);

    public void OnOverflow() => Interlocked.Increment(ref _overflows);

    public void OnBroken() => Interlocked.Increment(ref _breaks);
}
