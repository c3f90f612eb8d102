using System.Buffers.Binary;
using System.Text;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Messages;

/// <summary>The body of a Close frame (RFC 6455 section 5.5.1): nothing, or a code of two bytes and a reason in UTF-8.</summary>
internal static class CloseBody
{
    /// <summary>
    /// Checks as much of a body as has arrived. At most 125 bytes, so that checking again what was checked before costs less than
    /// remembering it would.
    /// </summary>
    public static ProtocolViolation? Check(ReadOnlySpan<byte> arrived, bool isWhole)
    {
        if (arrived.Length < sizeof(ushort))
        {
            return null;
        }

        if (!ReadCode(arrived).IsAllowedOnWire())
        {
            return ProtocolViolation.CloseCodeForbidden;
        }

        var reason = default(Utf8Validator);
        var isGood = reason.Append(arrived[sizeof(ushort)..]) && (!isWhole || reason.Complete());
        return isGood ? null : ProtocolViolation.CloseReasonNotUtf8;
    }

    /// <summary>Makes the message of a whole body that <see cref="Check"/> found good.</summary>
    public static IncomingMessage ToMessage(ReadOnlyMemory<byte> body) => body.IsEmpty
        ? new IncomingMessage(body, closeCode: null, closeReason: "")
        : new IncomingMessage(body, ReadCode(body.Span), Encoding.UTF8.GetString(body.Span[sizeof(ushort)..]));

    private static CloseCode ReadCode(ReadOnlySpan<byte> body) => (CloseCode)BinaryPrimitives.ReadUInt16BigEndian(body);
}
