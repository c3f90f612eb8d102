using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Sessions;

/// <summary>What a session may ask for over time, whichever connection or C# it comes from.</summary>
public sealed class SessionRateTests
{
    private static readonly RateOptions TwoAndThenOneASecond = new() { MessageBurst = 2, MessagesPerSecond = 1, MaxRefusals = 3 };

    [Test]
    public async Task A_signal_too_many_is_refused_and_dropped_until_exactly_the_time_that_is_told()
    {
        using var meeting = new Meeting(new() { Sessions = { Rates = TwoAndThenOneASecond } });
        (Peer ann, Peer ben) = await MeetAsync(meeting);
        Assert.That((await ann.SignalAsync("tea", ben, "1"), await ann.SignalAsync("tea", ben, "2")), Is.EqualTo(((string?)null, (string?)null)));

        SignalingResult refused = await ann.Session.SendSignalAsync(RoomId.Parse("tea"), ben.Id, SignalKind.Plain, Text.Bytes("3"));
        Assert.That((refused.Error?.Code, refused.Error?.RetryAfter), Is.EqualTo((SignalingErrorCode.RateLimited, (TimeSpan?)TimeSpan.FromSeconds(1))));
        meeting.Clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.That(await ann.SignalAsync("tea", ben, "4"), Is.EqualTo(SignalingErrorCode.RateLimited));
        meeting.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(await ann.SignalAsync("tea", ben, "5"), Is.Null);
        Assert.That(ben.Take<SignalingEvent.SignalReceived>().Select(signal => Text.Of(signal.Payload)), Is.EqualTo(new[] { "1", "2", "5" }));
    }

    [Test]
    public async Task Bytes_of_payloads_count()
    {
        var rates = new RateOptions { BytesPerSecond = 10_000, ByteBurst = 1_000 };
        using var meeting = new Meeting(new() { Sessions = { Rates = rates, MaxPayloadBytes = 1_000 } });
        (Peer ann, Peer ben) = await MeetAsync(meeting);
        Assert.That(await ann.SignalAsync("tea", ben, new string('1', 1_000)), Is.Null);
        Assert.That(await ann.SignalAsync("tea", ben, new string('1', 500)), Is.EqualTo(SignalingErrorCode.RateLimited));
        meeting.Clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.That(await ann.SignalAsync("tea", ben, new string('1', 500)), Is.Null);
    }

    [Test]
    public async Task Whoever_goes_on_regardless_is_ended()
    {
        using var meeting = new Meeting(new() { Sessions = { Rates = TwoAndThenOneASecond } });
        (Peer ann, Peer ben) = await MeetAsync(meeting);
        for (int i = 0; i < 5; i++)
        {
            await ann.SignalAsync("tea", ben);
        }

        Assert.That(ann.Session.IsClosed, Is.False, "three refusals are allowed");
        await ann.SignalAsync("tea", ben);
        Assert.That(() => ann.Closes.Select(close => close.Reason), Is.EqualTo(new[] { SessionCloseReason.RateLimited }).After(10_000, 1));
        Assert.That(ben.Session.IsClosed, Is.False);
    }

    [Test]
    public async Task Joins_and_creates_have_a_bucket_of_their_own_and_leaving_is_always_possible()
    {
        using var meeting = new Meeting(new() { Sessions = { JoinBurst = 2, JoinInterval = TimeSpan.FromSeconds(3) } });
        Peer ann = await meeting.ConnectAsync();
        Assert.That((await ann.CreateAsync("a"), await ann.JoinAsync("b", createWith: new())), Is.EqualTo(((string?)null, (string?)null)));
        SignalingError refused = (await ann.Session.Rooms.CreateAsync(RoomId.Parse("c"))).Error!;
        Assert.That((refused.Code, refused.RetryAfter), Is.EqualTo((SignalingErrorCode.RateLimited, (TimeSpan?)TimeSpan.FromSeconds(3))));
        Assert.That((await ann.JoinAsync("a"), ann.Leave("a"), ann.Leave("b")), Is.EqualTo((SignalingErrorCode.RateLimited, (string?)null, (string?)null)));
        meeting.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.That((await ann.CreateAsync("c"), await ann.CreateAsync("d")), Is.EqualTo(((string?)null, SignalingErrorCode.RateLimited)));
    }

    [Test]
    public async Task A_session_of_the_host_s_own_may_be_unmetered()
    {
        using var meeting = new Meeting(new() { Sessions = { Rates = TwoAndThenOneASecond, JoinBurst = 1 } });
        var referee = new Peer();
        await meeting.Server.ConnectAsync(new SessionRequest { IsUnmetered = true }, referee);
        for (int i = 0; i < 10; i++)
        {
            Assert.That((await referee.JoinAsync("tea", createWith: new()), await referee.SayAsync("tea", "1"), referee.Leave("tea")), Is.EqualTo(((string?)null, (string?)null, (string?)null)));
        }
    }

    [Test]
    public async Task What_one_session_sends_is_not_taken_from_another()
    {
        using var meeting = new Meeting(new() { Sessions = { Rates = TwoAndThenOneASecond } });
        (Peer ann, Peer ben) = await MeetAsync(meeting);
        await ann.SignalAsync("tea", ben);
        await ann.SignalAsync("tea", ben);
        Assert.That((await ann.SignalAsync("tea", ben), await ben.SignalAsync("tea", ann)), Is.EqualTo((SignalingErrorCode.RateLimited, (string?)null)));
    }

    [Test]
    public async Task Giving_a_room_a_password_counts_as_joining_one()
    {
        using var meeting = new Meeting(new() { Sessions = { JoinBurst = 2 } });
        (Peer ann, _) = await MeetAsync(meeting);
        List<string?> codes = [];
        for (int i = 0; i < 3; i++)
        {
            codes.Add((await ann.Session.Rooms.UpdateAsync(RoomId.Parse("tea"), new() { Password = $"secret {i}" })).Error?.Code);
        }

        codes.Add((await ann.Session.Rooms.UpdateAsync(RoomId.Parse("tea"), new() { Password = "", Capacity = 5 })).Error?.Code);
        Assert.That(codes, Is.EqualTo(new[] { null, null, SignalingErrorCode.RateLimited, null }));
    }

    private static async Task<(Peer Ann, Peer Ben)> MeetAsync(Meeting meeting)
    {
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.JoinAsync("tea", createWith: new());
        await ben.JoinAsync("tea");
        meeting.Clock.Advance(TimeSpan.FromHours(1));
        return (ann, ben);
    }
}
