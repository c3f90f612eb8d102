using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Rooms;

public sealed class LeavingTests
{
    [Test]
    public void Whoever_leaves_hears_its_answer_and_the_others_hear_that_it_left()
    {
        RoomScript room = RoomScript.WithFour();
        object correlation = new();
        room.Do(new RoomCommand.Leave(RoomScript.Id("cat"), LeaveReason.Left, correlation));
        Assert.Multiple(() =>
        {
            Assert.That(room.Heard("cat"), Is.EqualTo([new SignalingEvent.RoomLeft(RoomScript.Room, LeaveReason.Left, true, null, correlation)]));
            foreach (string other in new[] { "ann", "ben", "dan" })
            {
                Assert.That(room.Heard(other), Is.EqualTo([new SignalingEvent.ClientLeft(RoomScript.Room, RoomScript.Id("cat"), LeaveReason.Left)]));
            }
        });
    }

    [Test]
    public void Whoever_vanished_hears_nothing()
    {
        RoomScript room = RoomScript.WithFour();
        room.Do(new RoomCommand.StartCall(RoomScript.Id("ann"), RoomScript.Id("cat"), CallId.Create(), default, null));
        room.Leave("cat", LeaveReason.Disconnected);
        Assert.That(room.Heard("cat"), Is.Empty);
        Assert.That(room.Heard("dan"), Is.EqualTo([new SignalingEvent.ClientLeft(RoomScript.Room, RoomScript.Id("cat"), LeaveReason.Disconnected)]));
    }

    [Test]
    public void A_leaver_s_calls_end_before_it_is_gone()
    {
        RoomScript room = RoomScript.WithFour();
        CallId call = CallId.Create();
        room.Do(new RoomCommand.StartCall(RoomScript.Id("cat"), RoomScript.Id("dan"), call, default, null));
        room.Leave("cat");
        var ended = new SignalingEvent.CallEnded(RoomScript.Room, call, CallEndReason.Left, RoomScript.Id("cat"));
        Assert.Multiple(() =>
        {
            Assert.That(room.Heard("cat"), Is.EqualTo(new SignalingEvent[]
            {
                ended, new SignalingEvent.RoomLeft(RoomScript.Room, LeaveReason.Left, true, null, null),
            }));
            Assert.That(room.Heard("dan"), Is.EqualTo(new SignalingEvent[]
            {
                ended, new SignalingEvent.ClientLeft(RoomScript.Room, RoomScript.Id("cat"), LeaveReason.Left),
            }));
            Assert.That(room.State.Calls.All, Is.Empty);
        });
    }

    [Test]
    public void Nobody_leaves_a_room_that_it_is_not_in()
    {
        RoomScript room = RoomScript.WithFour();
        Assert.That(room.Leave("eve"), Is.EqualTo(SignalingErrorCode.NotInRoom));
        room.Leave("cat");
        Assert.That(room.Leave("cat"), Is.EqualTo(SignalingErrorCode.NotInRoom));
    }

    [TestCase(LeaveReason.Left)]
    [TestCase(LeaveReason.Disconnected)]
    public void Handing_over_makes_the_oldest_member_the_owner(LeaveReason reason)
    {
        RoomScript room = RoomScript.WithFour(new() { OwnerLeaves = OwnerLeavesPolicy.HandOver });
        room.Leave("ben");
        room.Enter("ben", RoomRole.Moderator);
        room.Leave("ann", reason);
        Assert.Multiple(() =>
        {
            Assert.That(room.Members, Is.EqualTo([("cat", RoomRole.Owner), ("dan", RoomRole.Member), ("ben", RoomRole.Moderator)]));
            Assert.That(room.State.OwnerId, Is.EqualTo(RoomScript.Id("cat")));
            Assert.That(room.Heard("dan"), Is.EqualTo(new SignalingEvent[]
            {
                new SignalingEvent.ClientLeft(RoomScript.Room, RoomScript.Id("ann"), reason),
                new SignalingEvent.OwnerChanged(RoomScript.Room, RoomScript.Id("cat")),
            }));
        });
    }

    [TestCase(LeaveReason.Left)]
    [TestCase(LeaveReason.Disconnected)]
    public void Keeping_leaves_the_room_without_an_owner(LeaveReason reason)
    {
        RoomScript room = RoomScript.WithFour(new() { OwnerLeaves = OwnerLeavesPolicy.Keep });
        room.Leave("ann", reason);
        Assert.Multiple(() =>
        {
            Assert.That(room.Members, Is.EqualTo([("ben", RoomRole.Moderator), ("cat", RoomRole.Member), ("dan", RoomRole.Member)]));
            Assert.That(room.State.OwnerId, Is.Null);
            Assert.That(room.Heard("dan")[^1], Is.EqualTo(new SignalingEvent.OwnerChanged(RoomScript.Room, null)));
        });
    }

    [TestCase(LeaveReason.Left)]
    [TestCase(LeaveReason.Disconnected)]
    public void Closing_ends_the_room_for_all_when_the_owner_leaves(LeaveReason reason)
    {
        RoomScript room = RoomScript.WithFour(new() { OwnerLeaves = OwnerLeavesPolicy.Close });
        room.Leave("ann", reason);
        Assert.Multiple(() =>
        {
            Assert.That(room.State.IsClosed, Is.True);
            Assert.That(room.Heard("ann").Select(heard => ((SignalingEvent.RoomLeft)heard).Reason),
                reason == LeaveReason.Disconnected ? Is.Empty : Is.EqualTo([LeaveReason.Left]));
            foreach (string other in new[] { "ben", "cat", "dan" })
            {
                Assert.That(room.Heard(other), Is.EqualTo([new SignalingEvent.RoomLeft(RoomScript.Room, LeaveReason.Closed, false, null, null)]));
            }
        });
    }

    [TestCase("kick", LeaveReason.Kicked)]
    [TestCase("ban", LeaveReason.Banned)]
    [TestCase("reassess", LeaveReason.Kicked)]
    public void Closing_ends_the_room_for_all_when_the_owner_is_put_out(string how, LeaveReason reason)
    {
        RoomScript room = RoomScript.WithFour(new() { OwnerLeaves = OwnerLeavesPolicy.Close });
        CallId call = CallId.Create();
        room.Do(new RoomCommand.StartCall(RoomScript.Id("ann"), RoomScript.Id("cat"), call, default, null));
        string? refusal = how switch
        {
            "kick" => room.Do(new RoomCommand.Kick(null, RoomScript.Id("ann"), "Out")),
            "ban" => room.Do(new RoomCommand.Ban(null, new(RoomScript.Id("ann"), null, null, "Out", null))),
            _ => room.Do(new RoomCommand.Reassess(RoomScript.Id("ann"), null, null, "Out")),
        };
        var closed = new SignalingEvent.RoomLeft(RoomScript.Room, LeaveReason.Closed, false, null, null);
        var ended = new SignalingEvent.CallEnded(RoomScript.Room, call, CallEndReason.Closed, RoomScript.Id("ann"));
        Assert.Multiple(() =>
        {
            Assert.That((refusal, room.State.IsClosed), Is.EqualTo(((string?)null, true)));
            Assert.That(
                room.Heard("ann"), Is.EqualTo(new SignalingEvent[] { ended, new SignalingEvent.RoomLeft(RoomScript.Room, reason, false, "Out", null) }));
            Assert.That(room.Heard("cat"), Is.EqualTo(new SignalingEvent[] { ended, closed }));
            Assert.That(room.Heard("ben").Concat(room.Heard("dan")), Is.EqualTo(new[] { closed, closed }));
        });
    }

    [TestCase(OwnerLeavesPolicy.Close)]
    [TestCase(OwnerLeavesPolicy.HandOver)]
    public void A_ban_that_means_several_puts_out_the_owner_last(OwnerLeavesPolicy policy)
    {
        var room = new RoomScript(new() { OwnerLeaves = policy });
        room.Create("ann", "x");
        room.Enter("ben", username: "x");
        room.Enter("cat", username: "y");
        room.Do(new RoomCommand.Ban(null, new(null, "x", null, null, null)));
        Assert.Multiple(() =>
        {
            Assert.That(
                new[] { room.Heard("ann")[^1], room.Heard("ben")[^1] },
                Is.All.EqualTo(new SignalingEvent.RoomLeft(RoomScript.Room, LeaveReason.Banned, false, null, null)));
            Assert.That(room.Heard("cat").Take(1), Is.EqualTo([new SignalingEvent.ClientLeft(RoomScript.Room, RoomScript.Id("ben"), LeaveReason.Banned)]));
            Assert.That(
                room.Heard("cat").OfType<SignalingEvent.RoomLeft>().Select(left => left.Reason),
                policy == OwnerLeavesPolicy.Close ? Is.EqualTo([LeaveReason.Closed]) : Is.Empty);
            Assert.That(
                room.Heard("cat").OfType<SignalingEvent.OwnerChanged>().Select(changed => changed.OwnerId),
                policy == OwnerLeavesPolicy.Close ? Is.Empty : Is.EqualTo(new SessionId?[] { RoomScript.Id("cat") }));
        });
    }

    [TestCase(OwnerLeavesPolicy.Close)]
    [TestCase(OwnerLeavesPolicy.Keep)]
    [TestCase(OwnerLeavesPolicy.HandOver)]
    public void A_room_goes_on_when_somebody_else_than_the_owner_leaves(OwnerLeavesPolicy policy)
    {
        RoomScript room = RoomScript.WithFour(new() { OwnerLeaves = policy });
        room.Leave("ben");
        Assert.That((room.State.IsClosed, room.State.OwnerId), Is.EqualTo((false, RoomScript.Id("ann"))));
    }

    [Test]
    public void Whoever_closes_the_room_hears_its_answer_and_the_others_that_it_closed()
    {
        RoomScript room = RoomScript.WithFour();
        CallId call = CallId.Create();
        room.Do(new RoomCommand.StartCall(RoomScript.Id("ben"), RoomScript.Id("cat"), call, default, null));
        object correlation = new();
        room.Do(new RoomCommand.Close(RoomScript.Id("ann"), correlation));
        Assert.Multiple(() =>
        {
            Assert.That(room.State.IsClosed, Is.True);
            Assert.That(room.Heard("ann"), Is.EqualTo([new SignalingEvent.RoomLeft(RoomScript.Room, LeaveReason.Closed, true, null, correlation)]));
            Assert.That(room.Heard("dan"), Is.EqualTo([new SignalingEvent.RoomLeft(RoomScript.Room, LeaveReason.Closed, false, null, null)]));
            foreach (string party in new[] { "ben", "cat" })
            {
                Assert.That(room.Heard(party), Is.EqualTo(new SignalingEvent[]
                {
                    new SignalingEvent.CallEnded(RoomScript.Room, call, CallEndReason.Closed, RoomScript.Id("ann")),
                    new SignalingEvent.RoomLeft(RoomScript.Room, LeaveReason.Closed, false, null, null),
                }));
            }
        });
    }

    [Test]
    public void The_host_closes_the_room_against_everybody_s_will()
    {
        RoomScript room = RoomScript.WithFour();
        room.Do(new RoomCommand.Close(null, null));
        Assert.That(
            new[] { "ann", "ben", "cat", "dan" }.Select(room.Heard),
            Is.All.EqualTo(new[] { new SignalingEvent.RoomLeft(RoomScript.Room, LeaveReason.Closed, false, null, null) }));
    }
}
