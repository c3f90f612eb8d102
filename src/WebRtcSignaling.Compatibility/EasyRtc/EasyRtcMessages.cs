using Microsoft.Extensions.Logging;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>Application messages: to one client, which a room and a group may narrow; to a room, which a group may narrow; to a group; or to the host app.</summary>
internal static partial class EasyRtcMessages
{
    /// <returns>The answer; <see langword="null"/> for none, as to a message to a host app that does not listen.</returns>
    public static async ValueTask<byte[]?> HandleAsync(EasyRtcClient client, EasyRtcObject? message)
    {
        if (message?.Text("msgType") is not { } type)
        {
            return client.Error(EasyRtcError.BadType);
        }

        string? target = message.Text("targetEasyrtcid"), room = message.Text("targetRoom"), group = message.Text("targetGroup");
        string? malformed =
            message.Has("targetEasyrtcid") && !EasyRtcNames.IsName(target) ? EasyRtcError.TargetId
            : message.Has("targetGroup") && !EasyRtcNames.IsName(group) ? EasyRtcError.TargetGroup
            : message.Has("targetRoom") && !EasyRtcNames.IsName(room) ? EasyRtcError.TargetRoom
            : target == client.Session.Id.Value ? EasyRtcError.TargetId
            : null;
        if (malformed is not null)
        {
            return client.Error(malformed);
        }

        byte[] data = EasyRtcObject.Raw(message["msgData"]);
        if (target is null && room is null && group is null)
        {
            return await TellHostAsync(client, type, data).ConfigureAwait(false);
        }

        byte[] content = EasyRtcEncoder.Content(type, data);
        RoomId? through = room is null ? null : RoomId.Parse(room);
        string? error =
            target is not null ? await SendToClientAsync(client, SessionId.Parse(target), through, group, content).ConfigureAwait(false)
            : through is { } shared ? await SendToRoomAsync(client, shared, group, content).ConfigureAwait(false)
            : CodeOf(await client.Session.SendMessageAsync(MessageDestination.ToGroup(group!), content, cancellationToken: client.Ended).ConfigureAwait(false));
        return error is null ? EasyRtcReply.Ack : client.Error(error);
    }

    private static async ValueTask<string?> SendToClientAsync(EasyRtcClient client, SessionId target, RoomId? room, string? group, byte[] content)
    {
        SignalingSession session = client.Session;
        SignalingSession? receiver = client.Application.FindSession(target);
        if (room is { } named && (session.Rooms.Find(named) is not { } members || members.Members.All(member => member.ClientId != target)))
        {
            return receiver is null ? EasyRtcError.GenFail : EasyRtcError.TargetRoom;
        }

        if (group is not null && !(session.Groups.Joined.Contains(group) && receiver?.Groups.Joined.Contains(group) == true))
        {
            return receiver is null ? EasyRtcError.GenFail : EasyRtcError.TargetGroup;
        }

        RoomId? through = room ?? (client.IsDirectTo(target, client.AllowsDirectMessages) ? null : session.Rooms.FindShared(target));
        MessageDestination destination = through is { } shared ? MessageDestination.ToMember(shared, target) : MessageDestination.ToSession(target);
        SignalingResult sent = await session.SendMessageAsync(destination, content, cancellationToken: client.Ended).ConfigureAwait(false);
        bool isOutOfReach = sent.Error?.Code == SignalingErrorCode.NotPermitted && through is null && !session.IsDirect;
        return isOutOfReach ? EasyRtcError.GenFail : CodeOf(sent);
    }

    private static async ValueTask<string?> SendToRoomAsync(EasyRtcClient client, RoomId room, string? group, byte[] content)
    {
        SignalingSession session = client.Session;
        if (group is null)
        {
            return CodeOf(await session.SendMessageAsync(MessageDestination.ToRoom(room), content, cancellationToken: client.Ended).ConfigureAwait(false));
        }

        if (session.Rooms.Find(room) is not { } members)
        {
            return EasyRtcError.TargetRoom;
        }

        if (!session.Groups.Joined.Contains(group))
        {
            return EasyRtcError.TargetGroup;
        }

        foreach (RoomMember member in members.Members)
        {
            if (member.ClientId != session.Id && client.Application.FindSession(member.ClientId)?.Groups.Joined.Contains(group) == true)
            {
                MessageDestination one = MessageDestination.ToMember(room, member.ClientId);
                SignalingResult sent = await session.SendMessageAsync(one, content, cancellationToken: client.Ended).ConfigureAwait(false);

                // Whoever has left meanwhile is simply not told.
                if (sent.Error is { Code: not SignalingErrorCode.TargetNotFound })
                {
                    return CodeOf(sent);
                }
            }
        }

        return null;
    }

    private static async ValueTask<byte[]?> TellHostAsync(EasyRtcClient client, string type, byte[] data)
    {
        if (client.Services.MessageHandler is not { } handler)
        {
            return null;
        }

        try
        {
            var message = new EasyRtcMessage(client.Session, type, data);
            EasyRtcAnswer? answer = await handler.HandleAsync(message, client.Ended).ConfigureAwait(false);
            return answer is null ? EasyRtcReply.Ack : EasyRtcReply.Answer(answer);
        }
#pragma warning disable CA1031 // Whatever the host app throws refuses the message; it must not take the connection down.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogHandlerFailed(client.Services.Logger, exception);
            return client.Error(EasyRtcError.GenFail);
        }
    }

    private static string? CodeOf(SignalingResult sent) => sent.Error?.Code switch
    {
        null => null,
        SignalingErrorCode.NotInRoom => EasyRtcError.TargetRoom,
        SignalingErrorCode.NotInGroup => EasyRtcError.TargetGroup,
        SignalingErrorCode.LimitExceeded => EasyRtcError.BadSize,
        SignalingErrorCode.NotPermitted => EasyRtcError.NoAuth,

        // A client that is not there is told in other words than for signals.
        _ => EasyRtcError.GenFail,
    };

    [LoggerMessage(1, LogLevel.Error, "The handler of EasyRTC messages failed; the message is refused.")]
    private static partial void LogHandlerFailed(ILogger logger, Exception exception);
}
