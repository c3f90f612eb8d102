using System.Text.Json;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>
/// What a client hears unasked, without its end: <c>["easyrtcCmd",{…</c>. <see cref="EasyRtcOutput"/> adds whom it goes to and when, and closes it.
/// </summary>
internal static class EasyRtcPush
{
    /// <summary>A signal; empty where EasyRTC has no word for it, or it would break its clients.</summary>
    public static byte[] Signal(SessionId sender, SignalKind kind, ReadOnlySpan<byte> payload)
    {
        string? type = WordOf(kind);
        bool hasData = kind is SignalKind.Offer or SignalKind.Answer or SignalKind.Candidate;
        return type is null || (hasData && payload.IsEmpty)
            ? []
            : Write(EasyRtcDialect.Command, type, (sender, data: hasData ? payload.ToArray() : []), static (writer, signal) =>
            {
                writer.WriteString("senderEasyrtcid", signal.sender.Value);
                if (signal.data.Length > 0)
                {
                    writer.WriteRaw("msgData", signal.data);
                }
            });
    }

    /// <summary>Somebody in a room came, or changed.</summary>
    public static byte[] Updated(RoomId room, RoomMember member, bool withFields) =>
        RoomData((room, member, withFields), static (writer, update) => writer.WriteUpdatedRoom(update.room, update.member, update.withFields));

    /// <summary>Somebody is gone from a room.</summary>
    public static byte[] Removed(RoomId room, SessionId client) => RoomData((room, client), static (writer, removed) =>
    {
        writer.WriteStartRoom(removed.room, "update");
        writer.WriteStartObject("clientListDelta");
        writer.WriteStartObject("removeClient");
        writer.WriteStartObject(removed.client.Value);
        writer.WriteString("easyrtcid", removed.client.Value);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>The client was put out of a room, or the room is closed.</summary>
    public static byte[] PutOut(RoomId room) => RoomData(room, static (writer, left) =>
    {
        writer.WriteStartRoom(left, "leave");
        writer.WriteEndObject();
    });

    /// <summary>A room has these fields from now on.</summary>
    public static byte[] RoomFields(RoomId room, FieldMap fields) => RoomData((room, fields), static (writer, changed) =>
    {
        writer.WriteStartRoom(changed.room, "update");
        writer.WriteFields("field", changed.fields);
        writer.WriteEndObject();
    });

    public static byte[] IceConfig(IReadOnlyList<IceServer> servers) =>
        Command("iceConfig", servers, static (writer, list) => writer.WriteIceConfig(list));

    public static byte[] SessionData(string sessionId, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields) =>
        Command("sessionData", (sessionId, fields), static (writer, data) => writer.WriteSessionData(data.sessionId, data.fields));

    public static byte[] ForwardToUrl(Uri url, bool inNewWindow) => Command("forwardToUrl", (url, inNewWindow), static (writer, forward) =>
    {
        writer.WriteStartObject("forwardToUrl");
        writer.WriteString("url", forward.url.OriginalString);
        writer.WriteEndObject();
        if (forward.inNewWindow)
        {
            writer.WriteBoolean("newWindow", true);
        }
    });

    public static byte[] Error(string code, string text) => Command("error", (code, text), static (writer, error) =>
    {
        writer.WriteString("errorCode", error.code);
        writer.WriteString("errorText", error.text);
    });

    /// <summary>An event with these members.</summary>
    public static byte[] Write<TState>(string name, string type, TState state, Action<Utf8JsonWriter, TState> writeMembers) =>
        EasyRtcJson.Write((name, type, state, writeMembers), static (writer, push) =>
        {
            writer.WriteStartArray();
            writer.WriteStringValue(push.name);
            writer.WriteStartObject();
            writer.WriteString("msgType", push.type);
            push.writeMembers(writer, push.state);
        });

    private static byte[] RoomData<TState>(TState state, Action<Utf8JsonWriter, TState> writeRoom) =>
        Command("roomData", (state, writeRoom), static (writer, data) =>
        {
            writer.WriteStartObject("roomData");
            data.writeRoom(writer, data.state);
            writer.WriteEndObject();
        });

    private static byte[] Command<TState>(string type, TState state, Action<Utf8JsonWriter, TState> writeData) =>
        Write(EasyRtcDialect.Command, type, (state, writeData), static (writer, command) =>
        {
            writer.WriteStartObject("msgData");
            command.writeData(writer, command.state);
            writer.WriteEndObject();
        });

    private static string? WordOf(SignalKind kind) => kind switch
    {
        SignalKind.Offer => "offer",
        SignalKind.Answer => "answer",
        SignalKind.Candidate => "candidate",
        SignalKind.Reject => "reject",
        SignalKind.Hangup => "hangup",
        _ => null,
    };
}
