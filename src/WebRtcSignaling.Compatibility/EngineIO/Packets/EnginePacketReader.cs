using System.Buffers;
using System.Buffers.Text;

namespace WebRtcSignaling.Compatibility.EngineIO.Packets;

/// <summary>
/// Reads one packet.
/// <code>
///   text   = type [data]          ; type: "0" to "6", data: UTF-8
///          / "b" "4" base64       ; version 3: a binary message for who has only text
///          / "b" base64           ; version 4: the same
///   binary = %x04 data            ; version 3
///          / data                 ; version 4: always a message
/// </code>
/// </summary>
internal static class EnginePacketReader
{
    private const byte BinaryMark = (byte)'b';
    private const byte MessageType = (byte)'4';

    /// <summary>Reads a packet from text.</summary>
    /// <param name="version">Whose packets they are.</param>
    /// <param name="text">Well-formed UTF-8.</param>
    /// <returns>The packet; <see cref="EnginePacket.Malformed"/> if there is none.</returns>
    public static EnginePacket ReadText(EngineVersion version, ReadOnlyMemory<byte> text)
    {
        if (text.IsEmpty)
        {
            return EnginePacket.Malformed;
        }

        byte first = text.Span[0];
        return first == BinaryMark ? ReadBase64(version, text[1..])
            : first is >= (byte)'0' and <= (byte)'6' ? new((EnginePacketType)(first - '0'), text[1..])
            : EnginePacket.Malformed;
    }

    /// <summary>Reads a packet from bytes that came as bytes.</summary>
    public static EnginePacket ReadBinary(EngineVersion version, ReadOnlyMemory<byte> bytes) =>
        version == EngineVersion.V4 ? new(EnginePacketType.Message, bytes, IsBinary: true)
        : !bytes.IsEmpty && bytes.Span[0] == (byte)EnginePacketType.Message ? new(EnginePacketType.Message, bytes[1..], IsBinary: true)
        : EnginePacket.Malformed;

    private static EnginePacket ReadBase64(EngineVersion version, ReadOnlyMemory<byte> text)
    {
        if (version == EngineVersion.V3)
        {
            if (text.IsEmpty || text.Span[0] != MessageType)
            {
                return EnginePacket.Malformed;
            }

            text = text[1..];
        }

        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text.Span, bytes, out _, out int written) == OperationStatus.Done
            ? new(EnginePacketType.Message, bytes.AsMemory(0, written), IsBinary: true)
            : EnginePacket.Malformed;
    }
}
