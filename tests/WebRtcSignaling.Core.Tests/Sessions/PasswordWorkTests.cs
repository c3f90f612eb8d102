using System.Net;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Sessions;

/// <summary>Hashing the passwords of rooms takes milliseconds: a few at once, and so many of one address.</summary>
public sealed class PasswordWorkTests
{
    private static readonly IPAddress Here = IPAddress.Parse("203.0.113.7");
    private static readonly IPAddress There = IPAddress.Parse("203.0.113.8");

    [Test]
    public async Task However_many_join_at_once_they_wait_for_their_turn_and_all_come_in()
    {
        using var meeting = new Meeting();
        CreateSafe(meeting);
        var peers = new List<Peer>();
        for (int i = 0; i < 64; i++)
        {
            peers.Add(await meeting.ConnectAsync());
        }

        using var busy = new Busy(meeting.Server.PasswordWork);
        Task<string?>[] joins = [.. peers.Select(peer => peer.JoinAsync("safe", "right"))];
        Assert.That(busy.WaitingBehind, Is.EqualTo(64));

        peers[7].Session.Dispose();
        Assert.That(busy.WaitingBehind, Is.EqualTo(63));
        Assert.That(await joins[7], Is.EqualTo(SignalingErrorCode.SessionClosed));

        busy.End();
        string?[] answers = await Task.WhenAll(joins);
        Assert.That(answers.Where((_, number) => number != 7), Is.All.Null, "though the room takes 30 guesses at a time");
    }

    [Test]
    public async Task New_passwords_wait_too()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        using var busy = new Busy(meeting.Server.PasswordWork);
        Task<string?> created = ann.CreateAsync("milk", new() { Password = "x" });
        var updated = ann.Session.Rooms.UpdateAsync(RoomId.Parse("tea"), new() { Password = "x" }).AsTask();
        Assert.That(busy.WaitingBehind, Is.EqualTo(2));
        busy.End();
        Assert.That((await created, (await updated).Error), Is.EqualTo(((string?)null, (SignalingError?)null)));
    }

    [Test]
    public async Task An_address_has_so_many_passwords_hashed_and_checked_whoever_connects_from_it_and_whatever_comes_of_it()
    {
        using var meeting = new Meeting(new() { Admission = { PasswordHashBurstPerAddress = 3, PasswordHashesPerSecondPerAddress = 4 } });
        CreateSafe(meeting);
        Peer ann = await meeting.ConnectAsync(remoteAddress: Here);
        Assert.That(await ann.CreateAsync("tea", new() { Password = "x" }), Is.Null);
        Assert.That(await ann.JoinAsync("safe", "right"), Is.Null, "a right one counts like any other");
        ann.Leave("safe");
        Assert.That((await ann.Session.Rooms.UpdateAsync(RoomId.Parse("tea"), new() { Password = "y" })).Error, Is.Null);

        Peer again = await meeting.ConnectAsync(remoteAddress: Here.MapToIPv6()), elsewhere = await meeting.ConnectAsync(remoteAddress: There);
        SignalingResult<RoomSnapshot> refused = await again.Session.Rooms.CreateAsync(RoomId.Parse("milk"), new() { Password = "x" });
        Assert.That((refused.Error?.Code, refused.Error?.RetryAfter), Is.EqualTo((SignalingErrorCode.RateLimited, TimeSpan.FromMilliseconds(250))));
        Assert.That(await again.JoinAsync("safe", "right"), Is.EqualTo(SignalingErrorCode.RateLimited));
        Assert.That(
            (await ann.Session.Rooms.UpdateAsync(RoomId.Parse("tea"), new() { Password = "z" })).Error?.Code,
            Is.EqualTo(SignalingErrorCode.RateLimited));
        Assert.That(await again.CreateAsync("milk"), Is.Null, "what takes no password is not concerned");
        Assert.That(await elsewhere.JoinAsync("safe", "right"), Is.Null);

        meeting.Clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.That(await again.JoinAsync("safe", "right"), Is.Null, "the refusals have cost no guess and no place");
    }

    [Test]
    public async Task Where_no_address_is_known_nothing_is_counted()
    {
        using var meeting = new Meeting(new() { Admission = { PasswordHashBurstPerAddress = 1, PasswordHashesPerSecondPerAddress = 1 } });
        CreateSafe(meeting);
        Peer ann = await meeting.ConnectAsync();
        for (int i = 0; i < 5; i++)
        {
            Assert.That(await ann.JoinAsync("safe", "right"), Is.Null);
            ann.Leave("safe");
        }
    }

    private static void CreateSafe(Meeting meeting) => Assert.That(
        meeting.Server.Default.CreateRoom(RoomId.Parse("safe"), new() { Password = "right", EmptyTimeout = TimeSpan.FromMinutes(30) }).Error,
        Is.Null);

    /// <summary>Keeps all places of a gate until it ends.</summary>
    private sealed class Busy : IDisposable
    {
        private readonly WorkGate _gate;
        private readonly ManualResetEventSlim _end = new();
        private readonly List<Task> _work = [];

        public Busy(WorkGate gate)
        {
            _gate = gate;
            while (gate.WaitingCount == 0)
            {
                _work.Add(gate.RunAsync(Work, CancellationToken.None).AsTask());
            }
        }

        /// <summary>What waits behind its own last one.</summary>
        public int WaitingBehind => _gate.WaitingCount - 1;

        public void End() => _end.Set();

        public void Dispose()
        {
            _end.Set();
            Task.WaitAll([.. _work]);
            _end.Dispose();
        }

        private SignalingResult<bool> Work()
        {
            _end.Wait();
            return true;
        }
    }
}
