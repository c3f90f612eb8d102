using System.Buffers.Binary;
using System.Security.Cryptography;

namespace WebRtcSignaling.Load.Wire;

/// <summary>A client's frames: final and masked (RFC 6455 section 5.3).</summary>
internal static class ClientFrame
{
    public const int Text = 1;
    public const int Pong = 10;

    private const int MaskLength = 4;

    /// <summary>One whole frame. What is sent often is encoded once, and has the same mask each time.</summary>
    public static byte[] Encode(int opcode, ReadOnlySpan<byte> payload)
    {
        int lengthBytes = payload.Length switch { < 126 => 0, <= ushort.MaxValue => 2, _ => 8 };
        byte[] frame = new byte[2 + lengthBytes + MaskLength + payload.Length];
        frame[0] = (byte)(0x80 | opcode);
        switch (lengthBytes)
        {
            case 0:
                frame[1] = (byte)(0x80 | payload.Length);
                break;
            case 2:
                frame[1] = 0x80 | 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
                break;
            default:
                frame[1] = 0x80 | 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)payload.Length);
                break;
        }

        Span<byte> mask = frame.AsSpan(2 + lengthBytes, MaskLength);
        RandomNumberGenerator.Fill(mask);
        Span<byte> masked = frame.AsSpan(2 + lengthBytes + MaskLength);
        for (int i = 0; i < payload.Length; i++)
        {
            masked[i] = (byte)(payload[i] ^ mask[i % MaskLength]);
        }

        return frame;
    }
}
