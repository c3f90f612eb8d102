using System.Collections.Immutable;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Rooms.Rules;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms;

/// <summary>
/// A room as data, and the one place where its rules are decided. Immutable and pure: no clock, no lock, no I/O; the same state, command
/// and time
/// give the same decision.
/// </summary>
internal sealed record RoomState
{
    public required RoomId Id { get; init; }

    public required RoomRules Rules { get; init; }

    public required RoomSettings Settings { get; init; }

    public RoomPassword? Password { get; init; }

    public SessionId? OwnerId { get; init; }

    public ImmutableDictionary<SessionId, RoomMember> Members { get; init; } = ImmutableDictionary<SessionId, RoomMember>.Empty;

    /// <summary>The members by the order in which they joined.</summary>
    public ImmutableSortedDictionary<long, SessionId> Order { get; init; } = ImmutableSortedDictionary<long, SessionId>.Empty;

    public long NextOrder { get; init; }

    public FieldMap Fields { get; init; } = FieldMap.Empty;

    public ImmutableList<RoomBan> Bans { get; init; } = [];

    public RoomCalls Calls { get; init; } = RoomCalls.None;

    /// <summary>How many more wrong passwords the room takes.</summary>
    public GuessBucket Guesses { get; init; }

    /// <summary>When the room closes because nobody is in it.</summary>
    public DateTimeOffset? ClosesAt { get; init; }

    /// <summary>When the room closes because the host drains it; nobody gets in until then.</summary>
    public DateTimeOffset? DrainsUntil { get; init; }

    /// <summary>Whether it is over; a closed room decides nothing more.</summary>
    public bool IsClosed { get; init; }

    /// <summary>When time alone will change something: then, a <see cref="RoomCommand.Tick"/> is due.</summary>
    public DateTimeOffset? NextDeadline => Earlier(Earlier(ClosesAt, DrainsUntil), Calls.NextTimeout);

    public RoomDecision Decide(RoomCommand command, DateTimeOffset now)
    {
        if (IsClosed)
        {
            return RoomDecision.Refuse(this, SignalingErrors.RoomNotExists(Id));
        }

        return command switch
        {
            RoomCommand.Enter enter => Entering.Decide(this, enter, now),
            RoomCommand.Leave leave => Leaving.Decide(this, leave, now),
            RoomCommand.Close close => Leaving.Decide(this, close),
            RoomCommand.Update update => Arranging.Decide(this, update, now),
            RoomCommand.SetRole setRole => Arranging.Decide(this, setRole),
            RoomCommand.SetRoomFields set => Arranging.Decide(this, set),
            RoomCommand.Reassess reassess => Reassessing.Decide(this, reassess, now),
            RoomCommand.Drain drain => Leaving.Decide(this, drain, now),
            RoomCommand.Kick kick => Moderating.Decide(this, kick, now),
            RoomCommand.Ban ban => Moderating.Decide(this, ban, now),
            RoomCommand.Unban unban => Moderating.Decide(this, unban, now),
            RoomCommand.SendMessage message => Speaking.Decide(this, message),
            RoomCommand.SetMemberFields set => Speaking.Decide(this, set),
            RoomCommand.ChangeProfile change => Speaking.Decide(this, change),
            RoomCommand.StartCall start => Calling.Decide(this, start, now),
            RoomCommand.AcceptCall accept => Calling.Decide(this, accept),
            RoomCommand.RejectCall reject => Calling.Decide(this, reject),
            RoomCommand.HangUp hangUp => Calling.Decide(this, hangUp),
            RoomCommand.Tick => Passing(now),
            _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}."),
        };
    }

    /// <summary>Why a signal may not pass between two sessions; <see langword="null"/> if it may.</summary>
    public SignalingError? CheckSignal(SessionId sender, SessionId target) =>
        !Members.TryGetValue(sender, out RoomMember? from) ? SignalingErrors.NotInRoom(Id)
        : !Rules.Rooms.Permissions.Allow(from.Role, RoomPermissions.Signal) ? SignalingErrors.NotPermitted(Id, target)
        : sender == target || !Members.ContainsKey(target) ? SignalingErrors.TargetNotFound(Id, target)
        : null;

    /// <summary>Why this member (or the host) may not do something; <see langword="null"/> if it may.</summary>
    public SignalingError? Check(SessionId? by, RoomPermissions permission) =>
        by is not { } client ? null
        : !Members.TryGetValue(client, out RoomMember? member) ? SignalingErrors.NotInRoom(Id)
        : !Rules.Rooms.Permissions.Allow(member.Role, permission) ? SignalingErrors.NotPermitted(Id)
        : null;

    /// <summary>Whether the one who asks stands above the other; the host stands above all.</summary>
    public bool Outranks(SessionId? by, RoomMember other) => by is not { } client || Members[client].Role > other.Role;

    public RoomState With(RoomMember member) => this with { Members = Members.SetItem(member.ClientId, member) };

    public RoomSnapshot Snapshot()
    {
        var members = new RoomMember[Members.Count];
        int next = 0;
        foreach (SessionId client in Order.Values)
        {
            members[next++] = Members[client];
        }

        return new() { Id = Id, Settings = Settings, OwnerId = OwnerId, Members = members, Fields = Fields };
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;

    private RoomDecision Passing(DateTimeOffset now)
    {
        if (DrainsUntil <= now)
        {
            return Leaving.Decide(this, new RoomCommand.Close(By: null, Correlation: null));
        }

        RoomDecision decision = Calling.EndOverdue(this, now);
        if (ClosesAt <= now)
        {
            decision.State = decision.State with { IsClosed = true };
        }

        return decision;
    }
}
