using System.Buffers;
using System.IO.Pipelines;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>A relayed signal costs no garbage on the server's side, and a message to a room no more than itself.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AllocationTests
{
    private const int Signals = 2_000;

    /// <summary>For the test's own process around the server; a single object each signal would be twenty times as much.</summary>
    private const long Noise = Signals;

    private static readonly PipeOptions _inline =
        new(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false);

    private int _received;

    [Test]
    public async Task Relaying_signals_allocates_nothing(
        [Values("r", "日本語 😀")] string room, [Values] bool withId, [Values(1, 5)] int burst, [Values(200, 6_000)] int dataBytes)
    {
        await using var server = new MemoryServer(Floods.Allowing(), new() { Rates = Floods.Rates });
        var annTransport = new MemoryTransport(_inline, _inline);
        var benTransport = new MemoryTransport(_inline, _inline);
        (WireClient ann, _) = server.Connect(annTransport);
        (WireClient ben, _) = server.Connect(benTransport);
        await ann.ReceiveJsonAsync();
        string benId = (string)(await ben.ReceiveJsonAsync())["clientId"]!;
        await ann.AskAsync($$"""{"type":"room-create","room":"{{room}}"}""");
        await ben.AskAsync($$"""{"type":"room-join","room":"{{room}}"}""");
        await ann.ReceiveJsonAsync("client-joined");

        string id = withId ? "\"id\":123," : "";
        byte[] frame = ClientFrames.Text(
            $$"""{"type":"signal-send",{{id}}"room":"{{room}}","targetId":"{{benId}}","data":"{{new string('x', dataBytes)}}"}""");
        await annTransport.Client.Output.WriteAsync(frame);
        await ben.ReceiveAsync();
        byte[] frames = [.. Enumerable.Repeat(frame, burst).SelectMany(bytes => bytes)];
        Task counting = CountAsync(benTransport.Client.Input, counts: true);
        Task answers = CountAsync(annTransport.Client.Input, counts: false);

        long least = await LeastAllocatedAsync(Noise, () => RelayAsync(annTransport.Client.Output, frames, burst));

        Assert.That(least, Is.LessThan(Noise), $"{least / (double)Signals:F1} bytes a signal");
        await server.DisposeAsync();
        await annTransport.Server.Output.CompleteAsync();
        await benTransport.Server.Output.CompleteAsync();
        await Task.WhenAll(counting, answers).WaitAsync(Eventually.Bound);
    }

    [Test]
    public async Task A_message_to_a_room_of_a_hundred_is_allocated_once([Values] bool isAcknowledged, [Values(1, 4)] int burst)
    {
        const int Receivers = 99;
        const int Messages = 160;

        // The event, its data, and the text of both; a byte for each receiver would be a hundred more.
        const long Allowed = Messages * 1_250;
        await using var server = new MemoryServer(Floods.Allowing(), new() { Rates = Floods.Rates });
        var annTransport = new MemoryTransport(_inline, _inline);
        (WireClient ann, _) = server.Connect(annTransport);
        await ann.AskAsync("""{"type":"room-create","room":"tea"}""");
        Task answers = CountAsync(annTransport.Client.Input, counts: false);
        MemoryTransport[] others = new MemoryTransport[Receivers];
        List<Task> counting = [answers];
        int welcomes = 0;
        for (int i = 0; i < Receivers; i++)
        {
            others[i] = new MemoryTransport(_inline, _inline);
            server.Connect(others[i]);
            counting.Add(CountAsync(others[i].Client.Input, counts: true));
            await others[i].Client.Output.WriteAsync(ClientFrames.Text("""{"type":"room-join","room":"tea"}"""));

            // Its welcome and its answer, and each of those before it hears of it.
            welcomes += 2 + i;
            WaitFor(welcomes);
        }

        byte[] frame = ClientFrames.Text($$"""{"type":"message-send","room":"tea","data":"{{new string('x', 300)}}"}""");
        byte[] frames = [.. Enumerable.Repeat(frame, burst).SelectMany(bytes => bytes)];

        // A number that nobody has reached yet counts for all that came so far.
        byte[] acknowledgement = ClientFrames.Text($$"""{"type":"ack","ack":{{long.MaxValue}}}""");
        long least = await LeastAllocatedAsync(Allowed, async () =>
        {
            for (int sent = 0; sent < Messages; sent += burst)
            {
                int expected = Volatile.Read(ref _received) + (burst * Receivers);
                await annTransport.Client.Output.WriteAsync(frames);
                WaitFor(expected);
                if (isAcknowledged && sent % 16 == 0)
                {
                    foreach (MemoryTransport other in others)
                    {
                        await other.Client.Output.WriteAsync(acknowledgement);
                    }
                }
            }
        });
        Assert.That(least, Is.LessThan(Allowed), $"{least / (double)Messages:F1} bytes a message");
        await server.DisposeAsync();
        foreach (MemoryTransport transport in others.Append(annTransport))
        {
            await transport.Server.Output.CompleteAsync();
        }

        await Task.WhenAll(counting).WaitAsync(Eventually.Bound);
    }

    /// <summary>
    /// What one round allocates at least. What allocates always does so in each; pools fill up in the first ones, and objects that the compiler leaves on the stack only at its second attempt
    /// are gone whenever that comes.
    /// </summary>
    private static async Task<long> LeastAllocatedAsync(long enough, Func<Task> round)
    {
        long least = long.MaxValue;
        for (long began = TimeProvider.System.GetTimestamp(); least >= enough && TimeProvider.System.GetElapsedTime(began) < Eventually.Bound;)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await round();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }

    private async Task RelayAsync(PipeWriter output, ReadOnlyMemory<byte> frames, int burst)
    {
        int expected = Volatile.Read(ref _received);
        for (int sent = 0; sent < Signals; sent += burst)
        {
            await output.WriteAsync(frames);
            expected += burst;
            WaitFor(expected);
        }
    }

    private void WaitFor(int expected)
    {
        long began = TimeProvider.System.GetTimestamp();
        SpinWait waiting = default;
        while (Volatile.Read(ref _received) != expected)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Eventually.Bound)
            {
                Assert.Fail("Something was lost.");
            }

            // Without sleeping: the threads that it waits for are ready to run.
            waiting.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>A client that counts whole frames and allocates nothing.</summary>
    private async Task CountAsync(PipeReader input, bool counts)
    {
        while (true)
        {
            ReadResult result = await input.ReadAsync();
            ReadOnlySequence<byte> buffer = result.Buffer;
            int whole = ServerFrames.TakeWhole(ref buffer);
            input.AdvanceTo(buffer.Start, buffer.End);
            Interlocked.Add(ref _received, counts ? whole : 0);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }
}
