using System.Buffers.Text;

namespace WebRtcSignaling.Compatibility.SocketIO.Packets;

/// <summary>
/// Reads a packet of Socket.IO from a message of Engine.IO; versions 3 to 5 of the protocol write it alike.
/// <code>
///   packet      = type [attachments "-"] [namespace ","] [id] [json]   ; attachments exactly where the type is binary
///   namespace   = "/" *( any but "," )                                 ; its comma may be missing at the end of the packet
///   attachments = 1*DIGIT
///   id          = 1*DIGIT                                              ; up to 2^53 - 1, as far as JavaScript counts
/// </code>
/// </summary>
internal static class SocketPacketReader
{
    private const long MaxId = (1L << 53) - 1;

    /// <summary>Reads a packet.</summary>
    /// <param name="text">Well-formed UTF-8.</param>
    /// <param name="packet">The packet; it lies in the text.</param>
    /// <returns>Whether it has the form of one. Whether its payload is JSON, and allowed there, is another question.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> text, out SocketPacket packet)
    {
        packet = default;
        if (text.IsEmpty || text.Span[0] is < (byte)'0' or > (byte)'6')
        {
            return false;
        }

        var type = (SocketPacketType)(text.Span[0] - '0');
        ReadOnlyMemory<byte> rest = text[1..];
        int attachments = 0;
        if (type is SocketPacketType.BinaryEvent or SocketPacketType.BinaryAck && !TryReadAttachments(ref rest, out attachments))
        {
            return false;
        }

        ReadOnlyMemory<byte> name = ReadNamespace(ref rest);
        if (!TryReadId(ref rest, out long? id))
        {
            return false;
        }

        packet = new(type, attachments, name, id, rest);
        return true;
    }

    private static bool TryReadAttachments(ref ReadOnlyMemory<byte> rest, out int attachments)
    {
        ReadOnlySpan<byte> span = rest.Span;
        int digits = CountDigits(span);
        if (digits == 0
            || digits == span.Length
            || span[digits] != (byte)'-'
            || !Utf8Parser.TryParse(span[..digits], out attachments, out _))
        {
            attachments = 0;
            return false;
        }

        rest = rest[(digits + 1)..];
        return true;
    }

    private static ReadOnlyMemory<byte> ReadNamespace(ref ReadOnlyMemory<byte> rest)
    {
        if (rest.IsEmpty || rest.Span[0] != (byte)'/')
        {
            return default;
        }

        int comma = rest.Span.IndexOf((byte)',');
        ReadOnlyMemory<byte> name = comma < 0 ? rest : rest[..comma];
        rest = comma < 0 ? default : rest[(comma + 1)..];
        return name;
    }

    private static bool TryReadId(ref ReadOnlyMemory<byte> rest, out long? id)
    {
        id = null;
        int digits = CountDigits(rest.Span);
        if (digits == 0)
        {
            return true;
        }

        if (!Utf8Parser.TryParse(rest.Span[..digits], out long number, out _) || number > MaxId)
        {
            return false;
        }

        id = number;
        rest = rest[digits..];
        return true;
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        int other = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? text.Length : other;
    }
}
