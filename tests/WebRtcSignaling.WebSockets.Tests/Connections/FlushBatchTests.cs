using WebRtcSignaling.WebSockets.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>Who flushes: the reader whose batch it is, at its end, or the thread pool, where somebody else would have to wait for that.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FlushBatchTests : IDisposable
{
    private readonly OutboxMetrics _metrics = new(factory: null);
    private readonly RecordingOwner _owner = new();

    public void Dispose() => _metrics.Dispose();

    [Test]
    public async Task What_a_batch_brings_goes_out_at_its_end_with_one_flush_and_on_the_same_thread()
    {
        var blocked = new BlockedPipe();
        Outbox outbox = Create(blocked);

        FlushBatch batch = FlushBatch.Begin()!;
        for (int i = 0; i < 10; i++)
        {
            outbox.Send("more"u8);
        }

        Assert.That(blocked.Flushes, Is.Zero);
        batch.End();
        Assert.That((blocked.Flushes, blocked.Written), Is.EqualTo((1, 10 * 6)));
        await blocked.LetThroughAsync();
    }

    [Test]
    public async Task The_end_of_a_batch_does_not_wait_for_a_peer_that_does_not_read()
    {
        var slow = new BlockedPipe();
        var other = new BlockedPipe();
        Outbox slowOutbox = Create(slow), otherOutbox = Create(other);

        FlushBatch batch = FlushBatch.Begin()!;
        slowOutbox.Send("first"u8);
        otherOutbox.Send("first"u8);
        batch.End();

        Assert.That((slow.Flushes, other.Flushes), Is.EqualTo((1, 1)));
        await slow.LetThroughAsync();
        await other.LetThroughAsync();
    }

    [Test]
    public async Task What_another_thread_appends_does_not_wait_for_the_batch_to_end()
    {
        var blocked = new BlockedPipe();
        Outbox outbox = Create(blocked);
        FlushBatch batch = FlushBatch.Begin()!;
        try
        {
            outbox.Send("mine"u8);
            var appending = new Thread(() => outbox.Send("another's"u8));
            appending.Start();
            appending.Join();

            // No await: this thread keeps its batch open, as one does whose host app takes its time.
            Assert.That(SpinWait.SpinUntil(() => blocked.Flushes == 1, TimeSpan.FromSeconds(30)), Is.True, "somebody else flushes");
        }
        finally
        {
            batch.End();
        }

        await blocked.LetThroughAsync();
        Assert.That((blocked.Flushes, blocked.Written), Is.EqualTo((1, 6 + 11)));
    }

    [Test]
    public void A_batch_within_a_batch_leaves_what_it_brings_to_the_one_further_out()
    {
        FlushBatch outer = FlushBatch.Begin()!;
        try
        {
            Assert.That((FlushBatch.Begin(), FlushBatch.Gathering), Is.EqualTo(((FlushBatch?)null, outer)));
        }
        finally
        {
            outer.End();
        }

        Assert.That(FlushBatch.Gathering, Is.Null);
    }

    [Test]
    public async Task A_batch_takes_only_so_many_outboxes_and_the_rest_go_to_the_thread_pool()
    {
        BlockedPipe[] pipes = [.. Enumerable.Range(0, 200).Select(static _ => new BlockedPipe())];
        Outbox[] outboxes = [.. pipes.Select(Create)];
        FlushBatch batch = FlushBatch.Begin()!;
        try
        {
            foreach (Outbox outbox in outboxes)
            {
                outbox.Send("to all"u8);
            }

            Assert.That(SpinWait.SpinUntil(() => pipes.Count(static pipe => pipe.Flushes == 1) == 72, TimeSpan.FromSeconds(30)), Is.True, "those that are too many go out");
        }
        finally
        {
            batch.End();
        }

        Assert.That(pipes.Select(static pipe => pipe.Flushes), Is.All.EqualTo(1));
        foreach (BlockedPipe pipe in pipes)
        {
            await pipe.LetThroughAsync();
        }
    }

    [Test]
    public async Task What_is_aborted_before_its_batch_ends_is_finished_by_it()
    {
        var blocked = new BlockedPipe();
        Outbox outbox = Create(blocked);
        FlushBatch batch = FlushBatch.Begin()!;
        outbox.Send("never"u8);
        outbox.Abort();
        batch.End();

        await outbox.Finished.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That((blocked.Flushes, blocked.Written), Is.EqualTo((0, 0L)));
    }

    private Outbox Create(BlockedPipe pipe) => new(pipe.Output, maxBytes: 100_000, completesOutput: false, _metrics, _owner);
}
