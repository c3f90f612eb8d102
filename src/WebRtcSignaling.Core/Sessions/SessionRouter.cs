using WebRtcSignaling.Applications;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// Finds who hears what a session sends. Default deny: only through a room or a group that the session is in, or directly where the
/// application allows it.
/// </summary>
internal sealed class SessionRouter(SignalingSession session, SessionMemberships memberships, Application application)
{
    public SignalingResult Relay(RoomId? room, SessionId target, in Signal signal)
    {
        if (room is { } shared)
        {
            return memberships.Find(shared)?.Relay(target, in signal) ?? SignalingErrors.NotInRoom(shared);
        }

        if (application.Options.AllowDirectSignals)
        {
            return target == session.Id ? SignalingErrors.TargetNotFound(default, target) : application.Relay(target, in signal);
        }

        SignalingResult<SignalingSession> receiver = FindDirect(target, isAllowed: false);
        if (!receiver.IsSuccess)
        {
            return receiver.Error;
        }

        receiver.Value.Deliver(in signal);
        return SignalingResult.Success;
    }

    public SignalingResult Send(MessageDestination destination, ReadOnlyMemory<byte> data, bool echo)
    {
        if (destination.Room is { } room)
        {
            return memberships.Find(room)?.Execute(new RoomCommand.SendMessage(session.Id, destination.Target, data, echo))
                ?? SignalingErrors.NotInRoom(room);
        }

        if (destination.Group is { } group)
        {
            if (!memberships.Groups.Contains(group))
            {
                return SignalingErrors.NotInGroup;
            }

            application.Groups.Tell(
                group, echo ? null : session, new SignalingEvent.MessageReceived(null, group, session.Id, null, data));
            return SignalingResult.Success;
        }

        SessionId target = destination.Target ?? default;
        SignalingResult<SignalingSession> receiver = FindDirect(target, application.Options.AllowDirectMessages);
        if (!receiver.IsSuccess)
        {
            return receiver.Error;
        }

        receiver.Value.Deliver(new SignalingEvent.MessageReceived(null, null, session.Id, target, data));
        return SignalingResult.Success;
    }

    /// <summary>Where only some sessions are direct, whoever is not is not found: nobody learns from a refusal that it exists.</summary>
    private SignalingResult<SignalingSession> FindDirect(SessionId target, bool isAllowed) =>
        !isAllowed && !session.IsDirect ? SignalingErrors.NotPermitted(default, target)
        : target != session.Id && application.FindSession(target) is { } receiver && (isAllowed || receiver.IsDirect) ? receiver
        : SignalingErrors.TargetNotFound(default, target);
}
