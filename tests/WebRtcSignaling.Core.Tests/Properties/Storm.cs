using System.Collections.Concurrent;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>Sessions that any thread may make do anything at any time, over a few rooms.</summary>
internal sealed class Storm(Meeting meeting)
{
    private const int Slots = 12;

    private static readonly RoomId[] Rooms = [.. World.Rooms.Select(RoomId.Parse)];

    private readonly Peer?[] _peers = new Peer?[Slots];
    private readonly CallId[] _calls = [.. Enumerable.Range(0, Slots).Select(_ => CallId.Create())];
    private readonly ConcurrentQueue<Peer> _all = new();
    private readonly ConcurrentDictionary<string, int> _outcomes = new();

    /// <summary>Every session that there was.</summary>
    public IReadOnlyCollection<Peer> All => _all;

    /// <summary>How often each answer was given; "done" for success.</summary>
    public IReadOnlyDictionary<string, int> Outcomes => _outcomes;

    public async Task RageAsync(int seed, int steps, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        for (int i = 0; i < steps; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int slot = random.Next(Slots);
            Peer? peer = Volatile.Read(ref _peers[slot]);
            if (peer is null || peer.Session.IsClosed)
            {
                await ConnectAsync(slot);
            }
            else
            {
                SignalingError? refusal = await DoAsync(random, peer.Session, Volatile.Read(ref _peers[random.Next(Slots)])?.Id ?? peer.Id);
                _outcomes.AddOrUpdate(refusal?.Code ?? "done", 1, static (_, count) => count + 1);
            }
        }
    }

    public async Task ConnectAsync(int slot)
    {
        var peer = new Peer();
        if ((await meeting.TryConnectAsync(peer, username: $"Peer {slot % 4}")).IsSuccess)
        {
            _all.Enqueue(peer);
            Volatile.Write(ref _peers[slot], peer);
        }
    }

    private async Task<SignalingError?> DoAsync(Random random, SignalingSession by, SessionId target)
    {
        RoomId room = Rooms[random.Next(Rooms.Length)];
        CallId call = _calls[random.Next(Slots)];
        switch (random.Next(24))
        {
            case 0:
                by.Close(new(SessionCloseReason.ConnectionLost));
                return null;
            case < 8:
                return (await by.Rooms.JoinAsync(new() { Room = room, CreateWith = Setup(random) })).Error;
            case 8 or 9:
                return by.Rooms.Leave(room).Error;
            case 10:
                return (await by.Rooms.CloseAsync(room)).Error;
            case 11:
                return (await by.Rooms.KickAsync(room, target)).Error;
            case 12:
                return (await by.Rooms.BanAsync(room, new() { Target = target, Duration = TimeSpan.FromMilliseconds(50) })).Error;
            case 13:
                return (await by.Rooms.UnbanAsync(room, null, $"Peer {random.Next(4)}")).Error;
            case 14:
                return (await by.Rooms.SetRoleAsync(room, target, (RoomRole)random.Next(3))).Error;
            case 15:
                return (await by.Rooms.UpdateAsync(room, new() { OwnerLeaves = (OwnerLeavesPolicy)random.Next(3), ServerLedCalls = random.Next(2) == 0 })).Error;
            case 16 or 17:
                SignalingResult<CallId> started = await by.Calls.StartAsync(room, target);
                _calls[random.Next(Slots)] = started.IsSuccess ? started.Value : call;
                return started.Error;
            case 18:
                return (random.Next(2) == 0 ? await by.Calls.AcceptAsync(call) : by.Calls.HangUp(call)).Error;
            case 19:
                return (await by.Calls.SendSignalAsync(call, SignalKind.Candidate, Text.Bytes("1"))).Error;
            case 20:
                return (await by.SendSignalAsync(room, target, SignalKind.Plain, Text.Bytes("2"))).Error;
            case 21:
                return (await by.SendMessageAsync(MessageDestination.ToRoom(room), Text.Bytes("3"), echo: true)).Error;
            case 22:
                return (await by.ToggleAsync(MediaResources.Video)).Error;
            default:
                string group = World.Groups[random.Next(2)];
                return (random.Next(2) == 0 ? meeting.Server.Default.AddToGroup(target, group) : by.Groups.Leave(group)).Error;
        }
    }

    private static RoomSetup Setup(Random random) => new()
    {
        Capacity = random.Next(3, 14),
        EmptyTimeout = TimeSpan.FromMilliseconds(random.Next(3) * 20),
        OwnerLeaves = (OwnerLeavesPolicy)random.Next(3),
        ServerLedCalls = random.Next(3) == 0,
    };
}
