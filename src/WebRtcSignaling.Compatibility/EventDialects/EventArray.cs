using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WebRtcSignaling.Compatibility.EventDialects;

/// <summary>An event as all wires write it: a JSON array of its name and its arguments.</summary>
internal static class EventArray
{
    // Events travel in JSON, never inside HTML: only what JSON itself forbids is escaped.
    private static readonly JsonWriterOptions _options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes an event.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="state">What its arguments are made of.</param>
    /// <param name="writeArguments">Writes the arguments.</param>
    public static byte[] Write<TState>(string name, TState state, Action<Utf8JsonWriter, TState> writeArguments)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, _options))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(name);
            writeArguments(writer, state);
            writer.WriteEndArray();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Takes an event apart.</summary>
    /// <param name="array">The JSON.</param>
    /// <param name="nameAt">At which place of the array the name is.</param>
    /// <param name="name">The name; empty if it is one that no dialect can have, such as a number.</param>
    /// <param name="arguments">The arguments. They live as long as the document that the array belongs to.</param>
    /// <returns>Whether it is an event.</returns>
    public static bool TryRead(JsonElement array, int nameAt, out string name, out EventArguments arguments)
    {
        name = "";
        arguments = default;
        if (array.ValueKind != JsonValueKind.Array
            || array.GetArrayLength() <= nameAt
            || array[nameAt].ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            return false;
        }

        name = EventArguments.GetString(array[nameAt]) ?? "";
        arguments = new EventArguments(array, nameAt + 1);
        return true;
    }
}
