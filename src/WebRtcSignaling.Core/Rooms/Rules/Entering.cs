using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;

namespace WebRtcSignaling.Rooms.Rules;

/// <summary>Who may join, and what joining brings about.</summary>
internal static class Entering
{
    public static RoomDecision Decide(RoomState room, RoomCommand.Enter enter, DateTimeOffset now)
    {
        if (room.Members.ContainsKey(enter.Newcomer))
        {
            return RoomDecision.Refuse(room, SignalingErrors.AlreadyInRoom(room.Id));
        }

        // A right guess gives back the token that was taken for it before it was checked.
        // Where nothing was checked (by the creator, or before there was a password), no token was taken.
        bool givesBack = enter.PasswordIsRight && enter.CheckedPassword is not null;
        RoomState admitted = givesBack ? room with { Guesses = room.Guesses.GiveBack() } : room;
        return Refusal(room, enter, now) is { } refusal
            ? RoomDecision.Refuse(admitted, refusal)
            : Admit(admitted, enter, now);
    }

    // The order of the checks is that of PHPPeerServer, whose clients see the difference.
    private static SignalingError? Refusal(RoomState room, RoomCommand.Enter enter, DateTimeOffset now)
    {
        if (enter.Entrance != RoomEntrance.Join)
        {
            return null;
        }

        if (room.Password is not null && !(enter.PasswordIsRight && ReferenceEquals(enter.CheckedPassword, room.Password)))
        {
            return SignalingErrors.WrongPassword(room.Id);
        }

        if (room.Members.Count >= room.Settings.Capacity || LedCallsAfter(room) > room.Rules.Calls.MaxServerLedCallsPerRoom)
        {
            return SignalingErrors.RoomFull(room.Id);
        }

        RoomBan? ban = room.Bans.Find(entry =>
            !entry.IsOver(now) && entry.Meets(enter.Newcomer, enter.Profile.Username, enter.Identity));
        if (ban is not null)
        {
            return SignalingErrors.Banned(room.Id, ban.Until - now);
        }

        return room.DrainsUntil is { } end ? SignalingErrors.RoomClosing(room.Id, end - now)
            : room.Settings.Locked ? SignalingErrors.RoomLocked(room.Id)
            : null;
    }

    private static RoomDecision Admit(RoomState room, RoomCommand.Enter enter, DateTimeOffset now)
    {
        RoomRole role = RoleOf(room, enter);
        var member = new RoomMember
        {
            ClientId = enter.Newcomer,
            Role = role,
            JoinedAt = now,
            Profile = enter.Profile,
            Order = room.NextOrder,
            Identity = enter.Identity,
            Granted = enter.Entrance == RoomEntrance.Join ? enter.Role : null,
        };
        RoomState entered = room with
        {
            Members = room.Members.Add(member.ClientId, member),
            Order = room.Order.Add(member.Order, member.ClientId),
            NextOrder = room.NextOrder + 1,
            OwnerId = role == RoomRole.Owner ? member.ClientId : room.OwnerId,
            ClosesAt = null,
        };
        var decision = new RoomDecision(entered);
        decision.TellOthers(member.ClientId, new SignalingEvent.ClientJoined(room.Id, member));
        if (entered.OwnerId != room.OwnerId)
        {
            decision.TellOthers(member.ClientId, new SignalingEvent.OwnerChanged(room.Id, entered.OwnerId));
        }

        RoomSnapshot snapshot = entered.Snapshot();
        decision.Tell(member.ClientId, enter.Entrance == RoomEntrance.Create
            ? new SignalingEvent.RoomCreated(snapshot, enter.Correlation)
            : new SignalingEvent.RoomJoined(snapshot, enter.Entrance == RoomEntrance.JoinNew, enter.Correlation));
        if (room.Settings.ServerLedCalls)
        {
            Calling.StartWithAll(decision, room.Order.Values, member.ClientId, enter.NewCallId);
        }

        return decision;
    }

    private static RoomRole RoleOf(RoomState room, RoomCommand.Enter enter)
    {
        bool ownerIsWanted = room.Members.IsEmpty && room.Settings.OwnerLeaves == OwnerLeavesPolicy.HandOver;
        bool comesAsOwner = enter.Entrance != RoomEntrance.Join || enter.Role == RoomRole.Owner || ownerIsWanted;
        return comesAsOwner && room.OwnerId is null ? RoomRole.Owner
            : enter.Role == RoomRole.Owner ? RoomRole.Moderator
            : enter.Role;
    }

    private static int LedCallsAfter(RoomState room) =>
        room.Settings.ServerLedCalls ? room.Calls.ServerLed + room.Members.Count : 0;
}
