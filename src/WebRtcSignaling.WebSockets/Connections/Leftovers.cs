using System.Buffers;
using WebRtcSignaling.WebSockets.Messages;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// What a peer still sends after our Close: thrown away up to its own Close. Ending before that was read could reset the connection, and the
/// peer would lose our Close.
/// </summary>
internal struct Leftovers
{
    /// <summary>How many bytes a peer may still send.</summary>
    private const long MaxBytes = 1024 * 1024;

    private long _bytes;

    /// <summary>Whether the peer has sent more than it may.</summary>
    public readonly bool IsTooMuch => _bytes > MaxBytes;

    /// <summary>Throws away what has come.</summary>
    /// <returns>Whether the peer's Close was among it.</returns>
    public bool Discard(MessageReader reader, ref ReadOnlySequence<byte> buffer)
    {
        long before = buffer.Length;
        ReadStatus status = ReadStatus.Message;
        while (status == ReadStatus.Message)
        {
            status = reader.TryRead(ref buffer, out IncomingMessage message);
            if (status == ReadStatus.Message && message.Kind == MessageKind.Close)
            {
                return true;
            }
        }

        if (status != ReadStatus.NeedMore)
        {
            // Once the peer has broken the rules, what it sends cannot be told apart.
            buffer = buffer.Slice(buffer.End);
        }

        _bytes += before - buffer.Length;
        return false;
    }
}
