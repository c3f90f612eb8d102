using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Invariants;

/// <summary>However a session ends, it leaves every room exactly once, its calls end, and the others hear it exactly once.</summary>
[CancelAfter(120_000)]
public sealed class Invariant3NoGhostsTests
{
    private static readonly RoomId Tea = RoomId.Parse("tea");

    [Test]
    public async Task A_session_s_end_is_heard_once_in_each_of_its_rooms([Values] SessionCloseReason reason)
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        foreach (string room in new[] { "tea", "milk", "sugar" })
        {
            await ann.CreateAsync(room);
            await ben.JoinAsync(room);
        }

        CallId call = (await ben.Session.Calls.StartAsync(Tea, ann.Id)).Value;
        ann.Take();
        ben.Take();
        ben.Session.Close(new(reason, "Bye"));
        ben.Session.Close(new(SessionCloseReason.Left));
        Assert.Multiple(() =>
        {
            Assert.That(ann.Take(), Is.EqualTo(new SignalingEvent[]
            {
                new SignalingEvent.CallEnded(Tea, call, CallEndReason.Left, ben.Id),
                new SignalingEvent.ClientLeft(Tea, ben.Id, LeaveReason.Disconnected),
                new SignalingEvent.ClientLeft(RoomId.Parse("milk"), ben.Id, LeaveReason.Disconnected),
                new SignalingEvent.ClientLeft(RoomId.Parse("sugar"), ben.Id, LeaveReason.Disconnected),
            }));
            Assert.That(ben.Take(), Is.Empty, "the one that ended hears of nothing but its end");
            Assert.That(ben.Closes.Select(close => (close.Reason, close.Message)), Is.EqualTo(new[] { (reason, "Bye") }), "the first cause wins");
            Assert.That((ben.Session.IsClosed, ben.Session.Closed.IsCancellationRequested), Is.EqualTo((true, true)));
            Assert.That(ben.Session.Rooms.Joined, Is.Empty);
            Assert.That((meeting.Server.SessionCount, meeting.Server.Default.FindSession(ben.Id)), Is.EqualTo((1, (SignalingSession?)null)));
        });
    }

    [Test]
    public async Task A_session_that_has_ended_can_do_nothing_more()
    {
        using var meeting = new Meeting(new()
        {
            Applications = { ["default"] = new() { AllowClientGroups = true, AllowDirectMessages = true, AllowDirectSignals = true } },
        });
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        CallId call = (await ben.Session.Calls.StartAsync(Tea, ann.Id)).Value;
        await ben.Session.Groups.JoinAsync("g");
        ben.Session.Dispose();
        ann.Take();
        SignalingSession session = ben.Session;
        string?[] answers =
        [
            await ben.CreateAsync("new"),
            await ben.JoinAsync("tea"),
            (await session.Rooms.ListAsync()).Error?.Code,
            (await session.Rooms.CloseAsync(Tea)).Error?.Code,
            (await session.Rooms.UpdateAsync(Tea, new() { Password = "sugar" })).Error?.Code,
            (await session.Rooms.BanAsync(Tea, new() { Target = ann.Id })).Error?.Code,
            (await session.SetUsernameAsync("Ben")).Error?.Code,
            await ben.KickAsync("tea", ann),
            (await session.Rooms.SetRoleAsync(Tea, ann.Id, RoomRole.Member)).Error?.Code,
            (await session.Rooms.UnbanAsync(Tea, ann.Id)).Error?.Code,
            (await session.Rooms.SetFieldsAsync(Tea, Fields.Set("a", "1"))).Error?.Code,
            (await session.Rooms.SetMemberFieldsAsync(Tea, Fields.Set("a", "1"))).Error?.Code,
            await ben.SignalAsync("tea", ann),
            await ben.SignalAsync(null, ann),
            await ben.SayAsync("tea", "1"),
            (await session.SendMessageAsync(MessageDestination.ToGroup("g"), default)).Error?.Code,
            (await session.SendMessageAsync(MessageDestination.ToSession(ann.Id), default)).Error?.Code,
            (await session.ToggleAsync(MediaResources.Audio)).Error?.Code,
            (await session.SetPresenceAsync(new(PresenceShow.Away))).Error?.Code,
            (await session.SetFieldsAsync(Fields.Set("a", "1"))).Error?.Code,
            (await session.Groups.JoinAsync("g")).Error?.Code,
            (await session.GetIceServersAsync()).Error?.Code,
            (await session.Calls.StartAsync(Tea, ann.Id)).Error?.Code,
            (await session.Calls.AcceptAsync(call)).Error?.Code,
            (await session.Calls.SendSignalAsync(call, SignalKind.Offer, default)).Error?.Code,
        ];
        Assert.Multiple(() =>
        {
            Assert.That(answers, Is.All.EqualTo(SignalingErrorCode.SessionClosed));
            Assert.That(ben.Leave("tea"), Is.EqualTo(SignalingErrorCode.NotInRoom));
            Assert.That(session.Calls.HangUp(call).Error?.Code, Is.EqualTo(SignalingErrorCode.CallNotFound));
            Assert.That(ann.Take(), Is.Empty);
            Assert.That(meeting.Server.Default.AddToGroup(ben.Id, "g").Error?.Code, Is.EqualTo(SignalingErrorCode.TargetNotFound));
        });
    }

    [Test]
    public async Task A_session_that_ends_while_it_joins_is_nowhere_afterwards(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting(new() { Sessions = { MaxRooms = 100 } });
        Peer ann = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        for (int round = 0; round < 2_000; round++)
        {
            Peer ben = await meeting.ConnectAsync();
            Task joining = Task.Run(
                async () =>
                {
                    await ben.JoinAsync("tea");
                    await ben.CreateAsync("own");
                    await ben.Session.Groups.JoinAsync("g");
                },
                cancellationToken);
            await Task.Run(ben.Session.Dispose, cancellationToken);
            await joining;
            int joined = 0, left = 0;
            foreach (SignalingEvent heard in ann.Take())
            {
                joined += heard is SignalingEvent.ClientJoined ? 1 : 0;
                left += heard is SignalingEvent.ClientLeft ? 1 : 0;
            }

            Assert.That(joined, Is.EqualTo(left));
            Assert.That((meeting.Server.Default.Rooms.Count, meeting.Server.Default.FindRoom(Tea)!.Members.Count), Is.EqualTo((1, 1)));
        }
    }

    [Test]
    public async Task Many_ends_of_one_session_at_once_are_one_end(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        for (int round = 0; round < 500; round++)
        {
            Peer ben = await meeting.ConnectAsync();
            await ben.JoinAsync("tea");
            ann.Take();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(
                () =>
                {
                    if (i == 0)
                    {
                        ben.Leave("tea");
                    }

                    ben.Session.Close(new(SessionCloseReason.ConnectionLost));
                },
                cancellationToken)));
            Assert.That(ann.Take<SignalingEvent.ClientLeft>(), Has.Count.EqualTo(1));
            Assert.That(ben.Closes, Has.Count.EqualTo(1));
            Assert.That(meeting.Server.SessionCount, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_sink_ends_its_session_later_and_elsewhere(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = ann.Session.Closed.Register(closed.SetResult);
        ann.Session.CloseLater(new(SessionCloseReason.SlowConsumer));
        await closed.Task.WaitAsync(cancellationToken);
        Assert.That(ann.Closes, Is.EqualTo([new SessionClose(SessionCloseReason.SlowConsumer)]));
    }
}
