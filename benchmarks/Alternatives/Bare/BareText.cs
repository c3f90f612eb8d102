using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Alternatives.Bare;

/// <summary>The texts of the bare relay, which it searches and joins without understanding them.</summary>
internal static class BareText
{
    /// <summary>The longest start of a message, with room to spare.</summary>
    public const int MaxHead = 256;

    public static byte[] Welcome(int id) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"welcome","clientId":"{{id}}"}"""));

    /// <summary>What stands between a member's name, which ends with a quotation mark, and the next one.</summary>
    public static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name)
    {
        int start = message.IndexOf(name);
        if (start < 0)
        {
            return default;
        }

        ReadOnlySpan<byte> value = message[(start + name.Length)..];
        return value[..value.IndexOf((byte)'"')];
    }

    public static int NumberOf(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name) =>
        Utf8Parser.TryParse(ValueOf(message, name), out int number, out _) ? number : 0;

    /// <summary>The last member, with the end of the message.</summary>
    public static ReadOnlySpan<byte> DataOf(ReadOnlySpan<byte> message) => message[message.IndexOf("\"data\":"u8)..];

    /// <summary>All of a message but its data.</summary>
    public static ReadOnlySpan<byte> WriteHead(Span<byte> target, ReadOnlySpan<byte> type, ReadOnlySpan<byte> room, int senderId)
    {
        int length = Append(target, 0, "{\"type\":\""u8);
        length = Append(target, length, type);
        length = Append(target, length, "\",\"room\":\""u8);
        length = Append(target, length, room);
        length = Append(target, length, "\",\"senderId\":\""u8);
        Utf8Formatter.TryFormat(senderId, target[length..], out int digits);
        return target[..Append(target, length + digits, "\","u8)];
    }

    private static int Append(Span<byte> target, int length, ReadOnlySpan<byte> text)
    {
        text.CopyTo(target[length..]);
        return length + text.Length;
    }
}
