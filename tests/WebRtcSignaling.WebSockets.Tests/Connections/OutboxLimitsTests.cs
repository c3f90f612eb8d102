using System.IO.Pipelines;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>Messages that are longer than what may wait for one client, and what may wait behind them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OutboxLimitsTests
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(30);

    private readonly RecordingOwner _owner = new();

    [Test]
    public async Task One_message_that_is_longer_than_the_budget_may_wait_and_does_not_make_its_reader_slow()
    {
        var blocked = new BlockedPipe();
        Outbox outbox = Create(blocked.Output);
        outbox.Send(new byte[500]);
        await blocked.FlushBeganAsync();
        outbox.Send(new byte[2_000]);
        outbox.Send(new byte[300]);
        Assert.That(_owner.Overflows, Is.Zero, "500 and 300 bytes are no backlog beyond 1,000, and the long message is none");
        outbox.Send(new byte[200]);
        Assert.That(_owner.Overflows, Is.EqualTo(1), "as without it");
        await LetAllThroughAsync(outbox, blocked);
    }

    [Test]
    public async Task A_second_long_message_waits_for_nobody()
    {
        var blocked = new BlockedPipe();
        Outbox outbox = Create(blocked.Output);
        outbox.Send(new byte[2_000]);
        await blocked.FlushBeganAsync();
        outbox.Send(new byte[2_000]);
        Assert.That(_owner.Overflows, Is.EqualTo(1));
        await LetAllThroughAsync(outbox, blocked);
    }

    [Test]
    public async Task Long_messages_may_come_one_after_the_other()
    {
        var transport = new MemoryTransport();
        Outbox outbox = Create(transport.Server.Output, maxLongBytes: 2_004);
        using var client = new WireClient(transport.Client);
        for (int i = 0; i < 10; i++)
        {
            outbox.Send(Enumerable.Repeat((byte)'x', 2_000).ToArray());
            Assert.That(await client.ReceiveAsync(), Has.Length.EqualTo(2_000));

            // The client may have it before the writer knows that it was flushed.
            await Eventually.TrueAsync(() => outbox.WaitingBytes == 0, "it is flushed");
        }

        Assert.That(_owner.Overflows, Is.Zero);
    }

    [Test]
    public async Task Long_messages_of_all_clients_together_have_a_limit_and_what_is_over_gives_its_part_back()
    {
        var limits = new OutboxLimits(maxBytes: 1_000, maxLongBytes: 5_000);
        var blocked = new[] { new BlockedPipe(), new BlockedPipe(), new BlockedPipe() };
        Outbox[] outboxes = [.. blocked.Select(pipe => new Outbox(pipe.Output, limits, completesOutput: false, _owner))];
        foreach (Outbox outbox in outboxes)
        {
            outbox.Send(new byte[2_000]);
        }

        Assert.That(_owner.Overflows, Is.EqualTo(1), "the third");
        await LetAllThroughAsync(outboxes[0], blocked[0]);
        var again = new BlockedPipe();
        var next = new Outbox(again.Output, limits, completesOutput: false, _owner);
        next.Send(new byte[2_000]);
        Assert.That(_owner.Overflows, Is.EqualTo(1));
    }

    [Test]
    public async Task What_was_held_does_not_count_against_what_goes_ahead_of_it_nor_together_with_it()
    {
        var blocked = new BlockedPipe();
        Outbox outbox = Create(blocked.Output);
        outbox.Hold();
        outbox.Send(new byte[900]);
        outbox.Release(new byte[900]);
        await blocked.FlushBeganAsync();
        Assert.That((_owner.Overflows, blocked.Written), Is.EqualTo((0, 904 + 904)));
        await blocked.LetThroughAsync();
    }

    [Test]
    public void What_was_held_is_not_sent_without_what_was_to_go_ahead_of_it()
    {
        var blocked = new BlockedPipe();
        Outbox outbox = Create(blocked.Output, maxLongBytes: 0);
        outbox.Hold();
        outbox.Send("held"u8);
        outbox.Release(new byte[2_000]);
        Assert.That((_owner.Overflows, outbox.BufferedCapacity, blocked.Written), Is.EqualTo((1, 0, 0)));
    }

    [Test]
    public async Task A_long_message_is_flushed_in_slices_so_that_its_progress_is_seen()
    {
        var blocked = new BlockedPipe();
        Outbox outbox = Create(blocked.Output);
        Assert.That(outbox.PendingFlush, Is.Null);
        outbox.Send(new byte[150_000]);
        var seen = new List<long?>();
        for (int slice = 1; slice <= 3; slice++)
        {
            await blocked.FlushBeganAsync();
            await Eventually.TrueAsync(() => outbox.PendingFlush is { } number && !seen.Contains(number), "the next flush waits");
            seen.Add(outbox.PendingFlush);
            Assert.That(blocked.Written, Is.EqualTo(Math.Min(150_010, slice * 65_536)));
            await blocked.LetThroughAsync();
        }

        Assert.That(seen, Is.Unique.And.All.Not.Null);
        await Eventually.TrueAsync(() => outbox.PendingFlush is null, "it is through");
    }

    [Test]
    public async Task A_client_that_takes_nothing_is_put_out_though_it_shows_life()
    {
        var hour = TimeSpan.FromHours(1);
        await using var server = new MemoryServer(Lifetimes.OfConnections(), new() { PingInterval = hour, PongTimeout = hour });
        var transport = new MemoryTransport(
            toClient: new(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));
        (_, Task<ConnectionEnd> served) = server.Connect(transport);

        // The welcome is there, and stays there.
        ReadResult welcome = await transport.Client.Input.ReadAsync().AsTask().WaitAsync(_bound);
        transport.Client.Input.AdvanceTo(welcome.Buffer.Start);
        server.Advance(TimeSpan.FromSeconds(29));
        Assert.That(server.Server.SessionCount, Is.EqualTo(1));
        server.Advance(TimeSpan.FromSeconds(31));
        Assert.That(server.Server.SessionCount, Is.Zero);
        server.Advance(TimeSpan.FromSeconds(6));
        Assert.That(await served.WaitAsync(_bound), Is.EqualTo(ConnectionEnd.Abort));
    }

    private static async Task LetAllThroughAsync(Outbox outbox, BlockedPipe blocked)
    {
        outbox.SendClose(CloseCode.NormalClosure, null, discardsWaiting: true);
        await blocked.LetThroughUntilAsync(outbox.Finished).WaitAsync(_bound);
    }

    private Outbox Create(PipeWriter output, long maxLongBytes = 1_000_000) =>
        new(output, new OutboxLimits(maxBytes: 1_000, maxLongBytes), completesOutput: false, _owner);
}
