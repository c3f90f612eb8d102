using System.Buffers;
using System.Text.Json;

namespace Alternatives.WebSockets;

/// <summary>What the relay sends.</summary>
internal static class RelayMessage
{
    public static ReadOnlyMemory<byte> Welcome(string clientId) => Write(clientId, static (json, id) =>
    {
        json.WriteString("type"u8, "welcome"u8);
        json.WriteString("clientId"u8, id);
    });

    public static ReadOnlyMemory<byte> Joined(string room) => Write(room, static (json, name) =>
    {
        json.WriteString("type"u8, "room-joined"u8);
        json.WriteString("room"u8, name);
    });

    /// <summary>The data of a request, with its room and its sender.</summary>
    public static ReadOnlyMemory<byte> From(ReadOnlySpan<byte> type, string senderId, JsonElement request)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WritePropertyName("room"u8);
        request.GetProperty("room").WriteTo(json);
        json.WriteString("senderId"u8, senderId);
        json.WritePropertyName("data"u8);
        request.GetProperty("data").WriteTo(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Write(string value, Action<Utf8JsonWriter, string> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        write(json, value);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
