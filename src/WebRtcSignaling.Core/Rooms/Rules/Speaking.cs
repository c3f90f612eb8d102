using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms.Rules;

/// <summary>What members say to each other and show of themselves.</summary>
internal static class Speaking
{
    public static RoomDecision Decide(RoomState room, RoomCommand.SendMessage message)
    {
        if (room.Check(message.By, RoomPermissions.Message) is { } refusal)
        {
            return RoomDecision.Refuse(room, refusal with { TargetId = message.Target?.Value });
        }

        var received = new SignalingEvent.MessageReceived(room.Id, null, message.By, message.Target, message.Data);
        var decision = new RoomDecision(room);
        if (message.Target is { } target)
        {
            if (target == message.By || !room.Members.ContainsKey(target))
            {
                return RoomDecision.Refuse(room, SignalingErrors.TargetNotFound(room.Id, target));
            }

            decision.Tell(target, received);
        }
        else if (message.By is { } sender && !message.Echo)
        {
            decision.TellOthers(sender, received);
        }
        else
        {
            decision.TellAll(received);
        }

        return decision;
    }

    public static RoomDecision Decide(RoomState room, RoomCommand.SetMemberFields set)
    {
        if (room.Check(set.By, RoomPermissions.SetMemberFields) is { } refusal)
        {
            return RoomDecision.Refuse(room, refusal);
        }

        RoomMember old = room.Members[set.By];
        SignalingResult<FieldMap> applied = old.Fields.Apply(set.Changes, room.Rules.Rooms.FieldLimits);
        if (!applied.TryGetValue(out FieldMap? fields))
        {
            return RoomDecision.Refuse(room, applied.Error!);
        }

        RoomMember member = old with { Fields = fields };
        var decision = new RoomDecision(room.With(member));
        decision.TellAll(new SignalingEvent.MemberFieldsChanged(room.Id, set.By, fields, member));
        return decision;
    }

    /// <summary>Takes over a session's new profile and tells what is different.</summary>
    public static RoomDecision Decide(RoomState room, RoomCommand.ChangeProfile change)
    {
        if (!room.Members.TryGetValue(change.By, out RoomMember? member))
        {
            return RoomDecision.Refuse(room, SignalingErrors.NotInRoom(room.Id));
        }

        SessionProfile old = member.Profile, current = change.Profile;
        member = member with { Profile = current };
        var decision = new RoomDecision(room.With(member));
        foreach (MediaResources resource in Enum.GetValues<MediaResources>())
        {
            if (resource != MediaResources.None && ((old.Media ^ current.Media) & resource) != 0)
            {
                bool enabled = (current.Media & resource) != 0;
                decision.TellAll(new SignalingEvent.ResourceToggled(room.Id, change.By, resource, enabled, current.Media));
            }
        }

        if (current.Presence is { } presence && presence != old.Presence)
        {
            decision.TellAll(new SignalingEvent.PresenceChanged(room.Id, change.By, presence, member));
        }

        if (old.IsSuspended != current.IsSuspended)
        {
            decision.TellOthers(change.By, current.IsSuspended
                ? new SignalingEvent.ClientSuspended(room.Id, change.By)
                : new SignalingEvent.ClientResumed(room.Id, change.By));
        }

        if (!ReferenceEquals(old.Fields, current.Fields))
        {
            decision.TellAll(new SignalingEvent.SessionFieldsChanged(room.Id, change.By, current.Fields));
        }

        return decision;
    }
}
