using WebRtcSignaling.Applications;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Applications;

/// <summary>Applications that sessions create, and how they go.</summary>
public sealed class CreatedApplicationTests
{
    private static readonly RoomId _room = RoomId.Parse("room");

    [Test]
    public async Task An_application_that_a_session_created_goes_with_its_last_one()
    {
        using var meeting = new Meeting(new() { AutoCreateApplications = true });
        Peer ann = await meeting.ConnectAsync(application: "new"), ben = await meeting.ConnectAsync(application: "new");
        ann.Session.Dispose();
        Assert.That(meeting.Server.FindApplication("new")?.FindSession(ben.Session.Id), Is.SameAs(ben.Session));
        ben.Session.Dispose();
        Assert.That(meeting.Server.FindApplication("new"), Is.Null);
        Peer cid = await meeting.ConnectAsync(application: "new");
        Assert.That(meeting.Server.FindApplication("new")!.Sessions, Is.EqualTo(new[] { cid.Session }));
    }

    [Test]
    public async Task A_session_that_is_refused_leaves_none_behind()
    {
        using var meeting = new Meeting(new() { AutoCreateApplications = true, Sessions = { MaxSessions = 1 } });
        Peer ann = await meeting.ConnectAsync(application: "one");
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "two")).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That(meeting.Server.FindApplication("two"), Is.Null);
        ann.Session.Dispose();
        Assert.That(Names(meeting), Is.EqualTo(new[] { "default" }));
    }

    [Test]
    public async Task A_room_that_stays_when_it_is_empty_keeps_its_application()
    {
        using var meeting = new Meeting(new() { AutoCreateApplications = true });
        Peer ann = await meeting.ConnectAsync(application: "new");
        await ann.Session.Rooms.CreateAsync(_room, new RoomSetup { EmptyTimeout = TimeSpan.FromMinutes(1) });
        ann.Session.Dispose();
        Assert.That(meeting.Server.FindApplication("new")?.FindRoom(_room), Is.Not.Null);
        meeting.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(meeting.Server.FindApplication("new"), Is.Null);
    }

    [Test]
    public async Task A_host_that_remembers_one_that_is_gone_hears_so()
    {
        using var meeting = new Meeting(new() { AutoCreateApplications = true });
        Peer ann = await meeting.ConnectAsync(application: "new");
        SignalingApplication old = meeting.Server.FindApplication("new")!;
        ann.Session.Dispose();
        await meeting.ConnectAsync(application: "new");
        Assert.Multiple(() =>
        {
            Assert.That(old.CreateRoom(_room).Error?.Code, Is.EqualTo(SignalingErrorCode.ApplicationNotExists));
            Assert.That(old.SetFields(Fields.Set("a", "1")).Error?.Code, Is.EqualTo(SignalingErrorCode.ApplicationNotExists));
            Assert.That(old.Sessions, Is.Empty);
            Assert.That(old.RoomCount, Is.Zero);
        });
    }

    [Test]
    public async Task Those_of_the_host_stay()
    {
        using var meeting = new Meeting(new() { AutoCreateApplications = true, MaxApplications = 4, Applications = { ["tea"] = new() } });
        meeting.Server.AddApplication("added");
        foreach (string name in new[] { "tea", "added", "default", "one", "two", "three", "four", "five" })
        {
            (await meeting.ConnectAsync(application: name)).Session.Dispose();
        }

        Assert.That(Names(meeting), Is.EquivalentTo(new[] { "added", "default", "tea" }));
    }

    [Test]
    public async Task Those_with_nothing_but_empty_rooms_give_way_to_others()
    {
        using var meeting = new Meeting(new() { AutoCreateApplications = true, MaxApplications = 3 });
        Peer stays = await meeting.ConnectAsync(application: "stays");
        foreach (string name in new[] { "one", "two", "three", "four", "five" })
        {
            Peer peer = await meeting.ConnectAsync(application: name);
            await peer.Session.Rooms.CreateAsync(_room, new RoomSetup { EmptyTimeout = TimeSpan.FromMinutes(1) });
            peer.Session.Dispose();
        }

        Assert.That(Names(meeting), Is.EquivalentTo(new[] { "default", "stays", "five" }));
        await meeting.ConnectAsync(application: "six");
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "seven")).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That(stays.Session.IsClosed, Is.False);
    }

    [Test]
    public async Task A_room_that_the_host_keeps_does_not_give_way()
    {
        using var meeting = new Meeting(new() { AutoCreateApplications = true, MaxApplications = 2 });
        Peer ann = await meeting.ConnectAsync(application: "new");
        SignalingApplication application = meeting.Server.FindApplication("new")!;
        application.CreateRoom(_room, new RoomSetup { EmptyTimeout = null });
        ann.Session.Dispose();
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "other")).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        application.CloseRoom(_room);
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "other")).IsSuccess, Is.True);
    }

    [Test]
    public async Task Whoever_comes_while_others_go_is_in_the_application_that_exists()
    {
        using var meeting = new Meeting(new() { AutoCreateApplications = true, MaxApplications = 3 });
        await Parallel.ForEachAsync(Enumerable.Range(0, 20_000), async (round, _) =>
        {
            string name = round % 2 == 0 ? "even" : "odd";
            var peer = new Peer();
            SignalingResult<SignalingSession> connected = await meeting.TryConnectAsync(peer, application: name);
            Assert.That(connected.Error?.Message, Is.Null);
            Assert.That(meeting.Server.FindApplication(name)?.FindSession(connected.Value.Id), Is.SameAs(connected.Value));
            connected.Value.Dispose();
        });
        Assert.That(Names(meeting), Is.EqualTo(new[] { "default" }));
    }

    private static string[] Names(Meeting meeting) => [.. meeting.Server.Applications.Select(static application => application.Name)];
}
