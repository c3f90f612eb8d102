using System.Buffers;
using System.Buffers.Binary;

namespace WebRtcSignaling.Testing;

/// <summary>Counts a server's frames without reading them, for clients that must allocate nothing.</summary>
public static class ServerFrames
{
    private const int LongestHeader = 4;

    /// <summary>Takes the frames, each shorter than 64 kB, that are there as a whole.</summary>
    /// <returns>How many.</returns>
    public static int TakeWhole(ref ReadOnlySequence<byte> buffer)
    {
        int whole = 0;
        Span<byte> header = stackalloc byte[LongestHeader];
        while (buffer.Length >= header.Length)
        {
            buffer.Slice(0, header.Length).CopyTo(header);
            int length = header[1] < 126 ? 2 + header[1] : LongestHeader + BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
            if (buffer.Length < length)
            {
                break;
            }

            buffer = buffer.Slice(length);
            whole++;
        }

        return whole;
    }
}
