using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Rooms.Rules;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Rooms;

/// <summary>
/// A <see cref="RoomState"/> to which commands are given one after another, and what each of them makes the members hear. A command's answer is
/// its refusal's code, or null; that a refusal is silent is checked for every command.
/// </summary>
internal sealed class RoomScript
{
    public static readonly RoomId Room = RoomId.Parse("tea");

    private readonly List<SessionId> _present = [];
    private readonly Dictionary<SessionId, List<SignalingEvent>> _heard = [];
    private int _calls;

    public RoomScript(RoomSetup? setup = null, RoomOptions? rooms = null, CallOptions? calls = null, RoomPassword? password = null)
    {
        SignalingResult<RoomState> state = Arranging.Create(Room, setup ?? new(), password, new(rooms ?? new(), calls ?? new()));
        State = state.Value;
    }

    public RoomState State { get; private set; }

    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The last refusal.</summary>
    public SignalingError? Error { get; private set; }

    /// <summary>The members in the order in which they joined, and their roles.</summary>
    public IEnumerable<(string Name, RoomRole Role)> Members => State.Snapshot().Members.Select(member => (member.ClientId.Value, member.Role));

    /// <summary>A room with the owner ann, the moderator ben and the members cat and dan.</summary>
    public static RoomScript WithFour(RoomSetup? setup = null, RoomOptions? rooms = null, CallOptions? calls = null)
    {
        var room = new RoomScript(setup, rooms, calls);
        room.Create("ann");
        room.Enter("ben", RoomRole.Moderator);
        room.Enter("cat");
        room.Enter("dan");
        return room;
    }

    public static SessionId Id(string name) => SessionId.Parse(name);

    public string? Create(string name, string? username = null) => Do(Entry(name, RoomRole.Owner, username, null, RoomEntrance.Create));

    public string? Enter(string name, RoomRole role = RoomRole.Member, string? username = null, string? account = null) =>
        Do(Entry(name, role, username, account, RoomEntrance.Join));

    /// <summary>Enters after a guess at the password, for which a token was taken, as a session does it.</summary>
    public string? EnterWith(string name, RoomPassword checkedPassword, bool isRight)
    {
        State = State with { Guesses = State.Guesses.Take(Now).Bucket };
        return Do(Entry(name, RoomRole.Member, null, null, RoomEntrance.Join) with { CheckedPassword = checkedPassword, PasswordIsRight = isRight });
    }

    public string? Leave(string name, LeaveReason reason = LeaveReason.Left) => Do(new RoomCommand.Leave(Id(name), reason, null));

    public string? Kick(string? by, string target) => Do(new RoomCommand.Kick(By(by), Id(target), null));

    public string? Ban(string? by, string target, DateTimeOffset? until = null) =>
        Do(new RoomCommand.Ban(By(by), new(Id(target), null, null, null, until)));

    public string? SetRole(string? by, string target, RoomRole role) => Do(new RoomCommand.SetRole(By(by), Id(target), role));

    public string? Update(string? by, RoomUpdate changes) => Do(new RoomCommand.Update(By(by), changes, RoomPassword.HashAny(changes.Password)));

    public string? Do(RoomCommand command)
    {
        _heard.Clear();
        RoomDecision decision = State.Decide(command, Now);
        Error = decision.Error;
        if (decision.Error is not null)
        {
            Assert.That(decision.Notices, Is.Empty, "a refusal is silent");
            Assert.That(decision.State.Members, Is.SameAs(State.Members), "a refusal leaves the members alone");
        }

        if (decision.Error is null && command is RoomCommand.Enter enter)
        {
            _present.Add(enter.Newcomer);
        }

        State = decision.State;
        foreach (RoomNotice notice in decision.Notices)
        {
            Deliver(notice);
        }

        Assert.That(State.Members.Keys, Is.EquivalentTo(_present), "whoever is a member hears, and nobody else");
        return decision.Error?.Code;
    }

    /// <summary>What the last command made somebody hear, in order.</summary>
    public IReadOnlyList<SignalingEvent> Heard(string name) => _heard.GetValueOrDefault(Id(name), []);

    private static SessionId? By(string? name) => name is null ? null : Id(name);

    private RoomCommand.Enter Entry(string name, RoomRole role, string? username, string? account, RoomEntrance entrance) => new(
        Id(name), account, SessionProfile.Empty with { Username = username }, role, null, true, NextCall, entrance, null);

    private CallId NextCall() => CallId.Parse($"call-{++_calls}");

    private void Deliver(RoomNotice notice)
    {
        if (notice.Event is null)
        {
            Assert.That(_present.Remove(notice.Client), Is.True, "only somebody present is dismissed");
            return;
        }

        foreach (SessionId client in _present.Where(client => notice.Audience switch
        {
            RoomAudience.Everybody => true,
            RoomAudience.Others => client != notice.Client,
            _ => client == notice.Client,
        }))
        {
            if (!_heard.TryGetValue(client, out List<SignalingEvent>? heard))
            {
                _heard.Add(client, heard = []);
            }

            heard.Add(notice.Event);
        }
    }
}
