using WebRtcSignaling.Applications;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>The real server, on which the steps are played.</summary>
internal sealed class Played(World world) : IDisposable
{
    private readonly Peer?[] _peers = new Peer?[World.Names.Length];
    private readonly List<CallId> _calls = [];

    public Meeting Meeting { get; } = new(world.Options());

    public SignalingApplication Host => Meeting.Server.Default;

    /// <summary>How many calls there have been.</summary>
    public int Calls => _calls.Count;

    public Peer? Peer(int index) => _peers[index];

    public int NumberOf(CallId call) => _calls.IndexOf(call) + 1;

    /// <summary>Gives the calls that begin in these events their numbers, in the order in which they stand there.</summary>
    public void Number(IEnumerable<SignalingEvent> heard) => _calls.AddRange(
        heard.OfType<SignalingEvent.CallStarted>().Select(started => started.Call).Where(call => !_calls.Contains(call)));

    /// <summary>Does the step.</summary>
    /// <returns>Its refusal's code; null if it is carried out.</returns>
    public async Task<string?> DoAsync(Step step) =>
        step.Kind == StepKind.Connect ? await ConnectAsync(step.By)
        : step.Kind == StepKind.Advance ? Advance(step.Time())
        : (step.By == Step.Host ? DoAsHost(step) : await DoAsAsync(_peers[step.By]!.Session, step))?.Code;

    public void Dispose() => Meeting.Dispose();

    private static SessionId Id(int index) => SessionId.Parse(World.Names[index]);

    private async Task<string?> ConnectAsync(int index)
    {
        var peer = new Peer();
        string? refusal =
            (await Meeting.TryConnectAsync(peer, World.Usernames[index], World.Accounts[index], id: World.Names[index])).Error?.Code;
        _peers[index] = refusal is null ? peer : _peers[index];
        return refusal;
    }

    private string? Advance(TimeSpan time)
    {
        Meeting.Clock.Advance(time);
        return null;
    }

    private SignalingError? DoAsHost(Step step)
    {
        RoomId room = RoomId.Parse(World.Rooms[step.Room]);
        SessionId target = Id(step.Target);
        string group = step.Pick(World.Groups);
        switch (step.Kind)
        {
            case StepKind.Create:
                return Host.CreateRoom(room, step.Setup(world)).Error;
            case StepKind.GroupMessage:
                Host.SendToGroup(group, step.Data());
                return null;
            default:
                SignalingResult result = step.Kind switch
                {
                    StepKind.Close => Host.CloseRoom(room),
                    StepKind.Update => Host.UpdateRoom(room, step.Update(world)),
                    StepKind.Kick => Host.Kick(room, target),
                    StepKind.Ban => Host.Ban(room, BanOf(step, target)),
                    StepKind.BanName => Host.Ban(room, BanOf(step, null)),
                    StepKind.Unban => Host.Unban(room, target),
                    StepKind.UnbanName => Host.Unban(room, null, step.Pick("ann", "CAT", "Zoe")),
                    StepKind.SetRole => Host.SetRole(room, target, step.Role()),
                    StepKind.RoomFields => Host.SetRoomFields(room, step.Fields()),
                    StepKind.Message => Host.SendToRoom(room, step.Data()),
                    StepKind.JoinGroup => Host.AddToGroup(target, group),
                    StepKind.LeaveGroup => Host.RemoveFromGroup(target, group),
                    _ => throw new InvalidOperationException($"The host cannot {step.Kind}."),
                };
                return result.Error;
        }
    }

    private async Task<SignalingError?> DoAsAsync(SignalingSession by, Step step)
    {
        RoomId room = RoomId.Parse(World.Rooms[step.Room]);
        SessionId target = Id(step.Target);
        string group = step.Pick(World.Groups);
        int number = step.Call(Calls);
        CallId call = number == 0 ? CallId.Parse("nobody's") : _calls[number - 1];
        ReadOnlyMemory<byte> data = step.Data();
        switch (step.Kind)
        {
            case StepKind.Vanish:
                by.Close(new(SessionCloseReason.ConnectionLost));
                return null;
            case StepKind.Create:
                return (await by.Rooms.CreateAsync(room, step.Setup(world))).Error;
            case StepKind.Join:
                return (await by.Rooms.JoinAsync(new() { Room = room, Password = step.Password() })).Error;
            case StepKind.JoinOrCreate:
                return (await by.Rooms.JoinAsync(new() { Room = room, Password = step.Password(), CreateWith = step.Setup(world) })).Error;
            case StepKind.StartCall:
                return (await by.Calls.StartAsync(room, target, data)).Error;
            default:
                SignalingResult result = step.Kind switch
                {
                    StepKind.Leave => by.Rooms.Leave(room),
                    StepKind.Close => await by.Rooms.CloseAsync(room),
                    StepKind.Update => await by.Rooms.UpdateAsync(room, step.Update(world)),
                    StepKind.Kick => await by.Rooms.KickAsync(room, target),
                    StepKind.Ban => await by.Rooms.BanAsync(room, BanOf(step, target)),
                    StepKind.BanName => await by.Rooms.BanAsync(room, BanOf(step, null)),
                    StepKind.Unban => await by.Rooms.UnbanAsync(room, target),
                    StepKind.UnbanName => await by.Rooms.UnbanAsync(room, null, step.Pick("ann", "CAT", "Zoe")),
                    StepKind.SetRole => await by.Rooms.SetRoleAsync(room, target, step.Role()),
                    StepKind.RoomFields => await by.Rooms.SetFieldsAsync(room, step.Fields()),
                    StepKind.MemberFields => await by.Rooms.SetMemberFieldsAsync(room, step.Fields()),
                    StepKind.SessionFields => await by.SetFieldsAsync(step.Fields()),
                    StepKind.Toggle => await by.ToggleAsync(step.Resource(), step.Enabled()),
                    StepKind.Presence => await by.SetPresenceAsync(step.Shown()),
                    StepKind.Message => await by.SendMessageAsync(MessageDestination.ToRoom(room), data, step.Echo()),
                    StepKind.MessageTo => await by.SendMessageAsync(MessageDestination.ToMember(room, target), data, step.Echo()),
                    StepKind.Signal => await by.SendSignalAsync(room, target, step.Signal(), data),
                    StepKind.DirectSignal => await by.SendSignalAsync(null, target, step.Signal(), data),
                    StepKind.DirectMessage => await by.SendMessageAsync(MessageDestination.ToSession(target), data),
                    StepKind.Accept => await by.Calls.AcceptAsync(call),
                    StepKind.Reject => by.Calls.Reject(call, busy: step.OneIn(2)),
                    StepKind.HangUp => by.Calls.HangUp(call),
                    StepKind.CallSignal => await by.Calls.SendSignalAsync(call, step.Signal(), data),
                    StepKind.JoinGroup => await by.Groups.JoinAsync(group),
                    StepKind.LeaveGroup => by.Groups.Leave(group),
                    StepKind.GroupMessage => await by.SendMessageAsync(MessageDestination.ToGroup(group), data, step.Echo()),
                    _ => throw new InvalidOperationException($"A session cannot {step.Kind}."),
                };
                return result.Error;
        }
    }

    private static BanRequest BanOf(Step step, SessionId? target) =>
        new() { Target = target, Username = target is null ? step.Pick("ann", "CAT", "Zoe") : null, Duration = step.Duration() };
}
