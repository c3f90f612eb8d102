using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

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

        RandomNumberGenerator.Fill(frame.AsSpan(2 + lengthBytes, MaskLength));
        Overwrite(frame, 0, payload);
        return frame;
    }

    /// <summary>A text message as one whole frame.</summary>
    public static byte[] EncodeText(string message) => Encode(Text, Encoding.UTF8.GetBytes(message));

    /// <summary>Puts other bytes into the payload of a frame that <see cref="Encode"/> has made.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="offset">Where in its payload.</param>
    /// <param name="bytes">What to put there.</param>
    public static void Overwrite(Span<byte> frame, int offset, ReadOnlySpan<byte> bytes)
    {
        int lengthBytes = (frame[1] & 0x7F) switch { < 126 => 0, 126 => 2, _ => 8 };
        ReadOnlySpan<byte> mask = frame.Slice(2 + lengthBytes, MaskLength);
        Span<byte> masked = frame[(2 + lengthBytes + MaskLength)..];
        for (int i = 0; i < bytes.Length; i++)
        {
            masked[offset + i] = (byte)(bytes[i] ^ mask[(offset + i) % MaskLength]);
        }
    }
}
