using System.Buffers.Text;
using System.Diagnostics;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>How a message of a session begins that outlives its connection: with its number, before its own members.</summary>
internal static class NumberedHead
{
    /// <summary>The longest there is, with room to spare.</summary>
    public const int MaxLength = 64;

    /// <param name="target">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="number">The message's number.</param>
    /// <param name="taken">The last request that was taken, where the client does not know; <see langword="null"/> where it does.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> target, long number, long? taken)
    {
        int length = Write(target, "{\"seq\":"u8, number);
        if (taken is { } last)
        {
            length += Write(target[length..], ",\"ack\":"u8, last);
        }

        target[length++] = (byte)',';
        return length;
    }

    /// <summary>What follows the head: a message without its opening brace.</summary>
    public static ReadOnlySpan<byte> MembersOf(ReadOnlySpan<byte> message)
    {
        Debug.Assert(message.StartsWith("{\""u8), "There are members for others to go before.");
        return message[1..];
    }

    private static int Write(Span<byte> target, ReadOnlySpan<byte> name, long number)
    {
        name.CopyTo(target);
        Utf8Formatter.TryFormat(number, target[name.Length..], out int digits);
        return name.Length + digits;
    }
}
