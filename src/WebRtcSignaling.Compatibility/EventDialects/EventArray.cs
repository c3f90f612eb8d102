using System.Text.Json;

namespace WebRtcSignaling.Compatibility.EventDialects;

/// <summary>An event as all wires write it: a JSON array of its name and its arguments.</summary>
internal static class EventArray
{
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
        arguments = new EventArguments([.. array.EnumerateArray().Skip(nameAt + 1)]);
        return true;
    }
}
