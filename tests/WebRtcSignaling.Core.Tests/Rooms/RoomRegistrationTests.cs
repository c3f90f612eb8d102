using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Rooms;

public sealed class RoomRegistrationTests
{
    [Test]
    public async Task A_room_without_a_name_gets_an_unguessable_one()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        RoomSnapshot first = (await ann.Session.Rooms.CreateAsync()).Value, second = (await ann.Session.Rooms.CreateAsync()).Value;
        Assert.That(first.Id, Is.Not.EqualTo(second.Id));
        Assert.That(first.Id.Value, Does.Match("^[A-Za-z0-9_-]{22}$"));
    }

    [Test]
    public async Task A_name_is_taken_until_its_room_closes()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        Assert.That(await ben.CreateAsync("tea"), Is.EqualTo(SignalingErrorCode.RoomExists));
        Assert.That(await ann.CreateAsync("tea"), Is.EqualTo(SignalingErrorCode.RoomExists), "to its owner, too");
        ann.Leave("tea");
        Assert.That(await ben.CreateAsync("tea"), Is.Null);
    }

    [Test]
    public async Task Joining_creates_a_missing_room_where_the_request_says_so()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        Assert.That(await ann.JoinAsync("tea"), Is.EqualTo(SignalingErrorCode.RoomNotExists));
        Assert.That(await ann.JoinAsync("tea", createWith: new() { Capacity = 3 }), Is.Null);
        Assert.That(await ben.JoinAsync("tea", createWith: new() { Capacity = 9 }), Is.Null);
        SignalingEvent.RoomJoined created = ann.Take<SignalingEvent.RoomJoined>().Single(), joined = ben.Take<SignalingEvent.RoomJoined>().Single();
        Assert.That((created.IsNew, created.Snapshot.OwnerId), Is.EqualTo((true, ann.Id)));
        Assert.That((joined.IsNew, joined.Snapshot.OwnerId, joined.Snapshot.Settings.Capacity), Is.EqualTo((false, ann.Id, 3)));
    }

    [Test]
    public async Task A_session_is_in_so_many_rooms()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxRooms = 2 } });
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("one");
        await ann.CreateAsync("two");
        await ann.CreateAsync("three");
        await ben.CreateAsync("own");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await ann.JoinAsync("own"), Is.EqualTo(SignalingErrorCode.LimitExceeded));
            Assert.That(await ben.JoinAsync("one"), Is.Null, "the second of two");
            Assert.That(await ben.JoinAsync("two"), Is.EqualTo(SignalingErrorCode.LimitExceeded), "the third");
            Assert.That(await ben.CreateAsync("more"), Is.EqualTo(SignalingErrorCode.LimitExceeded), "also where it would create it");
            Assert.That(meeting.Server.Default.FindRoom(RoomId.Parse("more")), Is.Null);
            ben.Leave("one");
            Assert.That(await ben.JoinAsync("two"), Is.Null);
        });
    }

    [Test]
    public async Task A_refused_join_does_not_count_as_a_room_of_the_session()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxRooms = 1 } });
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync(), cat = await meeting.ConnectAsync();
        await ann.CreateAsync("locked", new() { Locked = true });
        await cat.CreateAsync("open");
        Assert.That(await ben.JoinAsync("locked"), Is.EqualTo(SignalingErrorCode.RoomLocked));
        Assert.That(ben.Session.Rooms.Joined, Is.Empty);
        Assert.That(await ben.JoinAsync("open"), Is.Null);
    }

    [Test]
    public async Task An_application_has_so_many_rooms()
    {
        using var meeting = new Meeting(new() { Rooms = { MaxRooms = 2 }, Applications = { ["other"] = new() } });
        Peer ann = await meeting.ConnectAsync(), far = await meeting.ConnectAsync(application: "other");
        await ann.CreateAsync("one");
        await ann.CreateAsync("two");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await ann.CreateAsync("three"), Is.EqualTo(SignalingErrorCode.LimitExceeded));
            Assert.That(meeting.Server.Default.CreateRoom().Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded), "the host, too");
            Assert.That(await far.CreateAsync("three"), Is.Null, "another application counts its own");
            ann.Leave("one");
            Assert.That(await ann.CreateAsync("three"), Is.Null);
        });
    }

    [Test]
    public async Task A_client_s_room_cannot_stay_for_ever()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        Assert.That(await ann.CreateAsync("tea", new() { EmptyTimeout = null }), Is.EqualTo(SignalingErrorCode.InvalidArgument));
        Assert.That(await ann.JoinAsync("tea", createWith: new() { EmptyTimeout = null }), Is.EqualTo(SignalingErrorCode.InvalidArgument));
    }

    [Test]
    public async Task First_fields_are_held_to_the_same_limit_as_later_ones()
    {
        using var meeting = new Meeting(new() { Rooms = { MaxFieldBytes = 4 } });
        Peer ann = await meeting.ConnectAsync();
        Assert.That(await ann.CreateAsync("a", new() { Fields = Fields.Set("a", "1234") }), Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That(await ann.CreateAsync("a", new() { Fields = Fields.Set("a", "123") }), Is.Null);
        Assert.That(Fields.Show(ann.Take<SignalingEvent.RoomCreated>().Single().Snapshot.Fields), Is.EqualTo("a=123"));
    }

    [Test]
    public async Task A_session_finds_only_rooms_that_it_is_in()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        Assert.That(ben.Session.Rooms.Find(RoomId.Parse("tea")), Is.Null);
        await ben.JoinAsync("tea");
        Assert.That(ben.Session.Rooms.Find(RoomId.Parse("tea"))?.Members, Has.Count.EqualTo(2));
        Assert.That(ben.Session.Rooms.Joined, Is.EqualTo([RoomId.Parse("tea")]));
    }

    [Test]
    public async Task The_list_shows_rooms_that_are_not_hidden_up_to_its_limit()
    {
        using var meeting = new Meeting(new() { Rooms = { MaxListed = 2 } });
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea", new() { DisplayName = "Tea time" });
        await ann.CreateAsync("secret", new() { Hidden = true });
        await ann.CreateAsync("Teak", new() { Locked = true });
        await ben.JoinAsync("tea");
        RoomList all = (await ben.Session.Rooms.ListAsync()).Value;
        RoomList tea = (await ben.Session.Rooms.ListAsync("te")).Value;
        RoomList none = (await ben.Session.Rooms.ListAsync("secret")).Value;
        await ann.CreateAsync("teapot");
        RoomList truncated = (await ben.Session.Rooms.ListAsync()).Value;
        RoomList exact = (await ben.Session.Rooms.ListAsync("tea")).Value;
        Assert.Multiple(() =>
        {
            Assert.That(all.Rooms.Select(room => room.Id.Value), Is.EquivalentTo(["tea", "Teak"]));
            Assert.That(all.IsTruncated, Is.False);
            Assert.That(
                tea.Rooms.Select(room => (room.Id.Value, room.Members, room.Settings.DisplayName)), Is.EqualTo([("tea", 2, "Tea time")]));
            Assert.That(none.Rooms, Is.Empty, "a prefix does not reveal a hidden room");
            Assert.That((truncated.Rooms.Count, truncated.IsTruncated), Is.EqualTo((2, true)));
            Assert.That((exact.Rooms.Count, exact.IsTruncated), Is.EqualTo((2, false)));
        });
    }
}
