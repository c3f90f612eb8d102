using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Sessions;

/// <summary>A sink is not ours: whatever it throws costs its own session, and nobody else anything.</summary>
[CancelAfter(60_000)]
public sealed class SinkFailureTests
{
    private static readonly RoomId Tea = RoomId.Parse("tea");

    [Test]
    public async Task A_sink_that_throws_loses_its_session_and_the_others_hear_it_once(CancellationToken cancellationToken)
    {
        using var logs = new CollectedLogs();
        using var meeting = new Meeting(logs: logs);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        var sink = new FailingSink();
        SignalingSession broken = (await meeting.TryConnectAsync(sink)).Value;
        await ann.CreateAsync("tea");
        await broken.Rooms.JoinAsync(new() { Room = Tea }, cancellationToken: cancellationToken);
        await ben.JoinAsync("tea");
        ann.Take();
        ben.Take();
        sink.Fails = true;

        Assert.That(await ann.SayAsync("tea", "1"), Is.Null, "the sender does not hear of it");
        await sink.Closed.WaitAsync(cancellationToken);
        Assert.Multiple(() =>
        {
            Assert.That(sink.Reason, Is.EqualTo(SessionCloseReason.InternalError));
            Assert.That(ben.Take().Select(heard => heard.GetType().Name), Is.EqualTo(["MessageReceived", "ClientLeft"]));
            Assert.That(ann.Take(), Is.EqualTo([new SignalingEvent.ClientLeft(Tea, broken.Id, LeaveReason.Disconnected)]));
            Assert.That(meeting.Server.SessionCount, Is.EqualTo(2));
            Assert.That(logs.Lines, Has.Exactly(1).Contains("sink"));
        });
    }

    [Test]
    public async Task A_sink_that_throws_on_a_signal_loses_its_session(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        var sink = new FailingSink();
        SignalingSession broken = (await meeting.TryConnectAsync(sink)).Value;
        await ann.CreateAsync("tea");
        await broken.Rooms.JoinAsync(new() { Room = Tea }, cancellationToken: cancellationToken);
        sink.Fails = true;
        Assert.That((await ann.Session.SendSignalAsync(Tea, broken.Id, SignalKind.Offer, default, cancellationToken)).IsSuccess, Is.True);
        await sink.Closed.WaitAsync(cancellationToken);
        Assert.That(meeting.Server.Default.FindRoom(Tea)!.Members, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_sink_that_throws_at_the_end_is_gone_all_the_same()
    {
        using var logs = new CollectedLogs();
        using var meeting = new Meeting(logs: logs);
        var sink = new FailingSink { FailsAtTheEnd = true };
        SignalingSession session = (await meeting.TryConnectAsync(sink)).Value;
        Assert.That(session.Dispose, Throws.Nothing);
        Assert.That((meeting.Server.SessionCount, session.Closed.IsCancellationRequested), Is.EqualTo((0, true)));
        Assert.That(logs.Lines, Has.Exactly(1).Contains("sink"));
    }

    private sealed class FailingSink : ISessionSink
    {
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Fails { get; set; }

        public bool FailsAtTheEnd { get; set; }

        public Task Closed => _closed.Task;

        public SessionCloseReason? Reason { get; private set; }

        public void OnOpened(SignalingSession session)
        {
        }

        public void OnEvent(SignalingEvent signalingEvent) => ThrowIf(Fails);

        public void OnSignal(in Signal signal) => ThrowIf(Fails);

        public void OnClosed(SessionClose close)
        {
            Reason = close.Reason;
            _closed.SetResult();
            ThrowIf(FailsAtTheEnd);
        }

        private static void ThrowIf(bool fails)
        {
            if (fails)
            {
                throw new InvalidOperationException("The sink is broken.");
            }
        }
    }
}
