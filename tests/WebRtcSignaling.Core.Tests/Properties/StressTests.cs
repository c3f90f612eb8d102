using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>Invariants 1 to 3 with many threads at once: joins, leaves, kicks, closes, calls and ends, while the clock runs.</summary>
[CancelAfter(300_000)]
public sealed class StressTests
{
    private const int Threads = 8;
    private const int Steps = 25_000;

    private static readonly RoomId Tea = RoomId.Parse("tea");

    [Test]
    public async Task A_storm_of_everything_leaves_nothing_and_everybody_has_heard_a_true_story(CancellationToken cancellationToken)
    {
        int seed = PropertySettings.Seed;
        TestContext.Out.WriteLine($"PROPERTY_SEED={seed}");
        using var meeting = new Meeting(Floods.Allowing(new() { Sessions = { MaxRooms = 2 }, Calls = { RingTimeout = TimeSpan.FromSeconds(1) } }));
        Peer watcher = await meeting.ConnectAsync();
        await watcher.CreateAsync("tea", new() { EmptyTimeout = TimeSpan.FromMinutes(1) });
        var storm = new Storm(meeting);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task time = Task.Run(() => RunClock(meeting, over.Token), CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(i => Task.Run(() => storm.RageAsync(seed + i, Steps, cancellationToken), cancellationToken)))
            .WaitAsync(cancellationToken);
        await over.CancelAsync();
        await time.WaitAsync(cancellationToken);
        await Task.WhenAll(storm.All.Select(peer => Task.Run(peer.Session.Dispose, cancellationToken))).WaitAsync(cancellationToken);
        MemberView view = Retell(watcher);
        RoomSnapshot there = meeting.Server.Default.FindRoom(Tea)!;
        watcher.Session.Dispose();
        meeting.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Multiple(() =>
        {
            Assert.That(RoomText.Of(view.Rooms[Tea]), Is.EqualTo(RoomText.Of(there)), "who watched from the start knows the room");
            Assert.That(there.Members.Select(member => member.ClientId), Is.EqualTo([watcher.Id]), "everybody else is gone, and once");
            Assert.That((meeting.Server.SessionCount, meeting.Server.Default.Sessions.Count, meeting.Server.Default.Rooms.Count), Is.EqualTo((0, 0, 0)));
            Assert.That(meeting.Clock.ActiveTimers, Is.Zero);
            Assert.That(storm.All.Select(peer => (peer.Openings, peer.Closes.Count)), Is.All.EqualTo((1, 1)));
            Assert.That(storm.Outcomes.Keys, Has.None.EqualTo(SignalingErrorCode.InternalError));
            Assert.That(storm.Outcomes["done"], Is.GreaterThan(Threads * Steps / 10), "the storm did something");
        });
        AssertOneOrder(view, [.. storm.All.Select(Retell)]);
    }

    [Test]
    public async Task Rooms_that_close_while_they_are_joined_let_everybody_in_or_say_why(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting(Floods.Allowing());
        Peer[] peers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => meeting.ConnectAsync()));
        await Task.WhenAll(peers.Select(peer => Task.Run(
            async () =>
            {
                for (int i = 0; i < 20_000; i++)
                {
                    string? refusal = await peer.JoinAsync("tea", createWith: new());
                    Assert.That(refusal, Is.Null, "whoever may create it always comes in");
                    Assert.That(peer.Leave("tea"), Is.Null);
                }
            },
            cancellationToken))).WaitAsync(cancellationToken);
        Assert.That((meeting.Server.Default.Rooms.Count, meeting.Clock.ActiveTimers), Is.EqualTo((0, 0)));
        foreach (Peer peer in peers)
        {
            Assert.That(Retell(peer).Rooms, Is.Empty);
        }
    }

    [Test]
    public async Task Calls_that_both_end_at_once_end_once_for_each(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting(Floods.Allowing());
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        for (int i = 0; i < 2_000; i++)
        {
            CallId call = (await ann.Session.Calls.StartAsync(Tea, ben.Id, cancellationToken: cancellationToken)).Value;
            ann.Take();
            ben.Take();
            bool[] done = await Task.WhenAll(
                Task.Run(() => ann.Session.Calls.HangUp(call).IsSuccess, cancellationToken),
                Task.Run(() => ben.Session.Calls.Reject(call).IsSuccess, cancellationToken));
            Assert.That(done.Count(one => one), Is.EqualTo(1));
            Assert.That((ann.Take<SignalingEvent.CallEnded>().Count, ben.Take<SignalingEvent.CallEnded>().Count), Is.EqualTo((1, 1)));
        }
    }

    private static void RunClock(Meeting meeting, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            meeting.Clock.Advance(TimeSpan.FromMilliseconds(1));
            Thread.Yield();
        }
    }

    /// <summary>Goes through all that a peer heard, which checks each event against those before it.</summary>
    private static MemberView Retell(Peer peer)
    {
        var view = new MemberView(peer.Id);
        foreach (SignalingEvent heard in peer.Take())
        {
            view.Hear(heard);
        }

        return view;
    }

    /// <summary>The watcher heard all of its room; whatever others heard of that stands in the same order with them.</summary>
    private static void AssertOneOrder(MemberView watcher, IReadOnlyList<MemberView> others)
    {
        var places = new Dictionary<SignalingEvent, int>(ReferenceEqualityComparer.Instance);
        foreach (SignalingEvent heard in watcher.Shared)
        {
            places.Add(heard, places.Count);
        }

        foreach (MemberView other in others)
        {
            Assert.That(other.Shared.Where(places.ContainsKey).Select(heard => places[heard]), Is.Ordered.Ascending);
        }
    }
}
