using System.Text.Json.Nodes;

namespace WebRtcSignaling.Repository.Tests.Protocol;

/// <summary>Compares what came with what an example shows: <c>"*"</c> stands for anything, <c>"$name"</c> for one value wherever it appears.</summary>
internal sealed class ProtocolMatcher
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Puts known values in the place of their names.</summary>
    public string Fill(string json) =>
        _names.OrderByDescending(name => name.Key.Length).Aggregate(json, (text, name) => text.Replace($"\"{name.Key}\"", $"\"{name.Value}\"", StringComparison.Ordinal));

    /// <summary>Puts known values in the place of their names, wherever these stand.</summary>
    public string FillText(string text) =>
        _names.OrderByDescending(name => name.Key.Length).Aggregate(text, (filled, name) => filled.Replace(name.Key, name.Value, StringComparison.Ordinal));

    /// <summary>Makes a value known before it appears.</summary>
    public void Name(string name, string value) => _names.Add(name, value);

    /// <summary>What is different; <see langword="null"/> if nothing is.</summary>
    public string? Compare(JsonNode? expected, JsonNode? actual, string path = "")
    {
        if (expected is JsonValue placeholder && placeholder.TryGetValue(out string? text) && (text == "*" || text.StartsWith('$')))
        {
            return text == "*" ? (actual is null ? $"{path}: something, not null" : null) : CompareNamed(text, actual, path);
        }

        switch (expected)
        {
            case JsonObject expectedObject when actual is JsonObject actualObject:
                string[] differing = [.. expectedObject.Select(member => member.Key).Except(actualObject.Select(member => member.Key)).Select(key => $"{key} is missing"),
                    .. actualObject.Select(member => member.Key).Except(expectedObject.Select(member => member.Key)).Select(key => $"{key} is extra")];
                return differing.Length > 0
                    ? $"{path}: {string.Join(", ", differing)}"
                    : expectedObject.Select(member => Compare(member.Value, actualObject[member.Key], $"{path}.{member.Key}")).FirstOrDefault(difference => difference is not null);
            case JsonArray expectedArray when actual is JsonArray actualArray:
                return expectedArray.Count != actualArray.Count
                    ? $"{path}: {expectedArray.Count} elements, not {actualArray.Count}"
                    : expectedArray.Zip(actualArray).Select((pair, index) => Compare(pair.First, pair.Second, $"{path}[{index}]")).FirstOrDefault(difference => difference is not null);
            default:
                return JsonNode.DeepEquals(expected, actual) ? null : $"{path}: {expected?.ToJsonString() ?? "null"}, not {actual?.ToJsonString() ?? "null"}";
        }
    }

    private string? CompareNamed(string name, JsonNode? actual, string path)
    {
        if (actual is not JsonValue value || !value.TryGetValue(out string? text))
        {
            return $"{path}: the string {name}, not {actual?.ToJsonString() ?? "null"}";
        }

        if (_names.TryAdd(name, text) || _names[name] == text)
        {
            return null;
        }

        return $"{path}: {name}, which is {_names[name]}, not {text}";
    }
}
