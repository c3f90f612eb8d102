using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Invariants;

/// <summary>A signal or message reaches a peer only through something that both share, and with permission; the sender is whom the server knows.</summary>
public sealed class Invariant1DefaultDenyTests
{
    private static readonly RoomId Tea = RoomId.Parse("tea");

    [Test]
    public async Task A_stranger_reaches_nobody_by_any_way()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync(), eve = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        await eve.CreateAsync("den");
        CallId call = (await ann.Session.Calls.StartAsync(Tea, ben.Id)).Value;
        await ben.Session.Calls.AcceptAsync(call);
        ann.Take();
        ben.Take();
        ReadOnlyMemory<byte> data = Text.Bytes("1");
        string?[] answers =
        [
            await eve.SignalAsync("tea", ann),
            await eve.SignalAsync(null, ann),
            await eve.SayAsync("tea", "1"),
            (await eve.Session.SendMessageAsync(MessageDestination.ToMember(Tea, ann.Id), data)).Error?.Code,
            (await eve.Session.Calls.StartAsync(Tea, ann.Id)).Error?.Code,
            (await eve.Session.Rooms.SetFieldsAsync(Tea, Fields.Set("a", "1"))).Error?.Code,
            (await eve.Session.Rooms.SetMemberFieldsAsync(Tea, Fields.Set("a", "1"))).Error?.Code,
            (await eve.Session.Rooms.UpdateAsync(Tea, new() { Locked = true })).Error?.Code,
            (await eve.Session.Rooms.CloseAsync(Tea)).Error?.Code,
            await eve.KickAsync("tea", ann),
            (await eve.Session.Rooms.SetRoleAsync(Tea, eve.Id, RoomRole.Owner)).Error?.Code,
            (await eve.Session.Rooms.UnbanAsync(Tea, eve.Id)).Error?.Code,
            eve.Leave("tea"),
            await eve.SignalAsync("den", ann),
            (await eve.Session.Calls.StartAsync(RoomId.Parse("den"), ann.Id)).Error?.Code,
            (await eve.Session.SendMessageAsync(MessageDestination.ToMember(RoomId.Parse("den"), ann.Id), data)).Error?.Code,
            (await eve.Session.SendMessageAsync(MessageDestination.ToSession(ann.Id), data)).Error?.Code,
            (await eve.Session.SendMessageAsync(MessageDestination.ToGroup("g"), data)).Error?.Code,
            (await eve.Session.SendMessageAsync(default, data)).Error?.Code,
            (await eve.Session.Calls.SendSignalAsync(call, SignalKind.Candidate, data)).Error?.Code,
            (await eve.Session.Calls.AcceptAsync(call)).Error?.Code,
            eve.Session.Calls.Reject(call).Error?.Code,
            eve.Session.Calls.HangUp(call).Error?.Code,
        ];
        Assert.Multiple(() =>
        {
            Assert.That(answers, Has.None.Null);
            Assert.That(new[] { ann.Take(), ben.Take() }, Is.All.Empty);
        });
    }

    [Test]
    public async Task A_third_member_of_the_room_does_not_get_into_a_call()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync(), eve = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        await eve.JoinAsync("tea");
        CallId call = (await ann.Session.Calls.StartAsync(Tea, ben.Id)).Value;
        ann.Take();
        ben.Take();
        Assert.That((await eve.Session.Calls.AcceptAsync(call)).Error?.Code, Is.EqualTo(SignalingErrorCode.CallNotFound));
        await ben.Session.Calls.AcceptAsync(call);
        Assert.That(
            (await eve.Session.Calls.SendSignalAsync(call, SignalKind.Candidate, default)).Error?.Code,
            Is.EqualTo(SignalingErrorCode.CallNotFound));
        Assert.That(eve.Session.Calls.HangUp(call).Error?.Code, Is.EqualTo(SignalingErrorCode.CallNotFound));
        Assert.That(ben.Take(), Is.Empty);
    }

    [Test]
    public async Task Every_signal_and_message_names_its_real_sender()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        CallId call = (await ann.Session.Calls.StartAsync(Tea, ben.Id)).Value;
        await ben.Session.Calls.AcceptAsync(call);
        ann.Take();
        ben.Take();
        await ann.SignalAsync("tea", ben);
        await ann.SayAsync("tea", "1");
        await ann.Session.Calls.SendSignalAsync(call, SignalKind.Offer, default);
        await ben.Session.Calls.SendSignalAsync(call, SignalKind.Answer, default);
        Assert.That(ben.Take().Concat(ann.Take()).Select(SenderOf), Is.EqualTo([ann.Id, ann.Id, ann.Id, ben.Id]));
    }

    [Test]
    public async Task Whoever_left_or_was_put_out_hears_and_says_nothing_more()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync(), cat = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        await cat.JoinAsync("tea");
        ben.Leave("tea");
        await ann.KickAsync("tea", cat);
        ann.Take();
        ben.Take();
        cat.Take();
        await ann.SayAsync("tea", "1", echo: true);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((ann.Take().Count, ben.Take().Count, cat.Take().Count), Is.EqualTo((1, 0, 0)));
            foreach (Peer gone in new[] { ben, cat })
            {
                Assert.That(await gone.SignalAsync("tea", ann), Is.EqualTo(SignalingErrorCode.NotInRoom));
                Assert.That(await ann.SignalAsync("tea", gone), Is.EqualTo(SignalingErrorCode.TargetNotFound));
            }
        });
    }

    private static SessionId? SenderOf(SignalingEvent heard) => heard switch
    {
        SignalingEvent.SignalReceived signal => signal.SenderId,
        SignalingEvent.MessageReceived message => message.SenderId,
        _ => null,
    };
}
