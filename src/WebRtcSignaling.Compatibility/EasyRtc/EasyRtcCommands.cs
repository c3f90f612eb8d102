using System.Text.Json;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>The commands of a client, each of which is answered.</summary>
internal static class EasyRtcCommands
{
    /// <summary>The one command after which the client must not hear of rooms before its answer.</summary>
    public const string RoomJoin = "roomJoin";

    public static async ValueTask<byte[]> HandleAsync(EasyRtcClient client, EasyRtcObject? command)
    {
        string? type = command?.Text("msgType");
        if (command is null || type is null)
        {
            return client.Error(EasyRtcError.BadType);
        }

        switch (type)
        {
            case "offer":
                return await SignalAsync(client, SignalKind.Offer, command).ConfigureAwait(false);
            case "answer":
                return await SignalAsync(client, SignalKind.Answer, command).ConfigureAwait(false);
            case "candidate":
                return await SignalAsync(client, SignalKind.Candidate, command).ConfigureAwait(false);
            case "reject":
                return await SignalAsync(client, SignalKind.Reject, command).ConfigureAwait(false);
            case "hangup":
                return await SignalAsync(client, SignalKind.Hangup, command).ConfigureAwait(false);
            case "getIceConfig":
                return await GetIceConfigAsync(client, command).ConfigureAwait(false);
            case "getRoomList":
                return command.Has("msgData") ? client.Error(EasyRtcError.BadData) : await EasyRtcRooms.ListAsync(client).ConfigureAwait(false);

            // Old clients ask for it if they are told to, and hang up without an answer.
            case "stillAlive":
                return EasyRtcReply.Ack;
            case RoomJoin or "roomLeave" or "setPresence" or "setRoomApiField" or "setUserCfg":
                return command.Object("msgData") is { } data
                    ? await ChangeAsync(client, type, data).ConfigureAwait(false)
                    : client.Error(EasyRtcError.BadData);
            default:
                return client.Error(EasyRtcError.BadType);
        }
    }

    private static async ValueTask<byte[]> ChangeAsync(EasyRtcClient client, string type, EasyRtcObject data) => type switch
    {
        RoomJoin => await EasyRtcRooms.JoinAsync(client, data).ConfigureAwait(false),
        "roomLeave" => EasyRtcRooms.Leave(client, data),
        "setPresence" => await EasyRtcStates.SetPresenceAsync(client, data).ConfigureAwait(false),
        "setRoomApiField" => await EasyRtcStates.SetRoomApiFieldAsync(client, data).ConfigureAwait(false),
        _ => EasyRtcStates.SetUserConfiguration(client, data),
    };

    private static async ValueTask<byte[]> GetIceConfigAsync(EasyRtcClient client, EasyRtcObject command)
    {
        JsonElement data = command["msgData"];
        bool saysNothing = data.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || EasyRtcObject.Of(data) is { IsEmpty: true };
        if (!saysNothing)
        {
            return client.Error(EasyRtcError.BadData);
        }

        SignalingResult<IReadOnlyList<IceServer>> servers = await client.Session.GetIceServersAsync(client.Ended).ConfigureAwait(false);
        return servers.IsSuccess ? EasyRtcReply.IceConfig(servers.Value) : client.Error(EasyRtcError.GenFail);
    }

    /// <summary>Passes a signal on: an offer, an answer or a candidate, which say something, or a rejection or a hang-up, which say nothing.</summary>
    private static async ValueTask<byte[]> SignalAsync(EasyRtcClient client, SignalKind kind, EasyRtcObject command)
    {
        bool saysNothing = kind is SignalKind.Reject or SignalKind.Hangup;
        if (saysNothing ? command.Has("msgData") : command.Object("msgData") is not { IsEmpty: false })
        {
            return client.Error(EasyRtcError.BadData);
        }

        if (command.Text("targetEasyrtcid") is not { } text || !EasyRtcNames.IsName(text))
        {
            return client.Error(EasyRtcError.BadStructure);
        }

        var target = SessionId.Parse(text);
        byte[] payload = EasyRtcObject.Raw(command["msgData"]);
        if (target == client.Session.Id)
        {
            return Echo(client, kind, payload);
        }

        RoomId? room = client.IsDirectTo(target, client.AllowsDirectSignals) ? null : client.Session.Rooms.FindShared(target);
        SignalingResult sent = await client.Session.SendSignalAsync(room, target, kind, payload, client.Ended).ConfigureAwait(false);
        return sent.IsSuccess ? EasyRtcReply.Ack : client.Error(sent.Error.Code switch
        {
            SignalingErrorCode.TargetNotFound or SignalingErrorCode.NotInRoom => EasyRtcError.TargetId,
            SignalingErrorCode.NotPermitted => room is null && !client.Session.IsDirect ? EasyRtcError.TargetId : EasyRtcError.NoAuth,
            SignalingErrorCode.LimitExceeded => EasyRtcError.BadSize,
            _ => EasyRtcError.GenFail,
        });
    }

    /// <summary>EasyRTC's clients may signal to themselves, which concerns nobody else.</summary>
    private static byte[] Echo(EasyRtcClient client, SignalKind kind, byte[] payload)
    {
        if (payload.Length > client.Server.Options.Sessions.MaxPayloadBytes)
        {
            return client.Error(EasyRtcError.BadSize);
        }

        client.Output.TryPush(EasyRtcPush.Signal(client.Session.Id, kind, payload));
        return EasyRtcReply.Ack;
    }
}
