using System.Net;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

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
    public async Task The_id_that_names_nothing_names_no_room_and_no_session()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        string?[] answers =
        [
            (await ann.Session.Rooms.CreateAsync(default(RoomId))).Error?.Code,
            (await ann.Session.Rooms.JoinAsync(new() { Room = default, CreateWith = new() })).Error?.Code,
            meeting.Server.Default.CreateRoom(default(RoomId)).Error?.Code,
            (await meeting.Server.ConnectAsync(new() { Id = default(SessionId) }, new Peer())).Error?.Code,
        ];
        Assert.That(answers, Is.All.EqualTo(SignalingErrorCode.InvalidArgument));
        Assert.That((await ann.Session.Rooms.JoinAsync(new() { Room = default })).Error?.Code, Is.EqualTo(SignalingErrorCode.RoomNotExists));
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

    [TestCase(1, 1_000)]
    [TestCase(1_000, 1)]
    public async Task Whoever_would_join_or_create_comes_in_where_the_last_room_appears_meanwhile(int ofApplication, int ofAddress)
    {
        IPAddress here = IPAddress.Parse("203.0.113.7");
        Peer? ann = null;
        var authorizer = new AskedAuthorizer(async (request, _) =>
        {
            if (request.Operation == SignalingOperation.CreateRoom && request.Session != ann?.Session)
            {
                await ann!.CreateAsync("tea");
            }

            return AuthorizationDecision.Allow;
        });
        using var meeting = new Meeting(new() { Rooms = { MaxRooms = ofApplication }, Admission = { MaxRoomsPerAddress = ofAddress } }, authorizer);
        ann = await meeting.ConnectAsync(remoteAddress: here);
        Peer ben = await meeting.ConnectAsync(remoteAddress: here);
        Assert.That(await ben.JoinAsync("tea", createWith: new()), Is.Null);
        Assert.That(ben.Take<SignalingEvent.RoomJoined>().Single().IsNew, Is.False);
        Assert.That(await ben.CreateAsync("tea"), Is.EqualTo(SignalingErrorCode.RoomExists));
        Assert.That(await ben.CreateAsync("more"), Is.EqualTo(SignalingErrorCode.LimitExceeded));
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

    [Test]
    public async Task A_room_is_listed_as_soon_as_it_is_not_hidden_and_for_as_long()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        RoomId tea = RoomId.Parse("tea");
        await ann.CreateAsync("tea", new() { Hidden = true });
        List<int> counts = [];
        foreach (bool hidden in new[] { true, false, false, true, false })
        {
            await ann.Session.Rooms.UpdateAsync(tea, new() { Hidden = hidden });
            counts.Add((await ann.Session.Rooms.ListAsync()).Value.Rooms.Count);
        }

        ann.Leave("tea");
        counts.Add((await ann.Session.Rooms.ListAsync()).Value.Rooms.Count);
        Assert.That(counts, Is.EqualTo([0, 1, 1, 0, 1, 0]));
    }

    [Test]
    public async Task Rooms_are_listed_however_many_hidden_ones_there_are()
    {
        using var meeting = new Meeting(new() { Rooms = { MaxListed = 2 } });
        for (int i = 0; i < 5_000; i++)
        {
            meeting.Server.Default.CreateRoom(setup: new() { Hidden = true, EmptyTimeout = null });
        }

        Peer ann = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ann.CreateAsync("cake");
        RoomList all = (await ann.Session.Rooms.ListAsync()).Value;
        Assert.That((string.Join(",", all.Rooms.Select(room => room.Id)), all.IsTruncated), Is.EqualTo(("cake,tea", false)));
    }
}
