using WebRtcSignaling.Applications;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Applications;

public sealed class HostOperationTests
{
    private static readonly RoomId Tea = RoomId.Parse("tea");

    [Test]
    public async Task The_host_sees_all_sessions_and_rooms()
    {
        using var meeting = new Meeting(new() { Applications = { ["other"] = new() } });
        Peer ann = await meeting.ConnectAsync(), far = await meeting.ConnectAsync(application: "other");
        await ann.CreateAsync("tea", new() { Hidden = true });
        SignalingApplication host = meeting.Server.Default, other = meeting.Server.FindApplication("other")!;
        Assert.Multiple(() =>
        {
            Assert.That(host.Sessions, Is.EqualTo([ann.Session]));
            Assert.That(other.Sessions, Is.EqualTo([far.Session]));
            Assert.That(host.FindSession(ann.Id), Is.SameAs(ann.Session));
            Assert.That(host.FindSession(far.Id), Is.Null);
            Assert.That(host.Rooms.Select(room => room.Id), Is.EqualTo([Tea]));
            Assert.That(other.Rooms, Is.Empty);
            Assert.That(host.FindRoom(Tea)?.OwnerId, Is.EqualTo(ann.Id));
            Assert.That(other.FindRoom(Tea), Is.Null);
            Assert.That(meeting.Server.Applications.Select(application => application.Name), Is.EquivalentTo(["default", "other"]));
            Assert.That(meeting.Server.FindApplication("nowhere"), Is.Null);
        });
    }

    [Test]
    public async Task A_room_of_the_host_waits_for_its_first_member()
    {
        using var meeting = new Meeting();
        RoomSnapshot created = meeting.Server.Default.CreateRoom(Tea, new() { Password = "sugar", Locked = false }).Value;
        Assert.That((created.OwnerId, created.Members.Count, created.Settings.HasPassword), Is.EqualTo(((SessionId?)null, 0, true)));
        meeting.Clock.Advance(TimeSpan.FromDays(1));
        Peer ann = await meeting.ConnectAsync();
        Assert.That(await ann.JoinAsync("tea"), Is.EqualTo(SignalingErrorCode.WrongPassword));
        Assert.That(await ann.JoinAsync("tea", "sugar"), Is.Null);
        Assert.That(meeting.Server.Default.FindRoom(Tea)!.OwnerId, Is.EqualTo(ann.Id));
    }

    [Test]
    public async Task A_room_of_the_host_may_stay_for_ever()
    {
        using var meeting = new Meeting();
        meeting.Server.Default.CreateRoom(Tea, new() { EmptyTimeout = null });
        Peer ann = await meeting.ConnectAsync();
        await ann.JoinAsync("tea");
        ann.Leave("tea");
        meeting.Clock.Advance(TimeSpan.FromDays(365));
        Assert.That(meeting.Server.Default.FindRoom(Tea), Is.Not.Null);
        Assert.That(meeting.Server.Default.CloseRoom(Tea).IsSuccess, Is.True);
        Assert.That(meeting.Server.Default.FindRoom(Tea), Is.Null);
    }

    [Test]
    public void What_a_client_may_not_ask_for_the_host_is_refused_too()
    {
        using var meeting = new Meeting();
        SignalingApplication host = meeting.Server.Default;
        host.CreateRoom(Tea);
        string tooLong = new('x', 129);
        Assert.Multiple(() =>
        {
            Assert.That(host.CreateRoom(Tea).Error?.Code, Is.EqualTo(SignalingErrorCode.RoomExists));
            Assert.That(host.CreateRoom(null, new() { Password = tooLong }).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
            Assert.That(host.CreateRoom(null, new() { Capacity = 0 }).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
            Assert.That(host.UpdateRoom(Tea, new() { Password = tooLong }).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
            Assert.That(host.Kick(Tea, SessionId.Parse("x"), "two\nlines").Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
            Assert.That(host.Ban(Tea, new()).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
        });
    }

    [Test]
    public async Task A_room_or_a_session_that_is_not_there_is_refused()
    {
        using var meeting = new Meeting();
        SignalingApplication host = meeting.Server.Default;
        SessionId nobody = SessionId.Parse("nobody");
        string?[] rooms =
        [
            host.CloseRoom(Tea).Error?.Code,
            host.UpdateRoom(Tea, new()).Error?.Code,
            host.SetRoomFields(Tea, Fields.Set("a", "1")).Error?.Code,
            host.SetRole(Tea, nobody, RoomRole.Owner).Error?.Code,
            host.Kick(Tea, nobody).Error?.Code,
            host.Ban(Tea, new() { Username = "x" }).Error?.Code,
            host.Unban(Tea, nobody).Error?.Code,
            host.SendToRoom(Tea, default).Error?.Code,
        ];
        string?[] sessions =
        [
            host.SendToSession(nobody, default).Error?.Code,
            host.AddToGroup(nobody, "g").Error?.Code,
            host.RemoveFromGroup(nobody, "g").Error?.Code,
            (await host.RefreshIceServersAsync(nobody)).Error?.Code,
            host.Ban(Tea, new() { Target = nobody }).Error?.Code,
        ];
        Assert.That(rooms, Is.All.EqualTo(SignalingErrorCode.RoomNotExists));
        Assert.That(sessions, Is.All.EqualTo(SignalingErrorCode.TargetNotFound));
    }

    [Test]
    public async Task The_host_stands_above_every_role()
    {
        using var meeting = new Meeting();
        SignalingApplication host = meeting.Server.Default;
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        ann.Take();
        ben.Take();
        Assert.Multiple(() =>
        {
            Assert.That(host.SetRole(Tea, ben.Id, RoomRole.Owner).Error, Is.Null);
            Assert.That(host.UpdateRoom(Tea, new() { Locked = true }).Error, Is.Null);
            Assert.That(host.SetRoomFields(Tea, Fields.Set("a", "1")).Error, Is.Null);
            Assert.That(host.SendToRoom(Tea, Text.Bytes("1")).Error, Is.Null);
            Assert.That(host.SendToSession(ann.Id, Text.Bytes("2")).Error, Is.Null);
            Assert.That(host.Ban(Tea, new() { Target = ben.Id, Reason = "Enough" }).Error, Is.Null);
            Assert.That(host.Unban(Tea, ben.Id).Error, Is.Null);
            Assert.That(host.Kick(Tea, ann.Id, "Bye").Error, Is.Null);
        });
        Assert.That(ann.Take().Select(heard => heard.GetType().Name), Is.EqualTo(new[]
        {
            "RoleChanged", "RoleChanged", "OwnerChanged", "RoomUpdated", "RoomFieldsChanged", "MessageReceived", "MessageReceived",
            "ClientLeft", "OwnerChanged", "ClientBanned", "ClientUnbanned", "RoomLeft",
        }));
    }

    [Test]
    public async Task A_ban_of_an_account_keeps_all_of_its_sessions_out()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync(account: "7");
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        Assert.That(meeting.Server.Default.Ban(Tea, new() { Identity = "7", Duration = TimeSpan.FromMinutes(1) }).Error, Is.Null);
        Peer again = await meeting.ConnectAsync(account: "7"), other = await meeting.ConnectAsync(account: "8");
        Assert.That(
            new[] { await ben.JoinAsync("tea"), await again.JoinAsync("tea"), await other.JoinAsync("tea") },
            Is.EqualTo([SignalingErrorCode.Banned, SignalingErrorCode.Banned, null]));
        meeting.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await again.JoinAsync("tea"), Is.Null);
    }

    [TestCase(true, false, false, null)]
    [TestCase(true, true, false, SignalingErrorCode.InvalidArgument)]
    [TestCase(false, false, false, SignalingErrorCode.InvalidArgument)]
    [TestCase(true, false, true, SignalingErrorCode.InvalidArgument)]
    public async Task A_ban_names_exactly_one(bool target, bool username, bool identity, string? refusal)
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        var ban = new BanRequest
        {
            Target = target ? ann.Id : null,
            Username = username ? "Ann" : null,
            Identity = identity ? "7" : null,
        };
        Assert.That(meeting.Server.Default.Ban(Tea, ban).Error?.Code, Is.EqualTo(refusal));
    }

    [TestCase(0, SignalingErrorCode.InvalidArgument)]
    [TestCase(-1, SignalingErrorCode.InvalidArgument)]
    [TestCase(1, null)]
    [TestCase(3650L * TimeSpan.TicksPerDay, null)]
    [TestCase((3650L * TimeSpan.TicksPerDay) + 1, SignalingErrorCode.InvalidArgument)]
    [TestCase(long.MaxValue, SignalingErrorCode.InvalidArgument)]
    public void A_ban_lasts_up_to_ten_years(long ticks, string? refusal)
    {
        using var meeting = new Meeting();
        meeting.Server.Default.CreateRoom(Tea);
        var ban = new BanRequest { Username = "Eve", Duration = TimeSpan.FromTicks(ticks) };
        Assert.That(meeting.Server.Default.Ban(Tea, ban).Error?.Code, Is.EqualTo(refusal));
    }

    [TestCase(256, null)]
    [TestCase(257, SignalingErrorCode.InvalidArgument)]
    public void A_reason_has_up_to_256_characters(int length, string? refusal)
    {
        using var meeting = new Meeting();
        meeting.Server.Default.CreateRoom(Tea);
        var ban = new BanRequest { Username = "Eve", Reason = new('x', length) };
        Assert.That(meeting.Server.Default.Ban(Tea, ban).Error?.Code, Is.EqualTo(refusal));
    }
}
