using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Draining;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.Core.Tests.Draining;

/// <summary>A server that is drained: who is refused, who goes when, and what those hear who are still there.</summary>
[CancelAfter(60_000)]
internal sealed class DrainTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task While_it_is_drained_nobody_new_is_taken_and_all_else_goes_on()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync(), cat = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        ben.Take();
        meeting.Server.BeginDrain();
        SignalingError?[] refusals =
        [
            (await meeting.TryConnectAsync(new Peer())).Error,
            (await cat.Session.Rooms.CreateAsync(RoomId.Parse("milk"))).Error,
            (await cat.Session.Rooms.JoinAsync(new() { Room = RoomId.Parse("tea") })).Error,
            (await cat.Session.Rooms.JoinAsync(new() { Room = RoomId.Parse("milk"), CreateWith = new() })).Error,
        ];
        Assert.Multiple(async () =>
        {
            Assert.That(refusals.Select(refusal => refusal?.Code), Is.All.EqualTo(SignalingErrorCode.ServerStopping));
            Assert.That(refusals.Select(refusal => refusal?.RetryAfter), Is.All.InRange(5 * _second, 10 * _second));
            Assert.That(await ann.SignalAsync("tea", ben), Is.Null);
            Assert.That((await ann.Session.Calls.StartAsync(RoomId.Parse("tea"), ben.Id)).Error, Is.Null);
            Assert.That(ben.Take().Select(heard => heard.GetType().Name), Is.EqualTo(new[] { "SignalReceived", "CallStarted" }));
            Assert.That((meeting.Server.IsStopping, meeting.Server.SessionCount, meeting.Server.Stopped.IsCancellationRequested), Is.EqualTo((true, 3, false)));
        });
    }

    [Test]
    public async Task Sessions_go_in_waves_and_those_who_are_left_hear_nothing_of_it()
    {
        using Meeting meeting = Waves(size: 2);
        Peer[] peers = await InOneRoomAsync(meeting, 6);
        Task drained = meeting.Server.DrainAsync();
        for (int left = 4; left >= 2; left -= 2)
        {
            await WaveAsync(meeting, left);
            Peer[] there = [.. peers.Where(peer => peer.Closes.Count == 0)];
            Assert.Multiple(async () =>
            {
                Assert.That(there, Has.Length.EqualTo(left));
                Assert.That(there.SelectMany(peer => peer.Take()), Is.Empty, "no client-left, and no room that passes to another owner");
                Assert.That(await there[0].SignalAsync("tea", there[1]), Is.Null);
                Assert.That(there[1].Take<SignalingEvent.SignalReceived>(), Has.Count.EqualTo(1), "signals pass as ever");
            });
            meeting.Clock.Advance(_second);
        }

        await drained;
        Assert.Multiple(() =>
        {
            Assert.That(peers.SelectMany(peer => peer.Closes).Select(close => close.Reason), Is.EqualTo(Enumerable.Repeat(SessionCloseReason.ServerStopping, 6)));
            Assert.That(peers.SelectMany(peer => peer.Take()), Is.Empty);
            Assert.That((meeting.Server.SessionCount, meeting.Server.Default.RoomCount, meeting.Server.Stopped.IsCancellationRequested), Is.EqualTo((0, 0, true)));
        });
    }

    [Test]
    public async Task Each_is_told_a_time_of_its_own()
    {
        using var meeting = new Meeting();
        Peer[] peers = await InOneRoomAsync(meeting, 40);
        await meeting.Server.DrainAsync();
        TimeSpan?[] times = [.. peers.Select(peer => peer.Closes.Single().RetryAfter)];
        Assert.That(times, Is.All.InRange(5 * _second, 10 * _second));

        // 40 equal ones of 5,000 each: never.
        Assert.That(times.Distinct().Count(), Is.GreaterThan(20));
    }

    [Test]
    public async Task A_time_of_zero_is_zero_for_all()
    {
        using var meeting = new Meeting(new() { Drain = { RetryAfter = TimeSpan.Zero } });
        Peer ann = await meeting.ConnectAsync();
        await meeting.Server.DrainAsync();
        Assert.That(ann.Closes.Single().RetryAfter, Is.EqualTo(TimeSpan.Zero));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(100)]
    public async Task Few_go_at_once(int count)
    {
        using var meeting = new Meeting(new() { Rooms = { MaxMembers = 1_000 } });
        Peer[] peers = await InOneRoomAsync(meeting, count);
        await meeting.Server.DrainAsync();
        Assert.That(peers.Select(peer => peer.Closes.Count), Is.All.EqualTo(1));
    }

    [Test]
    public async Task The_waves_fit_into_the_time_that_there_is()
    {
        using Meeting meeting = Waves(size: 1);
        await InOneRoomAsync(meeting, 20);
        Task drained = meeting.Server.DrainAsync(within: 3 * _second);
        for (int left = 15; left > 0; left -= 5)
        {
            await WaveAsync(meeting, left);
            meeting.Clock.Advance(_second);
        }

        await drained;
        Assert.That(meeting.Server.SessionCount, Is.Zero);
    }

    [Test]
    public async Task Whoever_cancels_it_or_stops_ends_those_who_are_left_at_once([Values] bool stops)
    {
        using Meeting meeting = Waves(size: 1);
        Peer[] peers = await InOneRoomAsync(meeting, 5);
        using var hurry = new CancellationTokenSource();
        Task drained = meeting.Server.DrainAsync(within: null, hurry.Token);
        Task joined = meeting.Server.DrainAsync();
        await WaveAsync(meeting, 4);
        if (stops)
        {
            meeting.Server.Stop();
            Assert.That((meeting.Server.SessionCount, meeting.Server.Default.RoomCount), Is.EqualTo((0, 0)));
        }
        else
        {
            await hurry.CancelAsync();
        }

        await Task.WhenAll(drained, joined);
        Assert.Multiple(() =>
        {
            Assert.That(peers.Select(peer => peer.Closes.Count), Is.All.EqualTo(1));
            Assert.That(peers.Select(peer => peer.Closes[0].RetryAfter), Is.All.Not.Null);
            Assert.That((meeting.Server.SessionCount, meeting.Server.Default.RoomCount, meeting.Clock.ActiveTimers), Is.EqualTo((0, 0, 0)));
        });
    }

    [Test]
    public async Task A_session_that_leaves_in_the_meantime_is_left_alone_and_its_room_hears_it()
    {
        using Meeting meeting = Waves(size: 1);
        Peer[] peers = await InOneRoomAsync(meeting, 4);
        Task drained = meeting.Server.DrainAsync();
        await WaveAsync(meeting, 3);
        Peer[] there = [.. peers.Where(peer => peer.Closes.Count == 0)];
        there[0].Session.Dispose();
        Assert.That(there[1].Take<SignalingEvent.ClientLeft>().Single().ClientId, Is.EqualTo(there[0].Id));
        meeting.Server.Stop();
        await drained;
        Assert.That(there[0].Closes.Single().Reason, Is.EqualTo(SessionCloseReason.Left));
    }

    [Test]
    public void Wrong_settings_are_refused_by_their_names()
    {
        var options = new SignalingOptions
        {
            Drain =
            {
                Timeout = TimeSpan.FromMinutes(11),
                WaveSize = 0,
                WaveInterval = TimeSpan.FromMilliseconds(9),
                RetryAfter = -_second,
                RoomGrace = TimeSpan.FromDays(2),
            },
        };
        string problems = string.Join(" ", options.Validate());
        Assert.Multiple(() => Array.ForEach(
            typeof(DrainOptions).GetProperties(), setting => Assert.That(problems, Does.Contain($"Drain:{setting.Name} "))));
    }

    private static Meeting Waves(int size) => new(new() { Drain = { WaveSize = size, WaveInterval = _second } });

    private static async Task<Peer[]> InOneRoomAsync(Meeting meeting, int count)
    {
        var peers = new List<Peer>();
        for (int i = 0; i < count; i++)
        {
            peers.Add(await meeting.ConnectAsync());
            Assert.That(await peers[i].JoinAsync("tea", createWith: new()), Is.Null);
        }

        peers.ForEach(peer => peer.Take());
        return [.. peers];
    }

    /// <summary>Waits until a wave has gone and the next one waits for its time.</summary>
    private static Task WaveAsync(Meeting meeting, int left) => Eventually.TrueAsync(
        () => meeting.Server.SessionCount == left && meeting.Clock.ActiveTimers == 1, $"{left} are left");
}
