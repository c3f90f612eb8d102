using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Sessions;

[CancelAfter(60_000)]
public sealed class SessionEventQueueTests
{
    private static readonly RoomId Tea = RoomId.Parse("tea");

    [Test]
    public async Task Events_are_read_in_the_order_in_which_they_came()
    {
        using var meeting = new Meeting();
        var queue = new SessionEventQueue();
        SignalingSession reader = await JoinAsync(meeting, queue);
        Peer ann = await meeting.ConnectAsync();
        await ann.JoinAsync("tea");
        await ann.SayAsync("tea", "1");
        await ann.Session.SendSignalAsync(Tea, reader.Id, SignalKind.Offer, Text.Bytes("2"));
        await ann.SayAsync("tea", "3");
        Assert.That(Read(queue).Select(Describe), Is.EqualTo(["RoomCreated", "ClientJoined", "message 1", "signal Offer 2", "message 3"]));
    }

    [Test]
    public async Task A_signal_keeps_all_that_it_carried()
    {
        using var meeting = new Meeting(new() { Applications = { ["default"] = new() { AllowDirectSignals = true } } });
        var queue = new SessionEventQueue();
        SignalingSession reader = await JoinAsync(meeting, queue);
        Peer ann = await meeting.ConnectAsync();
        await ann.JoinAsync("tea");
        Read(queue);
        byte[] payload = [1, 2, 3];
        await ann.Session.SendSignalAsync(Tea, reader.Id, SignalKind.Candidate, payload);
        payload[0] = 9;
        await ann.Session.SendSignalAsync(null, reader.Id, SignalKind.Plain, payload);
        SignalingEvent.SignalReceived[] signals = [.. Read(queue).Cast<SignalingEvent.SignalReceived>()];
        Assert.Multiple(() =>
        {
            Assert.That(
                signals.Select(signal => (signal.Room, signal.SenderId, signal.Call, signal.Kind)),
                Is.EqualTo([(Tea, ann.Id, null, SignalKind.Candidate), ((RoomId?)null, ann.Id, (CallId?)null, SignalKind.Plain)]));
            Assert.That(signals.Select(signal => signal.Payload.ToArray()), Is.EqualTo(new byte[][] { [1, 2, 3], [9, 2, 3] }));
        });
    }

    [Test]
    public async Task A_reader_that_falls_behind_loses_its_session_and_reads_what_was_queued(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting();
        var queue = new SessionEventQueue(maxBytes: (64 * 2) + 64 + 10);
        SignalingSession reader = await JoinAsync(meeting, queue);
        Peer ann = await meeting.ConnectAsync();
        await ann.JoinAsync("tea");
        await ann.SayAsync("tea", "1234567890");
        Assert.That(reader.IsClosed, Is.False, "exactly full");
        await ann.SayAsync("tea", "");
        await ClosedAsync(reader, cancellationToken);
        var read = new List<string>();
        await foreach (SignalingEvent signalingEvent in queue.ReadAllAsync(cancellationToken))
        {
            read.Add(Describe(signalingEvent));
        }

        Assert.That(read, Is.EqualTo(["RoomCreated", "ClientJoined", "message 1234567890"]));
        Assert.That(queue.Close?.Reason, Is.EqualTo(SessionCloseReason.SlowConsumer));
    }

    [Test]
    public async Task Reading_makes_room_for_more()
    {
        using var meeting = new Meeting();
        var queue = new SessionEventQueue(maxBytes: 64 + 100);
        SignalingSession reader = await JoinAsync(meeting, queue);
        Read(queue);
        for (int i = 0; i < 100; i++)
        {
            meeting.Server.Default.SendToRoom(Tea, new byte[100]);
            Assert.That(Read(queue), Has.Count.EqualTo(1));
        }

        Assert.That(reader.IsClosed, Is.False);
    }

    [Test]
    public async Task Fields_and_calls_count_with_their_bytes(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting();
        var queue = new SessionEventQueue(maxBytes: (2 * 64) + 99);
        SignalingSession reader = await JoinAsync(meeting, queue);
        Assert.That(meeting.Server.Default.SetRoomFields(Tea, Fields.Set("a", new('x', 99))).IsSuccess, Is.True);
        await ClosedAsync(reader, cancellationToken);
        Assert.That(queue.Close?.Reason, Is.EqualTo(SessionCloseReason.SlowConsumer));
    }

    [Test]
    public async Task Reading_ends_when_the_session_has_ended_and_all_is_read(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting();
        var queue = new SessionEventQueue();
        SignalingSession reader = await JoinAsync(meeting, queue);
        Task<List<string>> reading = Task.Run(
            async () =>
            {
                var read = new List<string>();
                await foreach (SignalingEvent signalingEvent in queue.ReadAllAsync(cancellationToken))
                {
                    read.Add(Describe(signalingEvent));
                }

                return read;
            },
            cancellationToken);
        meeting.Server.Default.SendToRoom(Tea, Text.Bytes("last"));
        Assert.That(queue.Close, Is.Null);
        reader.Close(new(SessionCloseReason.Removed, "Bye"));
        Assert.That(await reading.WaitAsync(cancellationToken), Is.EqualTo(["RoomCreated", "message last"]));
        Assert.That(queue.Close, Is.EqualTo(new SessionClose(SessionCloseReason.Removed, "Bye")));
    }

    [Test]
    public async Task Cancelling_stops_reading_and_leaves_the_rest()
    {
        using var meeting = new Meeting();
        var queue = new SessionEventQueue();
        await JoinAsync(meeting, queue);
        using var cancellation = new CancellationTokenSource();
        Assert.That(
            async () =>
            {
                await foreach (SignalingEvent signalingEvent in queue.ReadAllAsync(cancellation.Token))
                {
                    await cancellation.CancelAsync();
                }
            },
            Throws.InstanceOf<OperationCanceledException>());
        meeting.Server.Default.SendToRoom(Tea, Text.Bytes("rest"));
        Assert.That(Read(queue).Select(Describe), Is.EqualTo(["message rest"]));
    }

    [Test]
    public void A_queue_holds_at_least_one_event() =>
        Assert.That(() => new SessionEventQueue(63), Throws.TypeOf<ArgumentOutOfRangeException>());

    private static async Task<SignalingSession> JoinAsync(Meeting meeting, SessionEventQueue queue)
    {
        SignalingSession session = (await meeting.TryConnectAsync(queue)).Value;
        Assert.That((await session.Rooms.CreateAsync(Tea)).Error, Is.Null);
        return session;
    }

    private static List<SignalingEvent> Read(SessionEventQueue queue)
    {
        var read = new List<SignalingEvent>();
        while (queue.TryRead(out SignalingEvent? signalingEvent))
        {
            read.Add(signalingEvent);
        }

        return read;
    }

    private static string Describe(SignalingEvent signalingEvent) => signalingEvent switch
    {
        SignalingEvent.MessageReceived message => $"message {Text.Of(message.Data)}",
        SignalingEvent.SignalReceived signal => $"signal {signal.Kind} {Text.Of(signal.Payload)}",
        _ => signalingEvent.GetType().Name,
    };

    private static async Task ClosedAsync(SignalingSession session, CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = session.Closed.Register(closed.SetResult);
        await closed.Task.WaitAsync(cancellationToken);
    }
}
