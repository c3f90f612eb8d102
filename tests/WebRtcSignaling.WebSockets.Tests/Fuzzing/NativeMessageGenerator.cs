using System.Text;
using WebRtcSignaling.WebSockets.Tests.Native;

namespace WebRtcSignaling.WebSockets.Tests.Fuzzing;

/// <summary>Makes text messages for the native dialect: requests as they should be, the same with damage, and JSON of any shape.</summary>
internal sealed class NativeMessageGenerator(Random random, IReadOnlyList<string> clientIds)
{
    private static readonly string[] _names =
    [
        .. RequestShape.All.SelectMany(shape => shape.Members.Select(member => member.Name)).Distinct(), "type", "id", "username", "callId", "senderId", "x", "",
    ];

    private static readonly string[] _values =
    [
        "null", "true", "false", "0", "-1", "1", "4", "1e400", "1.5", "9223372036854775807", "99999999999999999999", "\"\"", "\"r\"", "\"s\"", "\"offer\"",
        "\"session\"", "\"member\"", "\"room\"", "\"video\"", "\"owner\"", "\"keep\"", "\"busy\"", "\"\\ud83d\"", "\"\\u0000\"", "\"é😀\"", "{}", "[]",
        "{\"a\":1}", "{\"a\":1,\"a\":2}", "{\"a\":null}", "[[[[1]]]]", " {\"b\" : [1,2, {\"c\":\"d\"}]} ",
    ];

    private static readonly string[] _tokens =
        ["{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "\\ud83d", "null", "type", "\0", "\uFEFF", " ", "1e", "-", "//", "é", "😀"];

    /// <summary>The next message. Half a surrogate pair, which damage may leave, becomes what UTF-8 has for it: the text is what is sent.</summary>
    public string Next() => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(random.Next(10) switch
    {
        0 => AnyJson(depth: 0),
        1 => AnyText(),
        2 or 3 => AnyRequest(),
        4 or 5 => Damage(Request()),
        _ => Request(),
    }));

    /// <summary>A request in good form, about rooms and clients that may be there.</summary>
    private string Request()
    {
        RequestShape shape = RequestShape.All[random.Next(RequestShape.All.Count)];
        string id = random.Next(3) == 0 ? "\"q\"" : $"{random.Next(1_000)}";
        string more = string.Concat(shape.Members
            .Where(member => !member.IsRequired && !member.IsShown && random.Next(3) == 0)
            .Select(member => $",\"{member.Name}\":{member.Good}"));
        return shape.ToJson(more: more, id: id)
            .Replace("$ben", AnyClient(), StringComparison.Ordinal)
            .Replace("\"r\"", $"\"{"rst"[random.Next(3)]}\"", StringComparison.Ordinal);
    }

    /// <summary>A type that there is, with members of any kind.</summary>
    private string AnyRequest()
    {
        var text = new StringBuilder($$"""{"type":"{{RequestShape.All[random.Next(RequestShape.All.Count)].Type}}" """);
        for (int members = random.Next(8); members > 0; members--)
        {
            string value = random.Next(5) == 0 ? $"\"{AnyClient()}\"" : random.Next(8) == 0 ? AnyJson(depth: 2) : _values[random.Next(_values.Length)];
            text.Append($",\"{_names[random.Next(_names.Length)]}\":{value}");
        }

        return text.Append('}').ToString();
    }

    private string Damage(string request)
    {
        var text = new StringBuilder(request);
        for (int count = random.Next(1, 4); count > 0 && text.Length > 0; count--)
        {
            int at = random.Next(text.Length);
            int length = Math.Min(random.Next(1, 12), text.Length - at);
            switch (random.Next(6))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, _tokens[random.Next(_tokens.Length)]);
                    break;
                case 2:
                    text.Insert(at, text.ToString(at, length));
                    break;
                case 3:
                    text.Insert(at, _values[random.Next(_values.Length)]);
                    break;
                case 4:
                    text[at] = (char)random.Next(128);
                    break;
                default:
                    text.Length = at;
                    break;
            }
        }

        return text.ToString();
    }

    private string AnyJson(int depth)
    {
        if (random.Next(40) == 0)
        {
            int deep = random.Next(200);
            return new string('[', deep) + new string(']', random.Next(3) == 0 ? deep : random.Next(200));
        }

        return random.Next(depth > 5 ? 1 : 3) switch
        {
            0 => _values[random.Next(_values.Length)],
            1 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => AnyJson(depth + 1)))}]",
            _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => $"\"{_names[random.Next(_names.Length)]}\":{AnyJson(depth + 1)}"))}}}",
        };
    }

    private string AnyText() => random.Next(3) == 0
        ? new string((char)random.Next(1, 0xD800), random.Next(20_000))
        : string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => _tokens[random.Next(_tokens.Length)]));

    private string AnyClient() => clientIds[random.Next(clientIds.Count)];
}
