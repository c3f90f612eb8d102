using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using WebRtcSignaling.Compatibility.EventDialects;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>
/// The members of a JSON object as EasyRTC's own server sees them: of several with one name, the last. Members whose names are no well-formed text are left
/// out. Lives as long as the document.
/// </summary>
internal sealed class EasyRtcObject
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);

    private EasyRtcObject()
    {
    }

    /// <summary>The members in the order in which their names came first.</summary>
    public IReadOnlyCollection<KeyValuePair<string, JsonElement>> Members => _members;

    public bool IsEmpty => _members.Count == 0;

    /// <summary>The member of that name, of kind <see cref="JsonValueKind.Undefined"/> if there is none.</summary>
    public JsonElement this[string name] => _members.GetValueOrDefault(name);

    /// <summary>The object; <see langword="null"/> if the element is none.</summary>
    public static EasyRtcObject? Of(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var read = new EasyRtcObject();
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (EscapedText.IsWellFormed(JsonMarshal.GetRawUtf8PropertyName(member)))
            {
                read._members[member.Name] = member.Value;
            }
        }

        return read;
    }

    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>The member as text, if it is a string of well-formed text.</summary>
    public string? Text(string name) => EventArguments.GetString(this[name]);

    /// <summary>The member as an object, if it is one.</summary>
    public EasyRtcObject? Object(string name) => Of(this[name]);

    /// <summary>An element's JSON as it was sent; empty if there is none.</summary>
    public static byte[] Raw(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? [] : Encoding.UTF8.GetBytes(element.GetRawText());
}
