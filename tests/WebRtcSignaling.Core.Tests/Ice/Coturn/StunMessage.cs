using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace WebRtcSignaling.Core.Tests.Ice.Coturn;

/// <summary>A STUN message (RFC 8489 section 5), written attribute by attribute or read from a datagram.</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0 0|     STUN Message Type     |         Message Length        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                         Magic Cookie                          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                     Transaction ID (96 bits)                  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// </code>
/// Each attribute is a 16-bit type, a 16-bit length and a value padded to four bytes (section 14).
/// </remarks>
internal sealed class StunMessage
{
    private const uint MagicCookie = 0x2112A442;
    private const int HeaderLength = 20;
    private const int IntegrityLength = 4 + 20;

    private readonly List<(StunAttribute Type, byte[] Value, int Offset)> _attributes = [];
    private byte[] _bytes;

    internal StunMessage(StunType type)
    {
        _bytes = new byte[HeaderLength];
        BinaryPrimitives.WriteUInt16BigEndian(_bytes, (ushort)type);
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(4), MagicCookie);
        RandomNumberGenerator.Fill(_bytes.AsSpan(8, 12));
    }

    private StunMessage(byte[] bytes) => _bytes = bytes;

    internal StunType Type => (StunType)BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    internal string TransactionId => Convert.ToHexString(_bytes, 8, 12);

    internal byte[] Bytes => _bytes;

    internal static StunMessage Parse(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < HeaderLength
            || BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) != MagicCookie
            || BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != datagram.Length - HeaderLength)
        {
            throw new InvalidDataException("Not a STUN message.");
        }

        var message = new StunMessage(datagram.ToArray());
        for (int offset = HeaderLength; offset < datagram.Length;)
        {
            var type = (StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(datagram[offset..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[(offset + 2)..]);
            message._attributes.Add((type, datagram.Slice(offset + 4, length).ToArray(), offset));
            offset += 4 + Padded(length);
        }

        return message;
    }

    internal StunMessage Add(StunAttribute type, ReadOnlySpan<byte> value)
    {
        int offset = _bytes.Length;
        Array.Resize(ref _bytes, offset + 4 + Padded(value.Length));
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(offset), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(offset + 2), (ushort)value.Length);
        value.CopyTo(_bytes.AsSpan(offset + 4));
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(2), (ushort)(_bytes.Length - HeaderLength));
        _attributes.Add((type, value.ToArray(), offset));
        return this;
    }

    internal StunMessage Add(StunAttribute type, string value) => Add(type, Encoding.UTF8.GetBytes(value));

    internal StunMessage Add(StunAttribute type, uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Add(type, bytes);
    }

    /// <summary>An IPv4 address, combined with the magic cookie by exclusive or (RFC 8489 section 14.2).</summary>
    internal StunMessage Add(StunAttribute type, IPEndPoint address)
    {
        byte[] value = new byte[8];
        value[1] = 0x01;
        BinaryPrimitives.WriteUInt16BigEndian(value.AsSpan(2), (ushort)(address.Port ^ (MagicCookie >> 16)));
        uint ip = BinaryPrimitives.ReadUInt32BigEndian(address.Address.GetAddressBytes());
        BinaryPrimitives.WriteUInt32BigEndian(value.AsSpan(4), ip ^ MagicCookie);
        return Add(type, value);
    }

    /// <summary>Adds MESSAGE-INTEGRITY over all that is there (RFC 8489 section 14.5), so it comes last.</summary>
    internal StunMessage Sign(byte[] key) => Add(StunAttribute.MessageIntegrity, ComputeIntegrity(_bytes.Length, key));

    /// <summary>Whether the message has a MESSAGE-INTEGRITY of that key.</summary>
    internal bool IsSignedBy(byte[] key)
    {
        (_, byte[]? value, int offset) = _attributes.Find(static attribute => attribute.Type == StunAttribute.MessageIntegrity);
        return value is not null && value.AsSpan().SequenceEqual(ComputeIntegrity(offset, key));
    }

    internal byte[]? Find(StunAttribute type) => _attributes.Find(attribute => attribute.Type == type).Value;

    internal string? FindText(StunAttribute type) => Find(type) is { } value ? Encoding.UTF8.GetString(value) : null;

    internal IPEndPoint? FindAddress(StunAttribute type) =>
        Find(type) is [_, 0x01, ..] value
            ? new IPEndPoint(
                new IPAddress([(byte)(value[4] ^ 0x21), (byte)(value[5] ^ 0x12), (byte)(value[6] ^ 0xA4), (byte)(value[7] ^ 0x42)]),
                BinaryPrimitives.ReadUInt16BigEndian(value.AsSpan(2)) ^ (int)(MagicCookie >> 16))
            : null;

    /// <summary>The error's number: hundreds in the third byte, the rest in the fourth (RFC 8489 section 14.8).</summary>
    internal int? FindErrorCode() => Find(StunAttribute.ErrorCode) is { } value ? ((value[2] & 7) * 100) + value[3] : null;

    private static int Padded(int length) => (length + 3) & ~3;

    private byte[] ComputeIntegrity(int end, byte[] key)
    {
        // The header's length counts up to the end of MESSAGE-INTEGRITY, and what follows it is left out.
        byte[] covered = _bytes[..end];
        BinaryPrimitives.WriteUInt16BigEndian(covered.AsSpan(2), (ushort)(end + IntegrityLength - HeaderLength));
#pragma warning disable CA5350 // The algorithm is the protocol's.
        return HMACSHA1.HashData(key, covered);
#pragma warning restore CA5350
    }
}
