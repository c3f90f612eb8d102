using System.Buffers.Binary;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>What our Pings carry, and their Pongs bring back: the number of the last message before them; nothing where messages have no numbers.</summary>
internal static class PingPayload
{
    /// <summary>The bytes of a number.</summary>
    public const int Length = sizeof(long);

    /// <summary>Writes a number.</summary>
    /// <param name="target">At least <see cref="Length"/> bytes.</param>
    /// <param name="number">The number; 0 for none.</param>
    /// <returns>What was written.</returns>
    public static ReadOnlySpan<byte> Write(Span<byte> target, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(target, number);
        return number == 0 ? [] : target[..Length];
    }

    /// <summary>Reads a number, if there is one: a client may send Pongs of its own.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out long number)
    {
        number = payload.Length == Length ? BinaryPrimitives.ReadInt64BigEndian(payload) : 0;
        return number > 0;
    }
}
