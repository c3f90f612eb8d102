using System.Text.Json;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The answers that are not events. Each is valid until the next message is written on this thread.</summary>
internal static class NativeAnswers
{
    public static ReadOnlySpan<byte> Ok(RequestId id)
    {
        JsonScratch scratch = JsonScratch.Begin(NativeNames.Ok);
        scratch.Writer.WriteId(id);
        return scratch.End();
    }

    public static ReadOnlySpan<byte> Pong(RequestId id)
    {
        JsonScratch scratch = JsonScratch.Begin(NativeTypes.Pong);
        scratch.Writer.WriteId(id);
        return scratch.End();
    }

    public static ReadOnlySpan<byte> Refusal(RequestId id, SignalingError error)
    {
        JsonScratch scratch = JsonScratch.Begin(TypeOf(error));
        Utf8JsonWriter writer = scratch.Writer;
        writer.WriteId(id);
        writer.WriteString("code", error.Code);
        writer.WriteString("message", error.Message);
        writer.WriteOptional("room", error.Room);
        writer.WriteOptional("targetId", error.TargetId);
        if (error.RetryAfter is { } retryAfter)
        {
            writer.WriteNumber("retryAfter", (long)Math.Ceiling(retryAfter.TotalMilliseconds));
        }

        return scratch.End();
    }

    /// <summary>Tells which of the client's requests were taken, where nothing else is to be said.</summary>
    public static ReadOnlySpan<byte> Acknowledgement(long taken)
    {
        JsonScratch scratch = JsonScratch.Begin(NativeNames.Ack);
        scratch.Writer.WriteNumber(NativeNames.Ack, taken);
        return scratch.End();
    }

    public static ReadOnlySpan<byte> IceServers(RequestId id, IReadOnlyList<IceServer> servers)
    {
        JsonScratch scratch = JsonScratch.Begin(NativeTypes.IceServers);
        scratch.Writer.WriteId(id);
        scratch.Writer.WriteIceServers(servers);
        return scratch.End();
    }

    public static ReadOnlySpan<byte> RoomList(RequestId id, RoomList list)
    {
        JsonScratch scratch = JsonScratch.Begin(NativeTypes.RoomList);
        Utf8JsonWriter writer = scratch.Writer;
        writer.WriteId(id);
        writer.WriteStartArray("rooms");
        foreach (RoomSummary room in list.Rooms)
        {
            writer.WriteStartObject();
            writer.WriteString(NativeNames.Room, room.Id.Value);
            writer.WriteOptional("name", room.Settings.DisplayName);
            writer.WriteNumber("members", room.Members);
            writer.WriteNumber("capacity", room.Settings.Capacity);
            writer.WriteBoolean("password", room.Settings.HasPassword);
            writer.WriteBoolean("locked", room.Settings.Locked);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("truncated", list.IsTruncated);
        return scratch.End();
    }

    private static JsonEncodedText TypeOf(SignalingError error) => error.Code switch
    {
        SignalingErrorCode.RoomExists => NativeTypes.RoomExists,
        SignalingErrorCode.RoomNotExists => NativeTypes.RoomNotExists,
        SignalingErrorCode.NotInRoom => NativeTypes.NotInRoom,
        SignalingErrorCode.TargetNotFound => NativeTypes.TargetNotFound,
        _ => NativeTypes.Error,
    };
}
