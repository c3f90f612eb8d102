using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms.Rules;

/// <summary>Who may put whom out, and keep out.</summary>
internal static class Moderating
{
    public static RoomDecision Decide(RoomState room, RoomCommand.Kick kick, DateTimeOffset now)
    {
        if (room.Check(kick.By, RoomPermissions.Kick) is { } refusal)
        {
            return RoomDecision.Refuse(room, refusal with { TargetId = kick.Target.Value });
        }

        if (!room.Members.TryGetValue(kick.Target, out RoomMember? target))
        {
            return RoomDecision.Refuse(room, SignalingErrors.TargetNotFound(room.Id, kick.Target));
        }

        if (!room.Outranks(kick.By, target))
        {
            return RoomDecision.Refuse(room, SignalingErrors.NotPermitted(room.Id, kick.Target));
        }

        var decision = new RoomDecision(room);
        Leaving.Remove(decision, target, new(room.Id, LeaveReason.Kicked, ByRequest: false, kick.Message, null), now);
        return decision;
    }

    public static RoomDecision Decide(RoomState room, RoomCommand.Ban ban, DateTimeOffset now)
    {
        RoomBan entry = ban.Entry;
        if (room.Check(ban.By, RoomPermissions.Ban) is { } refusal)
        {
            return RoomDecision.Refuse(room, refusal with { TargetId = entry.ClientId?.Value });
        }

        RoomMember? target = entry.ClientId is { } client ? room.Members.GetValueOrDefault(client) : null;

        // The owner last: it may take the room along, and nobody who is put out inherits it.
        List<RoomMember> meant =
        [
            .. room.Members.Values.Where(member => IsMeant(entry, member))
                .OrderBy(member => member.ClientId == room.OwnerId).ThenBy(member => member.Order),
        ];
        if (meant.Exists(member => !room.Outranks(ban.By, member)))
        {
            return RoomDecision.Refuse(room, SignalingErrors.NotPermitted(room.Id, entry.ClientId ?? default));
        }

        ImmutableBans bans = new(room.Bans.RemoveAll(old => old.IsOver(now)));
        if (bans.Contains(entry))
        {
            return RoomDecision.Refuse(room, SignalingErrors.AlreadyBanned(room.Id, entry.ClientId ?? default));
        }

        if (bans.List.Count >= room.Rules.Rooms.MaxBans)
        {
            return RoomDecision.Refuse(room, SignalingErrors.LimitExceeded($"A room holds {room.Rules.Rooms.MaxBans} bans."));
        }

        // Whoever is banned while present is known by session, account and name; one of these is not enough to keep it out.
        RoomBan complete = target is null
            ? entry
            : entry with { Username = target.Profile.Username, Identity = entry.Identity ?? target.Identity };
        var decision = new RoomDecision(room with { Bans = bans.List.Add(complete) });
        foreach (RoomMember member in meant)
        {
            Leaving.Remove(decision, member, new(room.Id, LeaveReason.Banned, ByRequest: false, entry.Reason, null), now);
        }

        decision.TellAll(new SignalingEvent.ClientBanned(room.Id, entry.ClientId, entry.ClientId is null ? entry.Username : null, entry.Until));
        return decision;
    }

    public static RoomDecision Decide(RoomState room, RoomCommand.Unban unban, DateTimeOffset now)
    {
        SessionId target = unban.Target ?? default;
        if (room.Check(unban.By, RoomPermissions.Ban) is { } refusal)
        {
            return RoomDecision.Refuse(room, refusal with { TargetId = target.Value });
        }

        var left = room.Bans.RemoveAll(ban => ban.IsOver(now));
        var lifted = left.RemoveAll(ban => ban.Meets(target, unban.Username, identity: null));
        if (lifted.Count == left.Count)
        {
            return RoomDecision.Refuse(room with { Bans = left }, SignalingErrors.NotBanned(room.Id, target));
        }

        var decision = new RoomDecision(room with { Bans = lifted });
        decision.TellAll(new SignalingEvent.ClientUnbanned(room.Id, unban.Target, unban.Username));
        return decision;
    }

    // A ban of one session puts out that session; a ban of a name or an account puts out all who carry it.
    private static bool IsMeant(RoomBan entry, RoomMember member) => entry.ClientId is { } client
        ? member.ClientId == client
        : entry.Meets(member.ClientId, member.Profile.Username, member.Identity);

    private readonly record struct ImmutableBans(System.Collections.Immutable.ImmutableList<RoomBan> List)
    {
        public bool Contains(RoomBan entry) => List.Exists(ban => entry.ClientId is { } client
            ? ban.ClientId == client
            : ban.ClientId is null && ban.Meets(default, entry.Username, entry.Identity));
    }
}
