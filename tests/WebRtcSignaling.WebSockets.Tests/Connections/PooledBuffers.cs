using System.Buffers;
using System.Diagnostics.Tracing;
using WebRtcSignaling.WebSockets.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>
/// Counts how many arrays of the shared pool are out, while it lives, by the runtime's own events. Those that threads keep for the next message to a large room
/// (<see cref="FrameArrays"/>) are nobody's, and are not counted.
/// </summary>
internal sealed class PooledBuffers : EventListener
{
    private const int BufferRented = 1;
    private const int BufferReturned = 3;

    private static readonly int _pool = ArrayPool<byte>.Shared.GetHashCode();

    private readonly int _keptBefore = FrameArrays.Kept;
    private int _out;
    private int _rented;

    public int Rented => Volatile.Read(ref _rented);

    /// <summary>How many are out now that nothing happens any more: what ended threads kept is back first.</summary>
    public int CountOut()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Volatile.Read(ref _out) - (FrameArrays.Kept - _keptBefore);
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Buffers.ArrayPoolEventSource")
        {
            EnableEvents(eventSource, EventLevel.Verbose);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // bufferId, bufferSize, poolId, ...
        if (eventData.Payload is not [_, _, int pool, ..] || pool != _pool)
        {
            return;
        }

        if (eventData.EventId == BufferRented)
        {
            Interlocked.Increment(ref _rented);
            Interlocked.Increment(ref _out);
        }
        else if (eventData.EventId == BufferReturned)
        {
            Interlocked.Decrement(ref _out);
        }
    }
}
