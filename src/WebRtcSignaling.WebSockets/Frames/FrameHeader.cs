using System.Buffers;
using System.Buffers.Binary;

namespace WebRtcSignaling.WebSockets.Frames;

/// <summary>The header of a frame (RFC 6455 section 5.2), parsed and found to be allowed.</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-------+-+-------------+-------------------------------+
/// |F|R|R|R| opcode|M| Payload len |    Extended payload length    |
/// |I|S|S|S|  (4)  |A|     (7)     |             (16/64)           |
/// |N|V|V|V|       |S|             |   (if payload len==126/127)   |
/// | |1|2|3|       |K|             |                               |
/// +-+-+-+-+-------+-+-------------+ - - - - - - - - - - - - - - - +
/// |     Extended payload length continued, if payload len == 127  |
/// + - - - - - - - - - - - - - - - +-------------------------------+
/// |                               |Masking-key, if MASK set to 1  |
/// +-------------------------------+-------------------------------+
/// | Masking-key (continued)       |          Payload Data         |
/// +-------------------------------- - - - - - - - - - - - - - - - +
/// </code>
/// </remarks>
internal readonly struct FrameHeader
{
    /// <summary>Two bytes, eight of extended length, four of masking key.</summary>
    public const int MaxLength = 14;

    /// <summary>The most that a control frame may carry (section 5.5).</summary>
    public const int MaxControlPayload = 125;

    private const int FinBit = 0x80;
    private const int ReservedBits = 0x70;
    private const int OpcodeBits = 0x0F;
    private const int ControlBit = 0x08;
    private const int MaskBit = 0x80;
    private const int LengthBits = 0x7F;
    private const int TwoByteLength = 126;
    private const int EightByteLength = 127;

    private FrameHeader(byte first, bool isMasked, long payloadLength, uint maskingKey, int length)
    {
        Fin = (first & FinBit) != 0;
        Opcode = (Opcode)(first & OpcodeBits);
        IsMasked = isMasked;
        PayloadLength = payloadLength;
        MaskingKey = maskingKey;
        Length = length;
    }

    public bool Fin { get; }

    public Opcode Opcode { get; }

    public bool IsMasked { get; }

    public long PayloadLength { get; }

    /// <summary>The key's first byte in the lowest eight bits; 0, which changes nothing, in a frame without a mask.</summary>
    public uint MaskingKey { get; }

    /// <summary>The header's own bytes.</summary>
    public int Length { get; }

    public bool IsControl => ((int)Opcode & ControlBit) != 0;

    /// <summary>
    /// Reads a header from the beginning of <paramref name="bytes"/>. What is not allowed is refused with the first byte that
    /// makes it so, however the bytes arrive; the answer for a prefix never contradicts the answer for more.
    /// </summary>
    public static HeaderStatus Parse(
        in ReadOnlySequence<byte> bytes, in FrameContext context, out FrameHeader header, out ProtocolViolation? violation)
    {
        if (bytes.IsSingleSegment || bytes.FirstSpan.Length >= MaxLength)
        {
            return Parse(bytes.FirstSpan, context, out header, out violation);
        }

        Span<byte> joined = stackalloc byte[MaxLength];
        var length = (int)Math.Min(bytes.Length, MaxLength);
        bytes.Slice(0, length).CopyTo(joined);
        return Parse(joined[..length], context, out header, out violation);
    }

    /// <inheritdoc cref="Parse(in ReadOnlySequence{byte}, in FrameContext, out FrameHeader, out ProtocolViolation?)"/>
    public static HeaderStatus Parse(
        ReadOnlySpan<byte> bytes, in FrameContext context, out FrameHeader header, out ProtocolViolation? violation)
    {
        header = default;
        violation = null;
        if (bytes.IsEmpty)
        {
            return HeaderStatus.NeedMore;
        }

        violation = CheckFirstByte(bytes[0], context.InsideMessage);
        if (violation is not null)
        {
            return HeaderStatus.Refused;
        }

        if (bytes.Length < 2)
        {
            return HeaderStatus.NeedMore;
        }

        var payloadLength = 0L;
        violation = CheckSecondByte(bytes[0], bytes[1], context.ExpectMasked) ?? CheckLength(bytes, context.PayloadLimit, out payloadLength);
        if (violation is not null)
        {
            return HeaderStatus.Refused;
        }

        var lengthEnd = 2 + ExtendedLengthSize(bytes[1]);
        var length = context.ExpectMasked ? lengthEnd + sizeof(uint) : lengthEnd;
        if (bytes.Length < length)
        {
            return HeaderStatus.NeedMore;
        }

        var key = context.ExpectMasked ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[lengthEnd..]) : 0;
        header = new FrameHeader(bytes[0], context.ExpectMasked, payloadLength, key, length);
        return HeaderStatus.Complete;
    }

    private static ProtocolViolation? CheckFirstByte(byte first, bool insideMessage)
    {
        if ((first & ReservedBits) != 0)
        {
            return ProtocolViolation.ReservedBits;
        }

        switch ((Opcode)(first & OpcodeBits))
        {
            case Opcode.Continuation:
                return insideMessage ? null : ProtocolViolation.NothingToContinue;
            case Opcode.Text or Opcode.Binary:
                return insideMessage ? ProtocolViolation.MessageInterrupted : null;
            case Opcode.Close or Opcode.Ping or Opcode.Pong:
                return (first & FinBit) == 0 ? ProtocolViolation.ControlFragmented : null;
            default:
                return ProtocolViolation.ReservedOpcode;
        }
    }

    private static ProtocolViolation? CheckSecondByte(byte first, byte second, bool expectMasked)
    {
        if ((second & MaskBit) != 0 != expectMasked)
        {
            return expectMasked ? ProtocolViolation.NotMasked : ProtocolViolation.Masked;
        }

        if ((first & ControlBit) == 0)
        {
            return null;
        }

        var length = second & LengthBits;
        if (length > MaxControlPayload)
        {
            return ProtocolViolation.ControlTooLong;
        }

        // Section 5.5.1: a Close body, if there is one, begins with a code of two bytes.
        return length == 1 && (Opcode)(first & OpcodeBits) == Opcode.Close ? ProtocolViolation.CloseBodyTooShort : null;
    }

    /// <summary>
    /// Checks the length as far as its bytes are there: those that are missing leave a range of possible lengths,
    /// and a range that holds no allowed length is refused already.
    /// </summary>
    private static ProtocolViolation? CheckLength(ReadOnlySpan<byte> bytes, long limit, out long payloadLength)
    {
        var size = ExtendedLengthSize(bytes[1]);
        if (size == 0)
        {
            payloadLength = bytes[1] & LengthBits;
            return (bytes[0] & ControlBit) == 0 && payloadLength > limit ? ProtocolViolation.MessageTooBig : null;
        }

        payloadLength = 0;
        var missing = size - Math.Min(size, bytes.Length - 2);
        if (missing == size)
        {
            return null;
        }

        ulong least = 0;
        foreach (var part in bytes.Slice(2, size - missing))
        {
            least = (least << 8) | part;
        }

        least <<= 8 * missing;
        var most = least | ((1UL << (8 * missing)) - 1);
        if (least > long.MaxValue)
        {
            return ProtocolViolation.LengthTopBit;
        }

        if (most < (size == sizeof(ushort) ? (ulong)TwoByteLength : ushort.MaxValue + 1))
        {
            return ProtocolViolation.LengthNotMinimal;
        }

        payloadLength = (long)least;
        return payloadLength > limit ? ProtocolViolation.MessageTooBig : null;
    }

    private static int ExtendedLengthSize(byte second) => (second & LengthBits) switch
    {
        TwoByteLength => sizeof(ushort),
        EightByteLength => sizeof(ulong),
        _ => 0,
    };
}
