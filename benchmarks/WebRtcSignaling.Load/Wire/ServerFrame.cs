using System.Buffers.Binary;

namespace WebRtcSignaling.Load.Wire;

/// <summary>A frame from a server: never masked, and with no reserved bit, since nothing was negotiated (RFC 6455 section 5.2).</summary>
/// <param name="Opcode">0 continuation, 1 text, 2 binary, 8 Close, 9 Ping, 10 Pong.</param>
/// <param name="IsFinal">Whether the message ends with it.</param>
/// <param name="HeaderLength">Where its payload begins.</param>
/// <param name="PayloadLength">How long that is.</param>
internal readonly record struct ServerFrame(int Opcode, bool IsFinal, int HeaderLength, int PayloadLength)
{
    public const int Continuation = 0;
    public const int Text = 1;
    public const int Close = 8;
    public const int Ping = 9;

    public int Length => HeaderLength + PayloadLength;

    /// <summary>Reads the frame at the beginning.</summary>
    /// <returns>Whether all of it is there.</returns>
    /// <exception cref="LoadException">No server may send that.</exception>
    public static bool TryRead(ReadOnlySpan<byte> input, out ServerFrame frame)
    {
        frame = default;
        if (input.Length < 2)
        {
            return false;
        }

        if ((input[0] & 0x70) != 0 || (input[1] & 0x80) != 0)
        {
            throw new LoadException("The server sent a frame that is masked or has a reserved bit.");
        }

        int headerLength = (input[1] & 0x7F) switch { 126 => 4, 127 => 10, _ => 2 };
        if (input.Length < headerLength)
        {
            return false;
        }

        ulong payloadLength = headerLength switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(input[2..]),
            10 => BinaryPrimitives.ReadUInt64BigEndian(input[2..]),
            _ => (ulong)(input[1] & 0x7F),
        };
        if (payloadLength > ClientConnection.MaxMessageBytes)
        {
            throw new LoadException($"The server sent a frame of {payloadLength} bytes.");
        }

        frame = new(input[0] & 0x0F, (input[0] & 0x80) != 0, headerLength, (int)payloadLength);
        return input.Length >= frame.Length;
    }
}
