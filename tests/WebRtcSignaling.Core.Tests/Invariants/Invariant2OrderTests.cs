using System.Globalization;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Invariants;

/// <summary>All members hear a room in one order, each sender in its own, and nobody hears from a peer before it joined; with many threads.</summary>
[CancelAfter(120_000)]
public sealed class Invariant2OrderTests
{
    private const int Senders = 6;
    private const int Messages = 2_000;

    [Test]
    public async Task Messages_of_many_senders_are_heard_in_one_order_by_all(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting();
        Peer[] peers = await GatherAsync(meeting);
        await Task.WhenAll(peers.Select(peer => Task.Run(() => TalkAsync(peer), cancellationToken)));
        string[][] heard =
        [
            .. peers.Select(peer => peer.Take<SignalingEvent.MessageReceived>().Select(one => $"{one.SenderId} {Text.Of(one.Data)}").ToArray()),
        ];
        Assert.That(heard[0], Has.Length.EqualTo(Senders * Messages));
        Assert.Multiple(() =>
        {
            Assert.That(heard.Skip(1), Is.All.EqualTo(heard[0]), "one order for all");
            foreach (Peer sender in peers)
            {
                string own = $"{sender.Id} ";
                Assert.That(
                    heard[0].Where(one => one.StartsWith(own, StringComparison.Ordinal)).Select(one => Number(one[own.Length..])),
                    Is.EqualTo(Enumerable.Range(0, Messages)), "each sender in its own order");
            }
        });
    }

    [Test]
    public async Task Signals_from_one_to_another_arrive_in_order(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting();
        Peer[] peers = await GatherAsync(meeting);
        Peer target = peers[0];
        await Task.WhenAll(peers.Skip(1).Select(peer => Task.Run(
            async () =>
            {
                for (int i = 0; i < Messages; i++)
                {
                    await peer.SignalAsync("tea", target, i.ToString(CultureInfo.InvariantCulture));
                }
            },
            cancellationToken)));
        ILookup<SessionId, int> bySender = target.Take<SignalingEvent.SignalReceived>()
            .ToLookup(signal => signal.SenderId, signal => Number(Text.Of(signal.Payload)));
        Assert.That(bySender.Select(sender => sender.AsEnumerable()), Has.Exactly(Senders - 1).EqualTo(Enumerable.Range(0, Messages)));
    }

    [Test]
    public async Task Nobody_hears_from_a_peer_before_it_joined_or_after_it_left(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting();
        Peer listener = await meeting.ConnectAsync();
        await listener.CreateAsync("tea");
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(
            async () =>
            {
                Peer peer = await meeting.ConnectAsync();
                for (int i = 0; i < 300; i++)
                {
                    Task speaking = Task.Run(() => peer.SayAsync("tea", "1"), cancellationToken);
                    await peer.JoinAsync("tea");
                    await peer.SignalAsync("tea", listener);
                    peer.Leave("tea");
                    await speaking;
                }
            },
            cancellationToken)));
        var present = new HashSet<SessionId>();
        foreach (SignalingEvent heard in listener.Take().Skip(1))
        {
            bool isInOrder = heard switch
            {
                SignalingEvent.ClientJoined joined => present.Add(joined.Member.ClientId),
                SignalingEvent.ClientLeft left => present.Remove(left.ClientId),
                SignalingEvent.SignalReceived signal => present.Contains(signal.SenderId),
                SignalingEvent.MessageReceived message => present.Contains(message.SenderId!.Value),
                _ => false,
            };
            Assert.That(isInOrder, Is.True, heard.ToString());
        }

        Assert.That(present, Is.Empty);
    }

    [Test]
    public async Task A_newcomer_s_view_starts_with_its_own_join()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea", new() { ServerLedCalls = true });
        await ben.JoinAsync("tea");
        IReadOnlyList<SignalingEvent> heard = ben.Take();
        Assert.That(heard.Select(one => one.GetType().Name), Is.EqualTo(["RoomJoined", "CallStarted"]));
    }

    private static async Task<Peer[]> GatherAsync(Meeting meeting)
    {
        meeting.Server.Default.CreateRoom(RoomId.Parse("tea"));
        var peers = new Peer[Senders];
        for (int i = 0; i < Senders; i++)
        {
            peers[i] = await meeting.ConnectAsync();
            await peers[i].JoinAsync("tea");
        }

        return peers;
    }

    private static async Task TalkAsync(Peer peer)
    {
        for (int i = 0; i < Messages; i++)
        {
            await peer.SayAsync("tea", i.ToString(CultureInfo.InvariantCulture), echo: true);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
