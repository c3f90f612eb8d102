using System.Collections.Frozen;
using System.Text.Json;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>How the values of an enumeration are called on the wire.</summary>
internal sealed class Words<T>
    where T : struct
{
    private readonly FrozenDictionary<string, T> _values;
    private readonly FrozenDictionary<T, JsonEncodedText> _texts;

    public Words(params (T Value, string Text)[] words)
    {
        _values = words.ToFrozenDictionary(word => word.Text, word => word.Value, StringComparer.Ordinal);
        _texts = words.ToFrozenDictionary(word => word.Value, word => JsonEncodedText.Encode(word.Text));
    }

    public JsonEncodedText this[T value] => _texts[value];

    public bool TryParse(string text, out T value) => _values.TryGetValue(text, out value);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _values.Keys);
}
