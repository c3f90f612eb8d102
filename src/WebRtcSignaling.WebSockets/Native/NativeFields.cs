using System.Text.Json;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>Reads the object that <c>fields</c> holds: values to set, byte for byte as they were sent, and <c>null</c> for those to remove.</summary>
internal static class NativeFields
{
    /// <summary>Reads the changes, or says what is wrong with them.</summary>
    /// <param name="json">An object, well-formed.</param>
    /// <param name="problem">What is wrong; <see langword="null"/> if nothing is.</param>
    public static Dictionary<string, ReadOnlyMemory<byte>?> Read(ReadOnlySpan<byte> json, out FieldProblem? problem)
    {
        var changes = new Dictionary<string, ReadOnlyMemory<byte>?>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = NativeRequest.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (NativeText.Read(ref reader) is not { } name)
            {
                problem = FieldProblem.NameIsNoText;
                return changes;
            }

            if (!changes.TryAdd(name, ReadValue(ref reader, json)))
            {
                problem = FieldProblem.StandsTwice;
                return changes;
            }
        }

        problem = null;
        return changes;
    }

    /// <summary>A copy of its own for each value: it is kept for long, and must not keep the rest of the message with it.</summary>
    private static ReadOnlyMemory<byte>? ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        bool isNull = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        return isNull ? default(ReadOnlyMemory<byte>?) : json[start..(int)reader.BytesConsumed].ToArray();
    }
}
