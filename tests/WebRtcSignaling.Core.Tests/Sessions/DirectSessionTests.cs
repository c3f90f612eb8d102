using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Sessions;

/// <summary>Sessions that reach each other without a room, because both want it.</summary>
public sealed class DirectSessionTests
{
    [Test]
    public async Task Two_direct_sessions_reach_each_other()
    {
        using var meeting = new Meeting();
        Peer ann = await ConnectAsync(meeting), ben = await ConnectAsync(meeting);
        Assert.That(await ann.SignalAsync(null, ben, "1"), Is.Null);
        Assert.That((await ben.Session.SendMessageAsync(MessageDestination.ToSession(ann.Id), Text.Bytes("2"))).Error, Is.Null);
        Assert.That(ben.Take<SignalingEvent.SignalReceived>().Select(one => (one.Room, one.SenderId)), Is.EqualTo(new[] { ((RoomId?)null, ann.Id) }));
        Assert.That(ann.Take<SignalingEvent.MessageReceived>().Select(one => (one.Room, one.SenderId)), Is.EqualTo(new[] { ((RoomId?)null, (SessionId?)ben.Id) }));
    }

    [Test]
    public async Task One_that_is_direct_and_one_that_is_not_do_not_and_neither_learns_that_the_other_exists()
    {
        using var meeting = new Meeting();
        Peer ann = await ConnectAsync(meeting), ben = await meeting.ConnectAsync();
        var nobody = SessionId.Parse("nobody");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await ann.SignalAsync(null, ben), Is.EqualTo(SignalingErrorCode.TargetNotFound));
            Assert.That((await ann.Session.SendSignalAsync(null, nobody, SignalKind.Plain, default)).Error?.Code, Is.EqualTo(SignalingErrorCode.TargetNotFound));
            Assert.That(await ben.SignalAsync(null, ann), Is.EqualTo(SignalingErrorCode.NotPermitted));
            Assert.That((await ben.Session.SendSignalAsync(null, nobody, SignalKind.Plain, default)).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        });
        Assert.That(ann.Take().Concat(ben.Take()), Is.Empty);
    }

    [Test]
    public async Task They_stay_within_their_application_and_do_not_reach_themselves()
    {
        using var meeting = new Meeting(new() { Applications = { ["other"] = new() } });
        Peer ann = await ConnectAsync(meeting), far = await ConnectAsync(meeting, "other");
        Assert.That(await ann.SignalAsync(null, far), Is.EqualTo(SignalingErrorCode.TargetNotFound));
        Assert.That(await ann.SignalAsync(null, ann), Is.EqualTo(SignalingErrorCode.TargetNotFound));
    }

    [Test]
    public async Task A_shared_room_is_found_while_both_are_in_it()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("mine");
        await ben.CreateAsync("tea");
        Assert.That(ann.Session.Rooms.FindShared(ben.Id), Is.Null);
        await ann.JoinAsync("tea");
        Assert.That(ann.Session.Rooms.FindShared(ben.Id), Is.EqualTo(RoomId.Parse("tea")));
        Assert.That(ben.Session.Rooms.FindShared(ann.Id), Is.EqualTo(RoomId.Parse("tea")));
        ben.Leave("tea");
        Assert.That(ann.Session.Rooms.FindShared(ben.Id), Is.Null);
        Assert.That(ben.Session.Rooms.FindShared(ann.Id), Is.Null);
    }

    private static async Task<Peer> ConnectAsync(Meeting meeting, string? application = null)
    {
        var peer = new Peer();
        Assert.That((await meeting.Server.ConnectAsync(new SessionRequest { IsDirect = true, Application = application }, peer)).IsSuccess, Is.True);
        return peer;
    }
}
