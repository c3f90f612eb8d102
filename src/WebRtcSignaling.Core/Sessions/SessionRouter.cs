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

        return !application.Options.AllowDirectSignals ? SignalingErrors.NotPermitted(default, target)
            : target == session.Id ? SignalingErrors.TargetNotFound(default, target)
            : application.Relay(target, in signal);
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
        SignalingResult<SignalingSession> receiver = FindDirect(target);
        if (!receiver.IsSuccess)
        {
            return receiver.Error;
        }

        receiver.Value.Deliver(new SignalingEvent.MessageReceived(null, null, session.Id, target, data));
        return SignalingResult.Success;
    }

    private SignalingResult<SignalingSession> FindDirect(SessionId target) =>
        !application.Options.AllowDirectMessages ? SignalingErrors.NotPermitted(default, target)
        : target != session.Id && application.FindSession(target) is { } receiver ? receiver
        : SignalingErrors.TargetNotFound(default, target);
}
