using System.IO.Pipelines;
using System.Text;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>What waits for one client: its order, its budget, its end.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OutboxTests
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(30);

    private readonly RecordingOwner _owner = new();

    [Test]
    public async Task Frames_of_each_sender_arrive_whole_and_in_its_order_however_many_send_at_once()
    {
        const int Senders = 8;
        const int Each = 2_000;
        var transport = new MemoryTransport();
        Outbox outbox = Create(transport.Server.Output);
        using var client = new WireClient(transport.Client);

        Task sending = Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                outbox.Send(Encoding.UTF8.GetBytes($"{sender}:{i}:{new string('x', i % 300)}"));
            }
        })));

        int[] next = new int[Senders];
        for (int i = 0; i < Senders * Each; i++)
        {
            string[] parts = (await client.ReceiveAsync()).Split(':');
            int sender = int.Parse(parts[0], null);
            Assert.That((int.Parse(parts[1], null), parts[2].Length), Is.EqualTo((next[sender], next[sender] % 300)));
            next[sender]++;
        }

        await sending.WaitAsync(_bound);
    }

    [Test]
    public async Task What_gathers_while_a_flush_is_pending_goes_out_with_one_flush()
    {
        var blocked = new BlockedPipe();
        Outbox outbox = Create(blocked.Output);
        outbox.Send("first"u8);
        await blocked.FlushBeganAsync();

        for (int i = 0; i < 1_000; i++)
        {
            outbox.Send("more"u8);
        }

        await blocked.LetThroughAsync();
        await blocked.FlushBeganAsync();
        Assert.That((blocked.Flushes, blocked.Written), Is.EqualTo((2, 7 + (1_000 * 6))));
        await blocked.LetThroughAsync();
    }

    [Test]
    public async Task What_comes_while_it_is_held_goes_out_behind_the_message_that_releases_it([Values(0, 1, 3)] int gathered)
    {
        var transport = new MemoryTransport();
        Outbox outbox = Create(transport.Server.Output);
        using var client = new WireClient(transport.Client);

        outbox.Hold();
        for (int i = 0; i < gathered; i++)
        {
            outbox.Send(Encoding.UTF8.GetBytes($"event {i}"));
        }

        Assert.That(transport.Client.Input.TryRead(out _), Is.False, "nothing is sent while it is held");
        outbox.Release("welcome"u8);
        outbox.Send("after"u8);

        string[] expected = ["welcome", .. Enumerable.Range(0, gathered).Select(i => $"event {i}"), "after"];
        foreach (string message in expected)
        {
            Assert.That(await client.ReceiveAsync(), Is.EqualTo(message));
        }
    }

    [Test]
    public async Task An_outbox_that_is_released_without_a_message_sends_what_gathered()
    {
        var transport = new MemoryTransport();
        Outbox outbox = Create(transport.Server.Output);
        using var client = new WireClient(transport.Client);
        outbox.Hold();
        outbox.Send("event"u8);
        outbox.Release([]);
        Assert.That(await client.ReceiveAsync(), Is.EqualTo("event"));
    }

    [Test]
    public async Task An_outbox_that_is_closed_while_it_is_held_sends_nothing_but_the_Close()
    {
        var transport = new MemoryTransport();
        Outbox outbox = Create(transport.Server.Output);
        using var client = new WireClient(transport.Client);
        outbox.Hold();
        outbox.Send("event without a welcome"u8);

        outbox.SendClose(CloseCode.GoingAway, "bye", discardsWaiting: false);
        outbox.Release("welcome"u8);

        Assert.That(await client.ReceiveEventAsync(), Is.EqualTo(new WireEvent(null, 1001, "bye")));
        await outbox.Finished.WaitAsync(_bound);
        Assert.That(transport.Client.Input.TryRead(out _), Is.False);
    }

    [Test]
    public async Task The_budget_counts_what_waits_and_what_is_in_flight()
    {
        var blocked = new BlockedPipe();
        Outbox outbox = Create(blocked.Output, maxBytes: 100);
        outbox.Send(new byte[48]);
        await blocked.FlushBeganAsync();

        outbox.Send(new byte[48]);
        Assert.That(_owner.Overflows, Is.Zero, "100 bytes with their headers");
        outbox.Send([]);
        outbox.Send([]);
        Assert.That(_owner.Overflows, Is.EqualTo(1), "told once");

        outbox.SendClose(CloseCode.SlowConsumer, "too slow", discardsWaiting: true);
        await blocked.LetThroughAsync();
        await blocked.FlushBeganAsync();
        Assert.That(blocked.Written, Is.EqualTo(50 + 2 + 2 + "too slow".Length), "what waited is thrown away");
        await blocked.LetThroughAsync();
        await outbox.Finished.WaitAsync(_bound);
    }

    [Test]
    public async Task What_has_been_flushed_no_longer_counts()
    {
        var transport = new MemoryTransport();
        Outbox outbox = Create(transport.Server.Output, maxBytes: 100);
        using var client = new WireClient(transport.Client);
        for (int i = 0; i < 100; i++)
        {
            outbox.Send(new byte[98]);
            await client.ReceiveAsync();

            // The client may have it before the writer knows that it was flushed.
            await Eventually.TrueAsync(() => outbox.WaitingBytes == 0, "it is flushed");
        }

        Assert.That(_owner.Overflows, Is.Zero);
    }

    [Test]
    public async Task Nothing_follows_the_Close([Values] bool completesOutput)
    {
        var transport = new MemoryTransport();
        Outbox outbox = Create(transport.Server.Output, completesOutput: completesOutput);
        using var client = new WireClient(transport.Client);

        outbox.Send("before"u8);
        outbox.SendClose(CloseCode.NormalClosure, "first", discardsWaiting: false);
        outbox.SendClose(CloseCode.InternalError, "second", discardsWaiting: true);
        outbox.Send("after"u8);
        outbox.SendPing([]);
        outbox.SendPong("x"u8);
        await outbox.Finished.WaitAsync(_bound);
        outbox.Send("long after"u8);
        await transport.Server.Output.CompleteAsync();

        Assert.That(await client.ReceiveAsync(), Is.EqualTo("before"));
        Assert.That(await client.ReceiveEventAsync(), Is.EqualTo(new WireEvent(null, 1000, "first")));
        Assert.That(await client.ReceiveEventAsync(), Is.EqualTo(WireEvent.End));
    }

    [Test]
    public async Task A_Close_that_is_sent_just_when_there_is_nothing_more_to_write_is_written_before_it_is_finished([Values] bool completesOutput)
    {
        // The writer takes the lock when its flush is done: there the Close is let off, to come a moment before, meanwhile or after.
        for (int round = 0; round < 5_000; round++)
        {
            var transport = new MemoryTransport();
            var output = new FlushSignal(transport.Server.Output);
            Outbox outbox = Create(output, completesOutput: completesOutput);
            outbox.Send("message"u8);
            var spin = default(SpinWait);
            while (!output.IsFlushed)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            Thread.SpinWait(Random.Shared.Next(300));
            outbox.SendClose(CloseCode.GoingAway, reason: "", discardsWaiting: false);

            await outbox.Finished.WaitAsync(_bound);
            Assert.That(transport.Client.Input.TryRead(out ReadResult result), Is.True);
            Assert.That(result.Buffer.Length, Is.EqualTo(9 + 4), $"round {round}");
        }
    }

    [Test]
    public async Task An_aborted_outbox_is_finished_also_while_a_flush_is_pending([Values] bool pending)
    {
        var blocked = new BlockedPipe();
        Outbox outbox = Create(blocked.Output);
        if (pending)
        {
            outbox.Send("never read"u8);
            await blocked.FlushBeganAsync();
            outbox.Send("never written"u8);
        }

        outbox.Abort();
        await outbox.Finished.WaitAsync(_bound);
        outbox.Send("after"u8);

        Assert.That((outbox.BufferedCapacity, _owner.Breaks), Is.EqualTo((0, 0)));
    }

    [TestCase(PipeOperation.Write)]
    [TestCase(PipeOperation.Flush)]
    public async Task A_pipe_that_throws_finishes_it_and_tells_the_owner(PipeOperation operation)
    {
        var faulty = new FaultyTransport(new MemoryTransport().Server);
        faulty.Fail(operation);
        Outbox outbox = Create(faulty.Output);

        outbox.Send("lost"u8);

        await outbox.Finished.WaitAsync(_bound);
        Assert.That((outbox.BufferedCapacity, _owner.Breaks), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_pipe_that_nobody_reads_any_more_finishes_it_and_tells_the_owner()
    {
        var transport = new MemoryTransport();
        await transport.Client.Input.CompleteAsync();
        Outbox outbox = Create(transport.Server.Output);

        outbox.Send("lost"u8);

        await outbox.Finished.WaitAsync(_bound);
        Assert.That(_owner.Breaks, Is.EqualTo(1));
    }

    [Test]
    public async Task A_peer_that_is_gone_once_our_Close_is_out_is_no_failure()
    {
        var transport = new MemoryTransport();
        await transport.Client.Input.CompleteAsync();
        Outbox outbox = Create(transport.Server.Output);

        outbox.SendClose(CloseCode.NormalClosure, "", discardsWaiting: false);

        await outbox.Finished.WaitAsync(_bound);
        Assert.That(_owner.Breaks, Is.Zero);
    }

    [Test]
    public async Task It_holds_no_memory_once_all_is_sent()
    {
        var transport = new MemoryTransport();
        Outbox outbox = Create(transport.Server.Output);
        using var client = new WireClient(transport.Client);
        Assert.That(outbox.BufferedCapacity, Is.Zero);
        for (int i = 0; i < 100; i++)
        {
            outbox.Send(new byte[10_000]);
        }

        for (int i = 0; i < 100; i++)
        {
            await client.ReceiveAsync();
        }

        Assert.That(outbox.BufferedCapacity, Is.Zero);
    }

    [Test]
    public async Task What_came_before_it_is_held_goes_out_meanwhile_and_what_comes_then_does_not()
    {
        var blocked = new BlockedPipe();
        Outbox outbox = Create(blocked.Output);
        outbox.Send("first"u8);
        await blocked.FlushBeganAsync();
        outbox.Send("second"u8);
        outbox.Hold();
        outbox.Send("event"u8);
        await blocked.LetThroughAsync();
        await blocked.FlushBeganAsync();
        Assert.That(blocked.Written, Is.EqualTo(7 + 8));

        outbox.Release("welcome"u8);
        await blocked.LetThroughAsync();
        await blocked.FlushBeganAsync();
        Assert.That(blocked.Written, Is.EqualTo(7 + 8 + 9 + 7));
        await blocked.LetThroughAsync();
    }

    private Outbox Create(PipeWriter output, int maxBytes = 16 * 1024 * 1024, bool completesOutput = false) =>
        new(output, new OutboxLimits(maxBytes, maxLongBytes: 1_000_000), completesOutput, _owner);

    /// <summary>Tells that it has been flushed, and then takes a moment.</summary>
    private sealed class FlushSignal(PipeWriter inner) : PipeWriter
    {
        private volatile bool _isFlushed;

        public bool IsFlushed => _isFlushed;

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            FlushResult result = await inner.FlushAsync(cancellationToken);
            _isFlushed = true;
            Thread.SpinWait(Random.Shared.Next(300));
            return result;
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);
    }
}
