using WebRtcSignaling.Events;

namespace WebRtcSignaling.Rooms.Rules;

/// <summary>What becomes of a member that has proved itself anew: it may be another account now, and the host app may have changed its mind.</summary>
internal static class Reassessing
{
    public static RoomDecision Decide(RoomState room, RoomCommand.Reassess reassess, DateTimeOffset now)
    {
        if (!room.Members.TryGetValue(reassess.By, out RoomMember? member))
        {
            return new RoomDecision(room);
        }

        member = member with { Identity = reassess.Identity };
        RoomBan? ban = room.Bans.Find(entry => !entry.IsOver(now) && entry.Meets(member.ClientId, member.Profile.Username, member.Identity));
        var decision = new RoomDecision(room.With(member));
        if (reassess.Refusal is { } refusal)
        {
            Leaving.Remove(decision, member, new(room.Id, LeaveReason.Kicked, ByRequest: false, refusal, null), now);
        }
        else if (ban is not null)
        {
            Leaving.Remove(decision, member, new(room.Id, LeaveReason.Banned, ByRequest: false, ban.Reason, null), now);
        }
        else if (reassess.Granted is { } granted && granted != member.Granted)
        {
            Grant(decision, member, granted);
        }

        return decision;
    }

    /// <summary>
    /// The host app gives another role than before. What the room has given (to whoever created it, took it over, or was promoted by its owner) stays with the
    /// member unless the host app gives more; what the host app has given it may take away.
    /// </summary>
    private static void Grant(RoomDecision decision, RoomMember member, RoomRole granted)
    {
        RoomState room = decision.State;
        RoomRole given = granted == RoomRole.Owner && room.OwnerId is not null && room.OwnerId != member.ClientId ? RoomRole.Moderator : granted;
        bool isTheAppsToTake = member.Granted >= member.Role;
        RoomRole role = isTheAppsToTake || given > member.Role ? given : member.Role;
        member = member with { Granted = granted };
        decision.State = room.With(member);
        if (role == member.Role)
        {
            return;
        }

        bool wasOwner = member.Role == RoomRole.Owner;
        decision.State = room.With(member with { Role = role });
        decision.TellAll(new SignalingEvent.RoleChanged(room.Id, member.ClientId, role));
        if (wasOwner || role == RoomRole.Owner)
        {
            decision.State = decision.State with { OwnerId = wasOwner ? null : member.ClientId };
            decision.TellAll(new SignalingEvent.OwnerChanged(room.Id, decision.State.OwnerId));
        }
    }
}
