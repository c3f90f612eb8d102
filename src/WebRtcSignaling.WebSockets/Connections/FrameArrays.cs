using System.Buffers;
using System.Runtime.CompilerServices;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// Pooled arrays for frames that wait to be flushed. A message to a large room needs one for each member at once. The shared pool keeps 32 of a size for each core, so that those
/// of the other members would be garbage, message for message; a thread that flushes more than that keeps them for the next time (<see cref="OutboxBatch"/>), a quarter of a
/// megabyte at most, and uses them up when it has smaller things to do.
/// </summary>
/// <remarks>One for each thread, used by that thread only; an array may come back on another one. What a thread keeps goes to the shared pool when the thread is gone.</remarks>
internal sealed class FrameArrays
{
    /// <summary>The length of those that are kept, in bytes: some signals of the usual length.</summary>
    public const int Length = 2_048;

    [ThreadStatic]
    private static FrameArrays? _ofThisThread;

    private static readonly ConditionalWeakTable<FrameArrays, object?> _ofAllThreads = [];

    private readonly byte[]?[] _kept = new byte[]?[OutboxBatch.Capacity];
    private int _count;
    private bool _isKeeping;

    private FrameArrays() => _ofAllThreads.Add(this, null);

    ~FrameArrays()
    {
        while (_count > 0)
        {
            ArrayPool<byte>.Shared.Return(Take());
        }
    }

    /// <summary>How many arrays all threads keep, for those who look for arrays that were lost. Exact only while no thread flushes.</summary>
    public static int Kept => _ofAllThreads.Sum(static entry => entry.Key._count);

    /// <summary>An array, with whatever is in it.</summary>
    /// <param name="length">How long it is at least.</param>
    public static byte[] Rent(int length) => _ofThisThread is { _count: > 0 } own && length <= Length
        ? own.Take()
        : ArrayPool<byte>.Shared.Rent(Math.Max(length, Length));

    /// <summary>Gives one back.</summary>
    public static void Return(byte[] array)
    {
        if (_ofThisThread is not { _isKeeping: true } own || !own.TryKeep(array))
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    /// <summary>From now on the calling thread keeps what it gives back, until <see cref="StopKeeping"/>.</summary>
    public static void StartKeeping() => (_ofThisThread ??= new())._isKeeping = true;

    /// <summary>Follows <see cref="StartKeeping"/>, on the same thread.</summary>
    public static void StopKeeping() => _ofThisThread!._isKeeping = false;

    private byte[] Take()
    {
        byte[] array = _kept[--_count]!;
        _kept[_count] = null;
        return array;
    }

    private bool TryKeep(byte[] array)
    {
        if (array.Length != Length || _count == _kept.Length)
        {
            return false;
        }

        _kept[_count++] = array;
        return true;
    }
}
