using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Draining;

/// <summary>The host drains one room.</summary>
[CancelAfter(60_000)]
internal sealed class RoomDrainTests
{
    private static readonly RoomId _tea = RoomId.Parse("tea");
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private Meeting _meeting = null!;
    private Peer _ann = null!;
    private Peer _ben = null!;

    [SetUp]
    public async Task MeetAsync()
    {
        _meeting = new Meeting();
        _ann = await _meeting.ConnectAsync();
        _ben = await _meeting.ConnectAsync();
        await _ann.CreateAsync("tea", new() { EmptyTimeout = 60 * _second });
        await _ben.JoinAsync("tea");
        _ann.Take();
        _ben.Take();
    }

    [TearDown]
    public void End() => _meeting.Dispose();

    [Test]
    public async Task Its_members_are_told_and_go_on_until_it_closes()
    {
        Assert.That(_meeting.Server.Default.DrainRoom(_tea, 10 * _second).Error, Is.Null);
        SignalingEvent[] told = [new SignalingEvent.RoomDraining(_tea, 10 * _second)];
        Assert.That(_ann.Take(), Is.EqualTo(told));
        Assert.That(_ben.Take(), Is.EqualTo(told));
        _meeting.Clock.Advance(9 * _second);
        Assert.That(await _ann.SignalAsync("tea", _ben), Is.Null);
        Assert.That((await _ann.Session.Calls.StartAsync(_tea, _ben.Id)).Error, Is.Null);
        _ann.Take();
        _ben.Take();
        _meeting.Clock.Advance(_second);
        Assert.Multiple(() =>
        {
            Assert.That(_ben.Take()[^1], Is.EqualTo(new SignalingEvent.RoomLeft(_tea, LeaveReason.Closed, ByRequest: false, null, null)));
            Assert.That(_ann.Take<SignalingEvent.CallEnded>(), Has.Count.EqualTo(1));
            Assert.That((_meeting.Server.Default.RoomCount, _meeting.Clock.ActiveTimers), Is.EqualTo((0, 0)));
            Assert.That(_ann.Session.Rooms.Joined, Is.Empty);
        });
        Assert.That(await _ann.CreateAsync("tea"), Is.Null, "its name is free");
    }

    [Test]
    public async Task Nobody_gets_in_and_hears_when_the_name_is_free()
    {
        Peer cat = await _meeting.ConnectAsync();
        _meeting.Server.Default.DrainRoom(_tea, 10 * _second);
        _meeting.Clock.Advance(4 * _second);
        SignalingError? refusal = (await cat.Session.Rooms.JoinAsync(new() { Room = _tea, CreateWith = new() })).Error;
        Assert.That((refusal?.Code, refusal?.RetryAfter, refusal?.Room), Is.EqualTo((SignalingErrorCode.RoomClosing, 6 * _second, "tea")));
        Assert.That(await cat.CreateAsync("milk"), Is.Null, "only this room");
    }

    [Test]
    public void It_closes_as_soon_as_nobody_is_in_it()
    {
        _meeting.Server.Default.DrainRoom(_tea);
        _ann.Leave("tea");
        Assert.That(_meeting.Server.Default.RoomCount, Is.EqualTo(1));
        _ben.Leave("tea");
        Assert.That((_meeting.Server.Default.RoomCount, _meeting.Clock.ActiveTimers), Is.EqualTo((0, 0)));
    }

    [Test]
    public void An_empty_room_and_one_without_grace_close_at_once()
    {
        _meeting.Server.Default.CreateRoom(RoomId.Parse("hall"), new() { EmptyTimeout = null });
        Assert.That(_meeting.Server.Default.DrainRoom(RoomId.Parse("hall")).Error, Is.Null);
        Assert.That(_meeting.Server.Default.DrainRoom(_tea, TimeSpan.Zero).Error, Is.Null);
        Assert.That(_meeting.Server.Default.RoomCount, Is.Zero);
        Assert.That(_ben.Take()[^1], Is.TypeOf<SignalingEvent.RoomLeft>());
    }

    [Test]
    public void A_second_time_only_shortens_the_first()
    {
        _meeting.Server.Default.DrainRoom(_tea, 10 * _second);
        _meeting.Server.Default.DrainRoom(_tea, 20 * _second);
        Assert.That(_ann.Take(), Has.Count.EqualTo(1));
        _meeting.Server.Default.DrainRoom(_tea, 2 * _second);
        Assert.That(_ann.Take(), Is.EqualTo(new[] { new SignalingEvent.RoomDraining(_tea, 2 * _second) }));
        _meeting.Clock.Advance(2 * _second);
        Assert.That(_meeting.Server.Default.RoomCount, Is.Zero);
    }

    [Test]
    public void What_the_host_asks_for_has_bounds() => Assert.Multiple(() =>
    {
        Assert.That(_meeting.Server.Default.DrainRoom(_tea, -_second).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
        Assert.That(_meeting.Server.Default.DrainRoom(_tea, TimeSpan.FromDays(2)).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
        Assert.That(_meeting.Server.Default.DrainRoom(RoomId.Parse("milk")).Error?.Code, Is.EqualTo(SignalingErrorCode.RoomNotExists));
    });
}
