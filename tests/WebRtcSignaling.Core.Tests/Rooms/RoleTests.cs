using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Rooms;

public sealed class RoleTests
{
    private static readonly RoomOptions AllMayAll = new()
    {
        Permissions = new() { Member = RoomPermissions.All, Moderator = RoomPermissions.All },
    };

    // With every permission given to every role, ranks alone decide.
    [TestCase("ann", "cat", RoomRole.Moderator, null)]
    [TestCase("ann", "ben", RoomRole.Member, null)]
    [TestCase("ann", "cat", RoomRole.Owner, null)]
    [TestCase("ann", "ann", RoomRole.Member, SignalingErrorCode.NotPermitted)]
    [TestCase("ann", "ann", RoomRole.Owner, SignalingErrorCode.NotPermitted)]
    [TestCase("ann", "eve", RoomRole.Member, SignalingErrorCode.TargetNotFound)]
    [TestCase("ben", "cat", RoomRole.Member, null)]
    [TestCase("ben", "cat", RoomRole.Moderator, SignalingErrorCode.NotPermitted)]
    [TestCase("ben", "cat", RoomRole.Owner, SignalingErrorCode.NotPermitted)]
    [TestCase("ben", "ben", RoomRole.Owner, SignalingErrorCode.NotPermitted)]
    [TestCase("ben", "ben", RoomRole.Member, SignalingErrorCode.NotPermitted)]
    [TestCase("ben", "ann", RoomRole.Member, SignalingErrorCode.NotPermitted)]
    [TestCase("cat", "dan", RoomRole.Member, SignalingErrorCode.NotPermitted)]
    [TestCase("cat", "dan", RoomRole.Moderator, SignalingErrorCode.NotPermitted)]
    [TestCase(null, "ann", RoomRole.Member, null)]
    [TestCase(null, "dan", RoomRole.Owner, null)]
    [TestCase(null, "eve", RoomRole.Owner, SignalingErrorCode.TargetNotFound)]
    public void Roles_are_given_from_above_and_stay_below_one_s_own(string? by, string target, RoomRole role, string? refusal)
    {
        RoomScript room = RoomScript.WithFour(rooms: AllMayAll);
        Assert.That(room.SetRole(by, target, role), Is.EqualTo(refusal));
        if (refusal is null)
        {
            Assert.That(room.Members, Has.Member((target, role)));
            Assert.That(room.Members.Count(member => member.Role == RoomRole.Owner), Is.LessThanOrEqualTo(1));
        }
    }

    [TestCase("ann", "ben", null)]
    [TestCase("ann", "cat", null)]
    [TestCase("ann", "ann", SignalingErrorCode.NotPermitted)]
    [TestCase("ben", "ann", SignalingErrorCode.NotPermitted)]
    [TestCase("ben", "ben", SignalingErrorCode.NotPermitted)]
    [TestCase("ben", "cat", null)]
    [TestCase("cat", "dan", SignalingErrorCode.NotPermitted)]
    [TestCase("cat", "ben", SignalingErrorCode.NotPermitted)]
    [TestCase(null, "ann", null)]
    [TestCase(null, "eve", SignalingErrorCode.TargetNotFound)]
    [TestCase("ann", "eve", SignalingErrorCode.TargetNotFound)]
    public void Whoever_kicks_stands_above(string? by, string target, string? refusal)
    {
        RoomScript room = RoomScript.WithFour(rooms: AllMayAll);
        Assert.That(room.Kick(by, target), Is.EqualTo(refusal));
        Assert.That(room.Members.Any(member => member.Name == target), Is.EqualTo(refusal == SignalingErrorCode.NotPermitted));
    }

    [Test]
    public void Handing_the_room_over_makes_the_old_owner_a_moderator_and_is_told_in_order()
    {
        RoomScript room = RoomScript.WithFour();
        room.SetRole("ann", "cat", RoomRole.Owner);
        Assert.Multiple(() =>
        {
            Assert.That(room.State.OwnerId, Is.EqualTo(RoomScript.Id("cat")));
            Assert.That(room.Members, Is.EqualTo(
                [("ann", RoomRole.Moderator), ("ben", RoomRole.Moderator), ("cat", RoomRole.Owner), ("dan", RoomRole.Member)]));
            Assert.That(new[] { "ann", "ben", "cat", "dan" }.Select(room.Heard), Is.All.EqualTo(new SignalingEvent[]
            {
                new SignalingEvent.RoleChanged(RoomScript.Room, RoomScript.Id("ann"), RoomRole.Moderator),
                new SignalingEvent.RoleChanged(RoomScript.Room, RoomScript.Id("cat"), RoomRole.Owner),
                new SignalingEvent.OwnerChanged(RoomScript.Room, RoomScript.Id("cat")),
            }));
        });
    }

    [Test]
    public void The_host_may_take_the_owner_s_part_away()
    {
        RoomScript room = RoomScript.WithFour();
        room.SetRole(null, "ann", RoomRole.Member);
        Assert.Multiple(() =>
        {
            Assert.That(room.State.OwnerId, Is.Null);
            Assert.That(room.Heard("dan"), Is.EqualTo(new SignalingEvent[]
            {
                new SignalingEvent.RoleChanged(RoomScript.Room, RoomScript.Id("ann"), RoomRole.Member),
                new SignalingEvent.OwnerChanged(RoomScript.Room, null),
            }));
        });
    }

    [TestCase("ben", RoomRole.Moderator)]
    [TestCase("cat", RoomRole.Member)]
    public void A_role_that_somebody_has_already_is_given_silently(string target, RoomRole role)
    {
        RoomScript room = RoomScript.WithFour();
        Assert.That(room.SetRole("ann", target, role), Is.Null);
        Assert.That(room.Heard("dan"), Is.Empty);
    }

    [Test]
    public void A_kicked_member_hears_why_and_the_others_hear_that_it_is_gone()
    {
        RoomScript room = RoomScript.WithFour();
        room.Do(new RoomCommand.Kick(RoomScript.Id("ben"), RoomScript.Id("cat"), "Enough"));
        Assert.Multiple(() =>
        {
            Assert.That(room.Heard("cat"), Is.EqualTo([new SignalingEvent.RoomLeft(RoomScript.Room, LeaveReason.Kicked, false, "Enough", null)]));
            Assert.That(room.Heard("ben"), Is.EqualTo([new SignalingEvent.ClientLeft(RoomScript.Room, RoomScript.Id("cat"), LeaveReason.Kicked)]));
            Assert.That(room.Enter("cat"), Is.Null, "being kicked does not keep out");
        });
    }
}
