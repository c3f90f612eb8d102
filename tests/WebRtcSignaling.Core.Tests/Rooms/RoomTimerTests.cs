using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Rooms;

public sealed class RoomTimerTests
{
    private static readonly RoomId Tea = RoomId.Parse("tea");

    [Test]
    public async Task An_empty_room_closes_when_its_time_is_over()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        await ann.CreateAsync("tea", new() { EmptyTimeout = TimeSpan.FromMinutes(1) });
        Assert.That(meeting.Clock.ActiveTimers, Is.Zero, "a room with somebody in it waits for nothing");
        ann.Leave("tea");

        meeting.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.That(meeting.Server.Default.FindRoom(Tea), Is.Not.Null);
        meeting.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(meeting.Server.Default.FindRoom(Tea), Is.Null);
        Assert.That(meeting.Clock.ActiveTimers, Is.Zero);
        Assert.That(await ann.CreateAsync("tea"), Is.Null, "the name is free");
    }

    [Test]
    public async Task Coming_back_in_time_stops_the_timer()
    {
        using var meeting = new Meeting();
        int before = meeting.Clock.UndisposedTimers;
        Peer ann = await meeting.ConnectAsync();
        await ann.CreateAsync("tea", new() { EmptyTimeout = TimeSpan.FromMinutes(1) });
        ann.Leave("tea");
        meeting.Clock.Advance(TimeSpan.FromSeconds(59));
        await ann.JoinAsync("tea");
        Assert.That((meeting.Clock.ActiveTimers, meeting.Clock.UndisposedTimers), Is.EqualTo((0, before)));
        meeting.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(meeting.Server.Default.FindRoom(Tea), Is.Not.Null);
    }

    [Test]
    public async Task A_call_that_nobody_answers_ends_for_both_at_its_time()
    {
        using var meeting = new Meeting(new() { Calls = { RingTimeout = TimeSpan.FromSeconds(20) } });
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        CallId first = (await ann.Session.Calls.StartAsync(Tea, ben.Id)).Value;
        meeting.Clock.Advance(TimeSpan.FromSeconds(5));
        CallId second = (await ben.Session.Calls.StartAsync(Tea, ann.Id)).Value;
        Assert.That(meeting.Clock.ActiveTimers, Is.EqualTo(1), "a room has one timer");
        ann.Take();
        ben.Take();

        meeting.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.That(new[] { ann.Take(), ben.Take() }, Is.All.EqualTo(new[] { new SignalingEvent.CallEnded(Tea, first, CallEndReason.Timeout, null) }));
        meeting.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That(new[] { ann.Take(), ben.Take() }, Is.All.EqualTo(new[] { new SignalingEvent.CallEnded(Tea, second, CallEndReason.Timeout, null) }));
        Assert.That(meeting.Clock.ActiveTimers, Is.Zero);
    }

    [Test]
    public async Task An_accepted_call_rings_no_more()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        CallId call = (await ann.Session.Calls.StartAsync(Tea, ben.Id)).Value;
        Assert.That((await ben.Session.Calls.AcceptAsync(call)).IsSuccess, Is.True);
        Assert.That(meeting.Clock.ActiveTimers, Is.Zero);
        ann.Take();
        meeting.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(ann.Take(), Is.Empty);
    }

    [Test]
    public async Task Closing_the_room_or_the_server_stops_all_timers()
    {
        var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        foreach (string room in new[] { "tea", "milk", "sugar" })
        {
            await ann.CreateAsync(room, new() { EmptyTimeout = TimeSpan.FromMinutes(1) });
            await ben.JoinAsync(room);
            await ann.Session.Calls.StartAsync(RoomId.Parse(room), ben.Id);
        }

        Assert.That(meeting.Clock.ActiveTimers, Is.EqualTo(3));
        await ann.Session.Rooms.CloseAsync(RoomId.Parse("milk"));
        Assert.That(meeting.Clock.ActiveTimers, Is.EqualTo(2));
        meeting.Dispose();
        Assert.That((meeting.Clock.ActiveTimers, meeting.Clock.UndisposedTimers, meeting.Server.Default.Rooms.Count), Is.EqualTo((0, 0, 0)));
    }
}
