using System.IO.Pipelines;
using System.Text;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>Who flushes an outbox that a thread has gathered, and when.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OutboxBatchTests
{
    private readonly RecordingOwner _owner = new();

    [Test]
    public void What_is_gathered_is_flushed_once_for_each_outbox_by_the_thread_itself_at_the_end()
    {
        WatchedOutbox[] all = Create(3);
        int[] threads = new int[all.Length];
        for (int i = 0; i < all.Length; i++)
        {
            int index = i;
            all[i].OnFlush = _ => threads[index] = Environment.CurrentManagedThreadId;
        }

        using (OutboxBatch.Gather())
        {
            for (int i = 0; i < 30; i++)
            {
                all[i % 3].Outbox.Send("12345678"u8);
            }

            Assert.That(all.Select(one => one.Flushes), Is.All.Zero);
        }

        Assert.That(all.Select(one => one.Flushes), Is.All.EqualTo(1));
        Assert.That(all.Select(one => one.TakeWritten()), Is.All.EqualTo(100));
        Assert.That(threads, Is.All.EqualTo(Environment.CurrentManagedThreadId));
    }

    [Test]
    public async Task A_thread_that_gathers_nothing_any_more_leaves_it_to_the_pool()
    {
        WatchedOutbox one = Create(1)[0];
        using (OutboxBatch.Gather())
        {
            one.Outbox.Send("1"u8);
        }

        one.Outbox.Send("2"u8);
        await Eventually.TrueAsync(() => one.Flushes == 2, "a work item flushes it");
    }

    [Test]
    public void Those_that_find_no_room_are_flushed_by_the_pool_and_the_others_at_the_end()
    {
        WatchedOutbox[] all = Create(OutboxBatch.Capacity + 2);
        using (OutboxBatch.Gather())
        {
            Array.ForEach(all, one => one.Outbox.Send("x"u8));
            Await(() => all[^1].Flushes == 1 && all[^2].Flushes == 1, "work items flush them");
            Assert.That(all.SkipLast(2).Select(one => one.Flushes), Is.All.Zero);
        }

        Assert.That(all.Select(one => one.Flushes), Is.All.EqualTo(1));
    }

    [Test]
    public void A_batch_can_be_flushed_in_portions_on_the_way()
    {
        WatchedOutbox[] all = Create((2 * OutboxBatch.Portion) + 1);
        using (OutboxBatch.Gathering gathering = OutboxBatch.Gather())
        {
            foreach (WatchedOutbox one in all)
            {
                one.Outbox.Send("x"u8);
                gathering.FlushPortion();
            }

            Assert.That(all.Select(one => one.Flushes), Is.EqualTo(all.Select((_, i) => i < 2 * OutboxBatch.Portion ? 1 : 0)));
        }

        Assert.That(all[^1].Flushes, Is.EqualTo(1));
    }

    [Test]
    public void A_batch_within_a_batch_gathers_for_the_outer_one()
    {
        WatchedOutbox one = Create(1)[0];
        using (OutboxBatch.Gather())
        {
            using (OutboxBatch.Gathering inner = OutboxBatch.Gather())
            {
                one.Outbox.Send("1"u8);
                inner.FlushPortion();
            }

            one.Outbox.Send("2"u8);
            Assert.That(one.Flushes, Is.Zero);
        }

        Assert.That((one.Flushes, one.TakeWritten()), Is.EqualTo((1, 6)));
    }

    [Test]
    public void An_exception_flushes_what_was_gathered_and_harms_no_later_batch()
    {
        WatchedOutbox[] all = Create(2);
        Assert.That(
            () =>
            {
                using OutboxBatch.Gathering gathering = OutboxBatch.Gather();
                all[0].Outbox.Send("x"u8);
                throw new InvalidOperationException("on the way");
            },
            Throws.InvalidOperationException);
        Assert.That(all[0].Flushes, Is.EqualTo(1));

        using (OutboxBatch.Gather())
        {
            all[1].Outbox.Send("x"u8);
            Assert.That(all[1].Flushes, Is.Zero);
        }

        Assert.That(all.Select(one => one.Flushes), Is.All.EqualTo(1));
    }

    [Test]
    public void A_transport_that_fails_keeps_nobody_else_from_being_flushed()
    {
        WatchedOutbox[] all = Create(3);
        all[1].OnFlush = static _ => throw new IOException("Connection reset by peer");
        using (OutboxBatch.Gather())
        {
            Array.ForEach(all, one => one.Outbox.Send("x"u8));
        }

        Assert.That(all.Select(one => one.Flushes), Is.All.EqualTo(1));
        Assert.That((_owner.Breaks, all[1].Outbox.Finished.IsCompleted), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task Whoever_appends_from_elsewhere_waits_for_no_batch_and_the_order_holds()
    {
        WatchedOutbox one = Create(1)[0];
        using (OutboxBatch.Gather())
        {
            one.Outbox.Send("1"u8);
            Elsewhere(() => one.Outbox.Send("2"u8));
            Await(() => one.Flushes == 1, "a work item flushes it");
            one.Outbox.Send("3"u8);
        }

        using var client = new WireClient(one.Client);
        string[] received = [await client.ReceiveAsync(), await client.ReceiveAsync(), await client.ReceiveAsync()];
        Assert.That(received, Is.EqualTo(["1", "2", "3"]));
        Assert.That(one.Flushes, Is.EqualTo(2));
    }

    [Test]
    public void A_thread_that_gathers_it_later_has_it_alone()
    {
        WatchedOutbox one = Create(1)[0];
        using (OutboxBatch.Gather())
        {
            one.Outbox.Send("1"u8);
            Elsewhere(() => one.Outbox.Send("2"u8));
            Await(() => one.Flushes == 1, "a work item flushes it");
            Elsewhere(() =>
            {
                using OutboxBatch.Gathering theirs = OutboxBatch.Gather();
                one.Outbox.Send("3"u8);
                Assert.That(one.Flushes, Is.EqualTo(1));
            });
            Assert.That(one.Flushes, Is.EqualTo(2), "flushed by them");
        }

        Assert.That((one.Flushes, one.TakeWritten()), Is.EqualTo((2, 9)));
    }

    [Test]
    public void An_outbox_that_is_aborted_from_elsewhere_is_finished_before_the_batch_ends()
    {
        WatchedOutbox one = Create(1)[0];
        using (OutboxBatch.Gather())
        {
            one.Outbox.Send("never sent"u8);
            Elsewhere(one.Outbox.Abort);
            Assert.That(one.Outbox.Finished.IsCompleted, Is.True);
        }

        Assert.That((one.Flushes, one.Outbox.BufferedCapacity), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_Close_goes_out_with_what_was_gathered_before_it([Values] bool discardsWaiting)
    {
        WatchedOutbox one = Create(1)[0];
        using (OutboxBatch.Gather())
        {
            one.Outbox.Send("x"u8);
            one.Outbox.SendClose(CloseCode.NormalClosure, reason: "", discardsWaiting);
        }

        Assert.That((one.Flushes, one.TakeWritten()), Is.EqualTo((1, discardsWaiting ? 4 : 7)));
        Assert.That(one.Outbox.Finished.IsCompleted, Is.True);
    }

    [Test]
    public async Task A_flush_that_waits_goes_on_elsewhere()
    {
        var blocked = new BlockedPipe();
        var slow = new Outbox(blocked.Output, new OutboxLimits(1024, 0), completesOutput: false, _owner);
        WatchedOutbox other = Create(1)[0];
        SendTogether(slow, other.Outbox);
        Assert.That((blocked.Flushes, other.Flushes), Is.EqualTo((1, 1)), "nobody waits for the slow one");
        await blocked.FlushBeganAsync();

        SendTogether(slow, other.Outbox);
        await blocked.LetThroughAsync();
        await blocked.FlushBeganAsync();
        Assert.That((blocked.Flushes, other.Flushes), Is.EqualTo((2, 2)));
        await blocked.LetThroughAsync();
    }

    [Test]
    public void What_comes_while_the_batch_flushes_goes_out_by_a_work_item_so_that_the_batch_ends()
    {
        WatchedOutbox one = Create(1)[0];
        int batch = Environment.CurrentManagedThreadId;
        int byTheBatch = 0;
        one.OnFlush = flush =>
        {
            byTheBatch += Environment.CurrentManagedThreadId == batch ? 1 : 0;
            if (flush < 10)
            {
                one.Outbox.Send("more"u8);
            }
        };
        using (OutboxBatch.Gather())
        {
            one.Outbox.Send("x"u8);
        }

        Await(() => one.Flushes == 10, "all is flushed");
        Assert.That(byTheBatch, Is.EqualTo(1));
    }

    [Test]
    public void A_transport_that_runs_a_reader_whose_answer_is_gathered_does_not_recurse()
    {
        WatchedOutbox[] all = Create(50);
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < all.Length - 1; i++)
        {
            WatchedOutbox next = all[i + 1];
            all[i].OnFlush = _ =>
            {
                deepest = Math.Max(deepest, ++depth);
                using (OutboxBatch.Gather())
                {
                    next.Outbox.Send("on"u8);
                }

                depth--;
            };
        }

        using (OutboxBatch.Gather())
        {
            all[0].Outbox.Send("on"u8);
        }

        Assert.That(all.Select(one => one.Flushes), Is.All.EqualTo(1));
        Assert.That(deepest, Is.EqualTo(1));
    }

    [Test]
    public async Task Frames_of_each_sender_arrive_in_its_order_whoever_gathers_and_whoever_does_not()
    {
        const int Senders = 6;
        const int Each = 3_000;
        WatchedOutbox one = Create(1)[0];
        using var client = new WireClient(one.Client);
        Task sending = Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            for (int i = 0; i < Each;)
            {
                using OutboxBatch.Gathering gathering = sender % 2 == 0 ? OutboxBatch.Gather() : default;
                for (int end = i + 5; i < end; i++)
                {
                    one.Outbox.Send(Encoding.UTF8.GetBytes($"{sender}:{i}"));
                }
            }
        })));

        int[] next = new int[Senders];
        while (next.Any(count => count < Each))
        {
            string[] parts = (await client.ReceiveAsync()).Split(':');
            Assert.That(int.Parse(parts[1], null), Is.EqualTo(next[int.Parse(parts[0], null)]++));
        }

        await sending.WaitAsync(Eventually.Bound);
    }

    private static void SendTogether(Outbox first, Outbox second)
    {
        using OutboxBatch.Gathering gathering = OutboxBatch.Gather();
        first.Send("x"u8);
        second.Send("x"u8);
    }

    /// <summary>Runs it on another thread, and blocks this one, as nothing may be awaited within a batch.</summary>
    private static void Elsewhere(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        Assert.That(thread.Join(Eventually.Bound), Is.True);
    }

    private static void Await(Func<bool> condition, string what) => Assert.That(SpinWait.SpinUntil(condition, Eventually.Bound), Is.True, what);

    private WatchedOutbox[] Create(int count) => [.. Enumerable.Range(0, count).Select(_ => new WatchedOutbox(_owner))];

    /// <summary>An outbox over a pipe in memory, and how often it was flushed.</summary>
    private sealed class WatchedOutbox
    {
        private readonly MemoryTransport _transport = new(
            toClient: new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));

        private readonly FaultyTransport _watched;

        public WatchedOutbox(IOutboxOwner owner)
        {
            _watched = new FaultyTransport(_transport.Server);
            Outbox = new Outbox(_watched.Output, new OutboxLimits(16 * 1024 * 1024, 0), completesOutput: false, owner);
        }

        public Outbox Outbox { get; }

        public IDuplexPipe Client => _transport.Client;

        public int Flushes => _watched.Count(PipeOperation.Flush);

        /// <summary>Called before each flush, with its number.</summary>
        public Action<int> OnFlush
        {
            set => _watched.OnOperation = (operation, count) =>
            {
                if (operation == PipeOperation.Flush)
                {
                    value(count);
                }
            };
        }

        /// <summary>How many bytes have arrived.</summary>
        public long TakeWritten()
        {
            Assert.That(_transport.Client.Input.TryRead(out ReadResult result), Is.True);
            long length = result.Buffer.Length;
            _transport.Client.Input.AdvanceTo(result.Buffer.End);
            return length;
        }
    }
}
