using System.Text.Json;

namespace WebRtcSignaling.Compatibility.PeerJs.Messages;

/// <summary>
/// A message of a client: <c>{"type":TYPE,"dst":ID,"payload":ANY}</c>. What it says of <c>src</c> is not read, nor are other members.
/// </summary>
/// <param name="Type">Its type.</param>
/// <param name="Target">Whom it is for; <see langword="null"/> if it does not say.</param>
/// <param name="Payload">The content, byte for byte; empty if there is none.</param>
internal readonly record struct PeerJsMessage(string Type, string? Target, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Reads a message. Of a member that stands there twice the last one counts, as with JavaScript.</summary>
    /// <param name="json">The message; the result points into it.</param>
    /// <param name="message">What it says.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> json, out PeerJsMessage message)
    {
        message = default;
        var reader = new Utf8JsonReader(json.Span);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            ReadMembers(ref reader, json, out string? type, out string? target, out ReadOnlyMemory<byte> payload);
            if (type is null || reader.Read())
            {
                return false;
            }

            message = new PeerJsMessage(type, target, payload);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a text with half a surrogate pair.
            return false;
        }
    }

    private static void ReadMembers(
        ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, out string? type, out string? target, out ReadOnlyMemory<byte> payload)
    {
        type = null;
        target = null;
        payload = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("type"u8);
            bool isTarget = reader.ValueTextEquals("dst"u8);
            bool isPayload = reader.ValueTextEquals("payload"u8);
            reader.Read();
            if (isType)
            {
                type = TextOf(in reader);
            }
            else if (isTarget)
            {
                target = TextOf(in reader);
            }

            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isPayload)
            {
                payload = json[start..(int)reader.BytesConsumed];
            }
        }
    }

    private static string? TextOf(in Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
}
