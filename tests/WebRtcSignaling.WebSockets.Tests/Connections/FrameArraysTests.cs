using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>Arrays that a thread keeps for the next message to a large room.</summary>
[NonParallelizable]
public sealed class FrameArraysTests
{
    private const int Arrays = 100;

    [Test]
    public async Task What_a_thread_keeps_counts_as_nobodys_and_goes_to_the_pool_when_the_thread_is_gone()
    {
        using var buffers = new PooledBuffers();
        int before = FrameArrays.Kept;
        int kept = 0;
        bool isTakenAgain = false;
        var thread = new Thread(() =>
        {
            byte[][] arrays = [.. Enumerable.Range(0, Arrays).Select(static _ => FrameArrays.Rent(1))];
            Keep(arrays);
            kept = FrameArrays.Kept - before;
            byte[] again = FrameArrays.Rent(1);
            isTakenAgain = arrays.Contains(again);
            Keep(again);
        });
        thread.Start();
        thread.Join();

        Assert.That((kept, isTakenAgain), Is.EqualTo((Arrays, true)));
        await Eventually.TrueAsync(() => buffers.CountOut() <= 0 && FrameArrays.Kept <= before, "nothing is out, nor kept");
    }

    private static void Keep(params byte[][] arrays)
    {
        FrameArrays.StartKeeping();
        Array.ForEach(arrays, FrameArrays.Return);
        FrameArrays.StopKeeping();
    }
}
