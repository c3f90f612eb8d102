using System.Text;
using System.Text.Json;

namespace WebRtcSignaling.Compatibility.EventDialects;

/// <summary>
/// The arguments of an event. A missing one reads as JSON <c>null</c>, because the clients of these systems leave out what they do not have. Strings that
/// hold half a surrogate pair read as missing.
/// </summary>
internal readonly struct EventArguments
{
    private readonly JsonElement _array;
    private readonly int _first;

    /// <param name="array">The array that they are in. They stay there: an event may have as many as it has bytes, and no dialect reads more than a few.</param>
    /// <param name="first">At which place the first one is.</param>
    public EventArguments(JsonElement array, int first)
    {
        _array = array;
        _first = first;
    }

    public int Count => _array.ValueKind == JsonValueKind.Array ? _array.GetArrayLength() - _first : 0;

    /// <summary>The argument at this place, of kind <see cref="JsonValueKind.Undefined"/> if there is none.</summary>
    public JsonElement this[int index] => index < Count ? _array[_first + index] : default;

    /// <summary>The argument as text, if it is a string.</summary>
    public string? GetString(int index) => GetString(this[index]);

    /// <summary>The argument's JSON as it was sent; <c>null</c> if there is none.</summary>
    public byte[] GetRaw(int index) => this[index].ValueKind == JsonValueKind.Undefined ? "null"u8.ToArray() : Encoding.UTF8.GetBytes(this[index].GetRawText());

    /// <summary>The text of an element, if it is a string of well-formed text.</summary>
    public static string? GetString(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
