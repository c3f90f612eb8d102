using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms.Rules;

/// <summary>How members go, what becomes of the owner's part, and how a room ends.</summary>
internal static class Leaving
{
    public static RoomDecision Decide(RoomState room, RoomCommand.Leave leave, DateTimeOffset now)
    {
        if (!room.Members.TryGetValue(leave.By, out RoomMember? member))
        {
            return RoomDecision.Refuse(room, SignalingErrors.NotInRoom(room.Id));
        }

        var decision = new RoomDecision(room);
        Remove(decision, member, new(room.Id, leave.Reason, ByRequest: true, null, leave.Correlation), now);
        return decision;
    }

    public static RoomDecision Decide(RoomState room, RoomCommand.Close close)
    {
        if (room.Check(close.By, RoomPermissions.Close) is { } refusal)
        {
            return RoomDecision.Refuse(room, refusal);
        }

        var decision = new RoomDecision(room);
        Close(decision, close.By, new(room.Id, LeaveReason.Closed, ByRequest: true, null, close.Correlation));
        return decision;
    }

    public static RoomDecision Decide(RoomState room, RoomCommand.Drain drain, DateTimeOffset now)
    {
        DateTimeOffset until = now + drain.Grace;
        var decision = new RoomDecision(room);
        if (room.Members.IsEmpty || until <= now)
        {
            Close(decision, first: null, farewell: null);
        }
        else if (!(room.DrainsUntil <= until))
        {
            // Who drains it once more may shorten the time that has been promised, not prolong it.
            decision.State = room with { DrainsUntil = until };
            decision.TellAll(new SignalingEvent.RoomDraining(room.Id, drain.Grace));
        }

        return decision;
    }

    /// <summary>
    /// Takes one member out: its calls end, it hears <paramref name="farewell"/>, the others hear that it left, and the room may end. With
    /// <see cref="OwnerLeavesPolicy.Close"/> it ends with its owner, and that is what the others hear.
    /// </summary>
    public static void Remove(RoomDecision decision, RoomMember member, SignalingEvent.RoomLeft farewell, DateTimeOffset now)
    {
        SessionId client = member.ClientId;
        if (decision.State.OwnerId == client && decision.State.Settings.OwnerLeaves == OwnerLeavesPolicy.Close)
        {
            Close(decision, client, farewell);
            return;
        }

        bool isGone = farewell.Reason == LeaveReason.Disconnected;
        if (isGone)
        {
            decision.Dismiss(client);
        }

        Calling.EndAllOf(decision, client, CallEndReason.Left);
        if (!isGone)
        {
            decision.Tell(client, farewell);
            decision.Dismiss(client);
        }

        RoomState room = decision.State;
        decision.State = room with { Members = room.Members.Remove(client), Order = room.Order.Remove(member.Order) };
        decision.TellAll(new SignalingEvent.ClientLeft(room.Id, client, farewell.Reason));
        if (room.OwnerId == client)
        {
            HandOver(decision);
        }

        if (decision.State.Members.IsEmpty)
        {
            decision.State = LeaveEmpty(decision.State, now);
        }
    }

    private static void HandOver(RoomDecision decision)
    {
        RoomState room = decision.State;
        bool hasHeir = room.Settings.OwnerLeaves == OwnerLeavesPolicy.HandOver && !room.Order.IsEmpty;
        SessionId? heir = hasHeir ? room.Order.First().Value : null;
        decision.State = room with { OwnerId = heir };
        if (heir is { } client)
        {
            decision.State = decision.State.With(room.Members[client] with { Role = RoomRole.Owner });
        }

        decision.TellAll(new SignalingEvent.OwnerChanged(room.Id, heir));
    }

    private static RoomState LeaveEmpty(RoomState room, DateTimeOffset now) => room.Settings.EmptyTimeout switch
    {
        var _ when room.DrainsUntil is not null => room with { IsClosed = true },
        null => room,
        { } timeout when timeout <= TimeSpan.Zero => room with { IsClosed = true },
        { } timeout => room with { ClosesAt = now + timeout },
    };

    /// <summary>Ends the room: one hears why it is out, if anybody but the host ends it, and the others that it closed.</summary>
    private static void Close(RoomDecision decision, SessionId? first, SignalingEvent.RoomLeft? farewell)
    {
        bool isGone = farewell?.Reason == LeaveReason.Disconnected;
        if (first is { } gone && isGone)
        {
            decision.Dismiss(gone);
        }

        Calling.EndAll(decision, CallEndReason.Closed, first);
        if (first is { } client && farewell is not null && !isGone)
        {
            decision.Tell(client, farewell);
            decision.Dismiss(client);
        }

        RoomState room = decision.State;
        decision.TellAll(new SignalingEvent.RoomLeft(room.Id, LeaveReason.Closed, ByRequest: false, null, null));
        foreach (SessionId other in room.Order.Values.Where(other => other != first))
        {
            decision.Dismiss(other);
        }

        decision.State = room with
        {
            Members = room.Members.Clear(),
            Order = room.Order.Clear(),
            OwnerId = null,
            IsClosed = true,
        };
    }
}
