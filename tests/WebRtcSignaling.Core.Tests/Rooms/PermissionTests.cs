using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Rooms;

/// <summary>Each command and the permission it takes: with all others it is refused, with that one alone it is carried out.</summary>
internal sealed class PermissionTests
{
    private static readonly FieldUpdate Fields = new() { Changes = new Dictionary<string, ReadOnlyMemory<byte>?> { ["topic"] = default(ReadOnlyMemory<byte>) } };
    private static readonly SessionId Cat = RoomScript.Id("cat");

    private static IEnumerable<TestCaseData> Commands()
    {
        yield return Case("Close", RoomPermissions.Close, by => new RoomCommand.Close(by, null));
        yield return Case("Update", RoomPermissions.Update, by => new RoomCommand.Update(by, new() { DisplayName = "Tea" }, null));
        yield return Case("Update_of_nothing", RoomPermissions.Update, by => new RoomCommand.Update(by, new(), null));
        yield return Case("Lock", RoomPermissions.Lock, by => new RoomCommand.Update(by, new() { Locked = true }, null));
        yield return Case("Lock_and_hide", RoomPermissions.Update, by => new RoomCommand.Update(by, new() { Locked = true, Hidden = true }, null));
        yield return Case("Kick", RoomPermissions.Kick, by => new RoomCommand.Kick(by, Cat, null));
        yield return Case("Ban", RoomPermissions.Ban, by => new RoomCommand.Ban(by, new(Cat, null, null, null, null)));
        yield return Case("Unban", RoomPermissions.Ban, by => new RoomCommand.Unban(by, RoomScript.Id("eve"), null));
        yield return Case("SetRole", RoomPermissions.SetRoles, by => new RoomCommand.SetRole(by, Cat, RoomRole.Member));
        yield return Case("SetRoomFields", RoomPermissions.SetRoomFields, by => new RoomCommand.SetRoomFields(by, Fields));
        yield return Case("SetMemberFields", RoomPermissions.SetMemberFields, by => new RoomCommand.SetMemberFields(by ?? default, Fields));
        yield return Case("Message", RoomPermissions.Message, by => new RoomCommand.SendMessage(by, null, default, false));
        yield return Case("Message_to_one", RoomPermissions.Message, by => new RoomCommand.SendMessage(by, Cat, default, false));
        yield return Case("StartCall", RoomPermissions.Call, by => new RoomCommand.StartCall(by ?? default, Cat, CallId.Create(), default, null));
    }

    [TestCaseSource(nameof(Commands))]
    public void Without_its_permission_a_command_is_refused(RoomPermissions needed, Func<SessionId?, RoomCommand> command)
    {
        RoomScript room = WithModeratorWho(RoomPermissions.All & ~needed);
        Assert.That(room.Do(command(RoomScript.Id("ben"))), Is.EqualTo(SignalingErrorCode.NotPermitted));
    }

    [TestCaseSource(nameof(Commands))]
    public void With_its_permission_alone_a_command_is_carried_out(RoomPermissions needed, Func<SessionId?, RoomCommand> command)
    {
        RoomScript room = WithModeratorWho(needed);
        Assert.That(room.Do(command(RoomScript.Id("ben"))), Is.Null);
    }

    [TestCaseSource(nameof(Commands))]
    public void A_stranger_is_not_in_the_room_whatever_it_asks(RoomPermissions needed, Func<SessionId?, RoomCommand> command)
    {
        RoomScript room = WithModeratorWho(RoomPermissions.None | needed);
        Assert.That(room.Do(command(RoomScript.Id("eve"))), Is.EqualTo(SignalingErrorCode.NotInRoom));
    }

    [TestCaseSource(nameof(Commands))]
    public void A_closed_room_does_nothing_more(RoomPermissions needed, Func<SessionId?, RoomCommand> command)
    {
        RoomScript room = WithModeratorWho(RoomPermissions.All | needed);
        room.Do(new RoomCommand.Close(null, null));
        Assert.That(room.Do(command(RoomScript.Id("ann"))), Is.EqualTo(SignalingErrorCode.RoomNotExists));
        Assert.That(room.Enter("eve"), Is.EqualTo(SignalingErrorCode.RoomNotExists));
    }

    [TestCase(RoomPermissions.All & ~RoomPermissions.Signal, "ben", "cat", SignalingErrorCode.NotPermitted)]
    [TestCase(RoomPermissions.Signal, "ben", "cat", null)]
    [TestCase(RoomPermissions.All, "ben", "ben", SignalingErrorCode.TargetNotFound)]
    [TestCase(RoomPermissions.All, "ben", "eve", SignalingErrorCode.TargetNotFound)]
    [TestCase(RoomPermissions.None, "ben", "eve", SignalingErrorCode.NotPermitted)]
    [TestCase(RoomPermissions.All, "eve", "ben", SignalingErrorCode.NotInRoom)]
    public void A_signal_takes_two_members_and_the_permission(RoomPermissions moderator, string sender, string target, string? refusal)
    {
        RoomState room = WithModeratorWho(moderator).State;
        Assert.That(room.CheckSignal(RoomScript.Id(sender), RoomScript.Id(target))?.Code, Is.EqualTo(refusal));
    }

    [TestCase(RoomRole.Member, RoomPermissions.Signal | RoomPermissions.Message | RoomPermissions.Call | RoomPermissions.SetMemberFields)]
    [TestCase(
        RoomRole.Moderator,
        RoomPermissions.Signal | RoomPermissions.Message | RoomPermissions.Call | RoomPermissions.SetMemberFields
        | RoomPermissions.SetRoomFields | RoomPermissions.Lock | RoomPermissions.Kick | RoomPermissions.Ban)]
    [TestCase(RoomRole.Owner, (RoomPermissions)2047)]
    public void The_defaults_of_each_role_are_as_documented(RoomRole role, RoomPermissions expected)
    {
        var permissions = new RolePermissions();
        Assert.Multiple(() =>
        {
            foreach (RoomPermissions permission in Enum.GetValues<RoomPermissions>().Where(one => int.PopCount((int)one) == 1))
            {
                Assert.That(permissions.Allow(role, permission), Is.EqualTo(expected.HasFlag(permission)), permission.ToString());
            }
        });
    }

    private static RoomScript WithModeratorWho(RoomPermissions may)
    {
        var rooms = new RoomOptions { Permissions = new() { Member = RoomPermissions.None, Moderator = may } };
        RoomScript room = RoomScript.WithFour(rooms: rooms);
        room.Ban(null, "eve");
        return room;
    }

    private static TestCaseData Case(string name, RoomPermissions needed, Func<SessionId?, RoomCommand> command) =>
        new TestCaseData(needed, command).SetArgDisplayNames(name);
}
