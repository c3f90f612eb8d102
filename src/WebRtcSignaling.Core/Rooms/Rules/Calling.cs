using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Rooms.Rules;

/// <summary>
/// How calls begin, who may do what in them, and how they end.
/// <code>
///   state     | accept (answerer) | reject (answerer) | offer, answer, candidate | hang up (either) | time out | a party is gone
///   ringing   | accepted          | ended             | call-not-ready           | ended            | ended    | ended
///   accepted  | call-not-ready    | call-not-ready    | relayed, each its part   | ended            | -        | ended
/// </code>
/// </summary>
internal static class Calling
{
    public static RoomDecision Decide(RoomState room, RoomCommand.StartCall start, DateTimeOffset now)
    {
        if (room.Check(start.By, RoomPermissions.Call) is { } refusal)
        {
            return RoomDecision.Refuse(room, refusal with { TargetId = start.Target.Value });
        }

        if (start.Target == start.By || !room.Members.ContainsKey(start.Target))
        {
            return RoomDecision.Refuse(room, SignalingErrors.TargetNotFound(room.Id, start.Target));
        }

        int limit = room.Rules.Calls.MaxCallsPerMember;
        if (room.Calls.CountClientLed(start.By) >= limit)
        {
            return RoomDecision.Refuse(room, SignalingErrors.LimitExceeded($"You may be in {limit} calls at once."));
        }

        if (room.Calls.CountClientLed(start.Target) >= limit)
        {
            return RoomDecision.Refuse(room, SignalingErrors.TargetBusy(room.Id, start.Target));
        }

        var call = new Call(start.Call, start.By, start.Target, CallPhase.Ringing, now + room.Rules.Calls.RingTimeout, ServerLed: false);
        var decision = new RoomDecision(room with { Calls = room.Calls.Add(call) });
        TellStarted(decision, call, call.Offerer, default, start.Correlation);
        TellStarted(decision, call, call.Answerer, start.Data, null);
        return decision;
    }

    public static RoomDecision Decide(RoomState room, RoomCommand.AcceptCall accept)
    {
        if (Find(room, accept.By, accept.Call) is not { } call)
        {
            return RoomDecision.Refuse(room, SignalingErrors.CallNotFound);
        }

        if (call.Phase != CallPhase.Ringing || call.Answerer != accept.By)
        {
            return RoomDecision.Refuse(room, SignalingErrors.CallNotReady(call.PartOf(accept.By)));
        }

        var decision = new RoomDecision(room with { Calls = room.Calls.Accept(call) });
        decision.Tell(call.Offerer, new SignalingEvent.CallAccepted(room.Id, call.Id));
        return decision;
    }

    public static RoomDecision Decide(RoomState room, RoomCommand.RejectCall reject)
    {
        if (Find(room, reject.By, reject.Call) is not { } call)
        {
            return RoomDecision.Refuse(room, SignalingErrors.CallNotFound);
        }

        if (call.Phase != CallPhase.Ringing || call.Answerer != reject.By)
        {
            return RoomDecision.Refuse(room, SignalingErrors.CallNotReady(call.PartOf(reject.By)));
        }

        var decision = new RoomDecision(room);
        End(decision, call, reject.Busy ? CallEndReason.Busy : CallEndReason.Rejected, reject.By);
        return decision;
    }

    public static RoomDecision Decide(RoomState room, RoomCommand.HangUp hangUp)
    {
        if (Find(room, hangUp.By, hangUp.Call) is not { } call)
        {
            return RoomDecision.Refuse(room, SignalingErrors.CallNotFound);
        }

        var decision = new RoomDecision(room);
        End(decision, call, CallEndReason.Hangup, hangUp.By);
        return decision;
    }

    /// <summary>Who hears a signal within a call, or why nobody does.</summary>
    public static SignalingResult<SessionId> Route(RoomState room, SessionId sender, CallId id, SignalKind kind)
    {
        if (Find(room, sender, id) is not { } call)
        {
            return SignalingErrors.CallNotFound;
        }

        CallPart part = call.PartOf(sender);
        bool inPart = kind switch
        {
            SignalKind.Offer => part == CallPart.Offer,
            SignalKind.Answer => part == CallPart.Answer,
            _ => true,
        };
        return inPart && call.Phase == CallPhase.Accepted ? call.Other(sender) : SignalingErrors.CallNotReady(part);
    }

    /// <summary>The server starts a call between each older member, who offers, and the newcomer.</summary>
    public static void StartWithAll(RoomDecision decision, IEnumerable<SessionId> older, SessionId newcomer, Func<CallId> newCallId)
    {
        foreach (SessionId offerer in older)
        {
            var call = new Call(newCallId(), offerer, newcomer, CallPhase.Accepted, RingsUntil: null, ServerLed: true);
            decision.State = decision.State with { Calls = decision.State.Calls.Add(call) };
            TellStarted(decision, call, offerer, default, null);
            TellStarted(decision, call, newcomer, default, null);
        }
    }

    /// <summary>Ends the calls of one who is going.</summary>
    public static void EndAllOf(RoomDecision decision, SessionId client, CallEndReason reason)
    {
        foreach (Call call in decision.State.Calls.Of(client))
        {
            End(decision, call, reason, client);
        }
    }

    /// <summary>Ends every call of the room.</summary>
    public static void EndAll(RoomDecision decision, CallEndReason reason, SessionId? by)
    {
        foreach (Call call in decision.State.Calls.All.Values)
        {
            End(decision, call, reason, by);
        }
    }

    /// <summary>Ends the calls that have rung too long.</summary>
    public static RoomDecision EndOverdue(RoomState room, DateTimeOffset now)
    {
        var decision = new RoomDecision(room);
        foreach (Call call in room.Calls.Overdue(now))
        {
            End(decision, call, CallEndReason.Timeout, by: null);
        }

        return decision;
    }

    private static Call? Find(RoomState room, SessionId party, CallId id) =>
        room.Calls.All.TryGetValue(id, out Call? call) && call.Has(party) ? call : null;

    private static void End(RoomDecision decision, Call call, CallEndReason reason, SessionId? by)
    {
        decision.State = decision.State with { Calls = decision.State.Calls.Remove(call) };
        var ended = new SignalingEvent.CallEnded(decision.State.Id, call.Id, reason, by);
        decision.Tell(call.Offerer, ended);
        decision.Tell(call.Answerer, ended);
    }

    private static void TellStarted(RoomDecision decision, Call call, SessionId party, ReadOnlyMemory<byte> data, object? correlation) =>
        decision.Tell(party, new SignalingEvent.CallStarted(
            decision.State.Id, call.Id, call.Other(party), call.PartOf(party), call.Phase, data, correlation));
}
