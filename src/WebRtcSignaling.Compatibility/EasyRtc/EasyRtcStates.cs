using System.Text.Json;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>What clients say of themselves: presence, API fields, settings.</summary>
internal static class EasyRtcStates
{
    public static async ValueTask<byte[]> SetPresenceAsync(EasyRtcClient client, EasyRtcObject data)
    {
        if (!EasyRtcPresence.TryRead(data["setPresence"], out EasyRtcPresence presence))
        {
            return client.Error(EasyRtcError.BadStructure);
        }

        SignalingSession session = client.Session;
        SignalingResult set = await session.SetPresenceAsync(presence.ApplyTo(session.Profile.Presence), client.Ended).ConfigureAwait(false);
        return set.IsSuccess
            ? EasyRtcReply.Updated([.. session.Rooms.Joined.SelectMany(room => SelfIn(session, room))], withFields: false)
            : client.Error(set.Error.Code == SignalingErrorCode.InvalidArgument ? EasyRtcError.BadStructure : EasyRtcError.BadPresence);
    }

    /// <summary>Sets all API fields of the client in one room; those that are not named are gone.</summary>
    public static async ValueTask<byte[]> SetRoomApiFieldAsync(EasyRtcClient client, EasyRtcObject data)
    {
        if (data.Object("setRoomApiField") is not { IsEmpty: false } wanted)
        {
            return client.Error(EasyRtcError.BadStructure);
        }

        if (!EasyRtcNames.IsName(wanted.Text("roomName")))
        {
            return client.Error(EasyRtcError.BadRoom);
        }

        JsonElement map = wanted["field"];
        EasyRtcObject? fields = wanted.Object("field");
        if (wanted.Has("field") && fields is null)
        {
            return client.Error(EasyRtcError.BadStructure);
        }

        if (fields is not null && map.GetRawText().Length >= client.Services.Options.MaxApiFieldLength)
        {
            return client.Error(EasyRtcError.BadSize);
        }

        if (!TryReadFields(fields, out Dictionary<string, ReadOnlyMemory<byte>?> values))
        {
            return client.Error(EasyRtcError.BadField);
        }

        var room = RoomId.Parse(wanted.Text("roomName")!);
        var update = new FieldUpdate { Changes = values, Replace = true };
        SignalingResult set = await client.Session.Rooms.SetMemberFieldsAsync(room, update, client.Ended).ConfigureAwait(false);
        return set.IsSuccess
            ? EasyRtcReply.Updated([.. SelfIn(client.Session, room)], withFields: true)
            : client.Error(set.Error.Code switch
            {
                SignalingErrorCode.NotInRoom or SignalingErrorCode.RoomNotExists => EasyRtcError.BadRoom,
                SignalingErrorCode.LimitExceeded => EasyRtcError.BadSize,
                SignalingErrorCode.NotPermitted => EasyRtcError.NoAuth,
                _ => EasyRtcError.BadField,
            });
    }

    public static byte[] SetUserConfiguration(EasyRtcClient client, EasyRtcObject data)
    {
        if (data.Object("setUserCfg") is not { IsEmpty: false } configuration || !EasyRtcUserConfiguration.IsValid(configuration, mayBeEmpty: false))
        {
            return client.Error(EasyRtcError.BadStructure);
        }

        return client.TryReport(configuration) ? EasyRtcReply.Ack : client.Error(EasyRtcError.BadSize);
    }

    /// <summary>Takes <c>{"name":{"fieldName":"name","fieldValue":…},…}</c>. A field without a value is as good as none.</summary>
    private static bool TryReadFields(EasyRtcObject? fields, out Dictionary<string, ReadOnlyMemory<byte>?> values)
    {
        values = new Dictionary<string, ReadOnlyMemory<byte>?>(StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in fields?.Members ?? [])
        {
            if (!EasyRtcNames.IsFieldName(name) || EasyRtcObject.Of(value) is not { } field || field.Text("fieldName") != name)
            {
                return false;
            }

            if (field.Has("fieldValue"))
            {
                values[name] = EasyRtcObject.Raw(field["fieldValue"]);
            }
        }

        return true;
    }

    private static IEnumerable<(RoomId Room, RoomMember Self)> SelfIn(SignalingSession session, RoomId room) =>
        session.Rooms.Find(room)?.Members.Where(member => member.ClientId == session.Id).Select(member => (room, member)) ?? [];
}
