using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Applications;

/// <summary>Rooms that exist in every application.</summary>
public sealed class StandingRoomTests
{
    private static readonly RoomId _room = RoomId.Parse("lobby");

    [Test]
    public async Task Nobody_can_create_one_and_everybody_can_join_it()
    {
        using var meeting = new Meeting(new() { AutoCreateApplications = true });
        Assert.That(meeting.Server.AddStandingRoom(_room, new RoomSetup { Capacity = 2 }).IsSuccess, Is.True);
        Peer ann = await meeting.ConnectAsync(application: "new"), ben = await meeting.ConnectAsync(application: "new");
        SignalingResult<RoomSnapshot> created = await ann.Session.Rooms.CreateAsync(_room, new RoomSetup { Locked = true });
        Assert.That(created.Error?.Code, Is.EqualTo(SignalingErrorCode.RoomExists));
        foreach (Peer peer in new[] { ann, ben })
        {
            SignalingResult<RoomSnapshot> joined = await peer.Session.Rooms.JoinAsync(
                new JoinRoomRequest { Room = _room, CreateWith = new RoomSetup { Password = "mine" } });
            Assert.That(joined.Value, Has.Property(nameof(RoomSnapshot.OwnerId)).Null);
            Assert.That(joined.Value.Settings, Has.Property(nameof(RoomSettings.Capacity)).EqualTo(2).And.Property(nameof(RoomSettings.HasPassword)).False);
        }

        Assert.That(meeting.Server.Default.RoomCount, Is.Zero);
    }

    [Test]
    public async Task One_is_listed_from_the_first_member_to_the_last_and_found_always()
    {
        using var meeting = new Meeting(new() { AutoCreateApplications = true });
        meeting.Server.AddStandingRoom(_room);
        Peer ann = await meeting.ConnectAsync(application: "new");
        Assert.That((await ann.Session.Rooms.ListAsync()).Value.Rooms, Is.Empty);
        Assert.That(meeting.Server.FindApplication("new")!.FindRoom(_room)!.Members, Is.Empty);
        await ann.Session.Rooms.JoinAsync(new JoinRoomRequest { Room = _room });
        Assert.That((await ann.Session.Rooms.ListAsync()).Value.Rooms, Has.Count.EqualTo(1));
        ann.Session.Dispose();
        Assert.That(meeting.Server.FindApplication("new"), Is.Null, "it keeps no application");
    }

    [Test]
    public void One_is_open_to_all_and_has_a_name_of_its_own()
    {
        using var meeting = new Meeting();
        Assert.Multiple(() =>
        {
            foreach (RoomSetup setup in new RoomSetup[] { new() { Locked = true }, new() { Password = "x" }, new() { EmptyTimeout = null }, new() { Capacity = 0 } })
            {
                Assert.That(meeting.Server.AddStandingRoom(_room, setup).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
            }

            Assert.That(meeting.Server.AddStandingRoom(default).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
            Assert.That(meeting.Server.AddStandingRoom(_room).IsSuccess, Is.True);
            Assert.That(meeting.Server.AddStandingRoom(_room).Error?.Code, Is.EqualTo(SignalingErrorCode.RoomExists));
        });
    }

    [Test]
    public async Task Many_who_come_and_go_at_once_always_come_in()
    {
        using var meeting = new Meeting();
        meeting.Server.AddStandingRoom(_room);
        await Parallel.ForEachAsync(Enumerable.Range(0, 5_000), async (_, cancellationToken) =>
        {
            Peer peer = await meeting.ConnectAsync();
            Assert.That((await peer.Session.Rooms.JoinAsync(new JoinRoomRequest { Room = _room }, cancellationToken: cancellationToken)).Error?.Message, Is.Null);
            peer.Session.Dispose();
        });
        Assert.That(meeting.Server.Default.RoomCount, Is.Zero);
    }
}
