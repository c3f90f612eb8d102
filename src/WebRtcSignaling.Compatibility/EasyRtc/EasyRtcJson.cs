using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>The parts that answers and pushes have in common.</summary>
internal static class EasyRtcJson
{
    // Travels in JSON, never inside HTML. Pushes are written without their end, which differs from client to client.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, _options))
        {
            write(writer, state);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>A member that is JSON already.</summary>
    public static void WriteRaw(this Utf8JsonWriter writer, string name, ReadOnlySpan<byte> json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }

    /// <summary><c>"roomName":{"roomName":…,"roomStatus":"join","clientList":{…},"field"?}</c>: a room as somebody finds it who has just come in.</summary>
    public static void WriteJoinedRoom(this Utf8JsonWriter writer, RoomSnapshot room)
    {
        writer.WriteStartRoom(room.Id, "join");
        writer.WriteStartObject("clientList");
        foreach (RoomMember member in room.Members)
        {
            writer.WriteMember(member, withFields: true);
        }

        writer.WriteEndObject();
        if (room.Fields.Count > 0)
        {
            writer.WriteFields("field", room.Fields);
        }

        writer.WriteEndObject();
    }

    /// <summary><c>"roomName":{"roomName":…,"roomStatus":"update","clientListDelta":{"updateClient":{…}}}</c>: somebody in the room came, or changed.</summary>
    public static void WriteUpdatedRoom(this Utf8JsonWriter writer, RoomId room, RoomMember member, bool withFields)
    {
        writer.WriteStartRoom(room, "update");
        writer.WriteStartObject("clientListDelta");
        writer.WriteStartObject("updateClient");
        writer.WriteMember(member, withFields);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary><c>"roomName":{"roomName":…,"roomStatus":…</c>, with the end left to write.</summary>
    public static void WriteStartRoom(this Utf8JsonWriter writer, RoomId room, string status)
    {
        writer.WriteStartObject(room.Value);
        writer.WriteString("roomName", room.Value);
        writer.WriteString("roomStatus", status);
    }

    /// <summary>Fields, each under its name as <c>{"fieldName":…,"fieldValue":…}</c>.</summary>
    public static void WriteFields(this Utf8JsonWriter writer, string name, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> fields)
    {
        writer.WriteStartObject(name);
        foreach ((string field, ReadOnlyMemory<byte> value) in fields)
        {
            writer.WriteStartObject(field);
            writer.WriteString("fieldName", field);
            writer.WriteRaw("fieldValue", value.Span);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary><c>"iceConfig":{"iceServers":[…]}</c>.</summary>
    public static void WriteIceConfig(this Utf8JsonWriter writer, IReadOnlyList<IceServer> servers)
    {
        writer.WriteStartObject("iceConfig");
        writer.WriteIceServers(servers);
        writer.WriteEndObject();
    }

    /// <summary><c>"sessionData":{"easyrtcsid":…,"field"?}</c>.</summary>
    public static void WriteSessionData(this Utf8JsonWriter writer, string sessionId, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields)
    {
        writer.WriteStartObject("sessionData");
        writer.WriteString("easyrtcsid", sessionId);
        if (fields.Count > 0)
        {
            writer.WriteFields("field", fields);
        }

        writer.WriteEndObject();
    }

    /// <summary>The word for it on the wire.</summary>
    public static string WordOf(PresenceShow show) => show switch
    {
        PresenceShow.Away => "away",
        PresenceShow.Dnd => "dnd",
        PresenceShow.Xa => "xa",
        _ => "chat",
    };

    private static void WriteMember(this Utf8JsonWriter writer, RoomMember member, bool withFields)
    {
        Presence? presence = member.Profile.Presence;
        writer.WriteStartObject(member.ClientId.Value);
        writer.WriteString("easyrtcid", member.ClientId.Value);
        writer.WriteNumber("roomJoinTime", member.JoinedAt.ToUnixTimeMilliseconds());
        writer.WriteStartObject("presence");
        writer.WriteString("show", WordOf(presence?.Show ?? PresenceShow.Chat));
        writer.WriteString("status", presence?.Status);
        writer.WriteEndObject();
        if (withFields && member.Fields.Count > 0)
        {
            writer.WriteFields("apiField", member.Fields);
        }

        if (member.Profile.Username is { } username)
        {
            writer.WriteString("username", username);
        }

        writer.WriteEndObject();
    }
}
