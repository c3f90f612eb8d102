using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary><c>signal-send</c> and <c>message-send</c>.</summary>
internal static class NativeSignalRequests
{
    public static ValueTask<SignalingResult> SendSignal(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        RoomId? room = request.GetOptionalRoom();
        SessionId target = request.GetTarget();
        SignalKind kind = request.GetWord(NativeMember.Kind, NativeWords.SignalKinds) ?? SignalKind.Plain;
        ReadOnlyMemory<byte> data = request.GetRequiredRaw(NativeMember.Data);
        return request.Problem is { } problem ? new(problem) : session.SendSignalAsync(room, target, kind, data, ended);
    }

    public static ValueTask<SignalingResult> SendMessage(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        RoomId? room = request.GetOptionalRoom();
        SessionId? target = request.GetOptionalTarget();
        string? group = request.GetString(NativeMember.Group);
        bool echo = request.GetBoolean(NativeMember.Echo) ?? false;
        ReadOnlyMemory<byte> data = request.GetRequiredRaw(NativeMember.Data);
        if ((room is null && target is null && group is null) || (group is not null && (room is not null || target is not null)))
        {
            request.Fail(SignalingErrorCode.InvalidArgument, "A message goes to a room, to a targetId, to both, or to a group.");
        }

        if (request.Problem is { } problem)
        {
            return new(problem);
        }

        MessageDestination destination =
            group is not null ? MessageDestination.ToGroup(group)
            : room is not { } shared ? MessageDestination.ToSession(target.GetValueOrDefault())
            : target is { } member ? MessageDestination.ToMember(shared, member)
            : MessageDestination.ToRoom(shared);
        return session.SendMessageAsync(destination, data, echo, ended);
    }
}
