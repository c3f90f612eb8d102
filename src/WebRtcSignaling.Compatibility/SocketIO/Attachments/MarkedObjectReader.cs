using System.Text.Json;

namespace WebRtcSignaling.Compatibility.SocketIO.Attachments;

/// <summary>Finds the objects in JSON with a member whose value is <c>true</c> and whose name marks them as standing for bytes.</summary>
internal static class MarkedObjectReader
{
    /// <summary>Finds them, in order; no one is inside of another that is well-formed.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="mark">The name of the member that marks.</param>
    /// <param name="content">The name of the member beside it: a number, or base64.</param>
    /// <param name="forbidden">A name that no member may have.</param>
    /// <returns>The objects; <see langword="null"/> if the forbidden name is there, or this is no JSON.</returns>
    public static List<MarkedObject>? Find(
        ReadOnlySpan<byte> json, ReadOnlySpan<byte> mark, ReadOnlySpan<byte> content, ReadOnlySpan<byte> forbidden)
    {
        var found = new List<MarkedObject>();
        var open = new Stack<Candidate>();
        var member = Member.Other;
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName when !forbidden.IsEmpty && Is(in reader, forbidden):
                        return null;
                    case JsonTokenType.PropertyName:
                        open.Peek().Members++;
                        member = Is(in reader, mark) ? Member.Mark : Is(in reader, content) ? Member.Content : Member.Other;
                        continue;
                    case JsonTokenType.StartObject:
                        open.Push(new Candidate((int)reader.TokenStartIndex));
                        break;
                    case JsonTokenType.EndObject:
                        open.Pop().AddTo(found, (int)reader.BytesConsumed);
                        break;
                    case JsonTokenType.True when member == Member.Mark:
                        open.Peek().IsMarked = true;
                        break;
                    case JsonTokenType.Number when member == Member.Content && reader.TryGetInt32(out int number):
                        open.Peek().Number = number;
                        break;
                    case JsonTokenType.String when member == Member.Content && CanBeAscii(in reader) && reader.TryGetBytesFromBase64(out byte[]? bytes):
                        open.Peek().Bytes = bytes;
                        break;
                }

                member = Member.Other;
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return found;
    }

    private static bool Is(in Utf8JsonReader reader, ReadOnlySpan<byte> name) => CanBeAscii(in reader) && reader.ValueTextEquals(name);

    /// <summary>
    /// Whether no escape of the text is beyond ASCII as those of surrogates are, on half a pair of which the reader throws: a peer's event can hold thousands. A
    /// backslash that is itself escaped may look like one of those, but is in no name that is looked for, and in no base64.
    /// </summary>
    private static bool CanBeAscii(in Utf8JsonReader reader) =>
        !reader.ValueIsEscaped || (reader.ValueSpan.IndexOf("\\ud"u8) < 0 && reader.ValueSpan.IndexOf("\\uD"u8) < 0);

    private enum Member
    {
        Other,
        Mark,
        Content,
    }

    private sealed class Candidate(int start)
    {
        public int Members { get; set; }

        public bool IsMarked { get; set; }

        public int Number { get; set; } = -1;

        public byte[]? Bytes { get; set; }

        public void AddTo(List<MarkedObject> found, int end)
        {
            if (IsMarked)
            {
                found.Add(Members == 2 ? new(start, end, Number, Bytes) : new(start, end, -1, null));
            }
        }
    }
}
