using System.Text.Json;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>
/// Answers to what a client asks: one JSON array with one object, as acknowledgements are.
/// <code>
///   [{"msgType":…,"msgData"?:…}]                                                   ; success
///   [{"msgType":"error","serverTime":…,"msgData":{"errorCode":…,"errorText":…}}]   ; refusal
/// </code>
/// </summary>
internal static class EasyRtcReply
{
    /// <summary>Done, and nothing to say about it.</summary>
    public static byte[] Ack { get; } = [.. "[{\"msgType\":\"ack\"}]"u8];

    /// <param name="code">One of <see cref="EasyRtcError"/>.</param>
    /// <param name="time">The time on the server.</param>
    public static byte[] Error(string code, DateTimeOffset time) => EasyRtcJson.Write((code, time), static (writer, error) =>
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("msgType", "error");
        writer.WriteNumber("serverTime", error.time.ToUnixTimeMilliseconds());
        writer.WriteStartObject("msgData");
        writer.WriteString("errorCode", error.code);
        writer.WriteString("errorText", EasyRtcError.TextOf(error.code));
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    /// <summary>The rooms that the client is in now because it asked for them.</summary>
    public static byte[] Joined(IReadOnlyList<RoomSnapshot> rooms) => RoomData(rooms, static (writer, joined) =>
    {
        foreach (RoomSnapshot room in joined)
        {
            writer.WriteJoinedRoom(room);
        }
    });

    /// <summary>The rooms that the client is in no more because it asked for that.</summary>
    public static byte[] Left(IReadOnlyList<RoomId> rooms) => RoomData(rooms, static (writer, left) =>
    {
        foreach (RoomId room in left)
        {
            writer.WriteStartRoom(room, "leave");
            writer.WriteEndObject();
        }
    });

    /// <summary>How rooms show the client from now on.</summary>
    public static byte[] Updated(IReadOnlyList<(RoomId Room, RoomMember Self)> rooms, bool withFields) =>
        RoomData((rooms, withFields), static (writer, updated) =>
        {
            foreach ((RoomId room, RoomMember self) in updated.rooms)
            {
                writer.WriteUpdatedRoom(room, self, updated.withFields);
            }
        });

    public static byte[] RoomList(RoomList list) => Write("roomList", list, static (writer, shown) =>
    {
        writer.WriteStartObject("roomList");
        foreach (RoomSummary room in shown.Rooms)
        {
            writer.WriteStartObject(room.Id.Value);
            writer.WriteString("roomName", room.Id.Value);
            writer.WriteNumber("numberClients", room.Members);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    public static byte[] IceConfig(IReadOnlyList<IceServer> servers) =>
        Write("iceConfig", servers, static (writer, list) => writer.WriteIceConfig(list));

    public static byte[] Token(EasyRtcToken token) => Write("token", token, static (writer, content) => content.Write(writer));

    /// <summary>What the host app's <see cref="IEasyRtcMessageHandler"/> says.</summary>
    public static byte[] Answer(EasyRtcAnswer answer) => EasyRtcJson.Write(answer, static (writer, said) =>
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("msgType", said.Type);
        if (!said.Data.IsEmpty)
        {
            writer.WriteRaw("msgData", said.Data.Span);
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    private static byte[] RoomData<TState>(TState state, Action<Utf8JsonWriter, TState> writeRooms) =>
        Write("roomData", (state, writeRooms), static (writer, rooms) =>
        {
            writer.WriteStartObject("roomData");
            rooms.writeRooms(writer, rooms.state);
            writer.WriteEndObject();
        });

    private static byte[] Write<TState>(string type, TState state, Action<Utf8JsonWriter, TState> writeData) =>
        EasyRtcJson.Write((type, state, writeData), static (writer, reply) =>
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("msgType", reply.type);
            writer.WriteStartObject("msgData");
            reply.writeData(writer, reply.state);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndArray();
        });
}
