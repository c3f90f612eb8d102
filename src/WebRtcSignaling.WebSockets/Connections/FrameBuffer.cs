using System.Buffers;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>Frames that wait for one flush, in a pooled array (<see cref="FrameArrays"/>) that grows by doubling; an idle connection holds none.</summary>
internal struct FrameBuffer
{
    private byte[]? _array;

    public int Length { get; private set; }

    public readonly int Capacity => _array?.Length ?? 0;

    public readonly ReadOnlySpan<byte> Span => _array.AsSpan(0, Length);

    /// <summary>Appends a frame whose payload comes in two pieces.</summary>
    public void Append(Opcode opcode, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        int payloadLength = head.Length + body.Length;
        Span<byte> frame = Add(FrameWriter.GetHeaderLength(payloadLength) + payloadLength);
        int headerLength = FrameWriter.WriteHeader(frame, opcode, payloadLength);
        head.CopyTo(frame[headerLength..]);
        body.CopyTo(frame[(headerLength + head.Length)..]);
    }

    public void AppendClose(CloseCode? code, string? reason)
    {
        var close = new ArrayBufferWriter<byte>(FrameHeader.MaxControlPayload + FrameWriter.MaxHeaderLength);
        if (code is { } given)
        {
            FrameWriter.WriteClose(close, given, reason);
        }
        else
        {
            FrameWriter.WriteClose(close);
        }

        Append(close.WrittenSpan);
    }

    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Add(bytes.Length));

    public void Release()
    {
        if (_array is not null)
        {
            FrameArrays.Return(_array);
        }

        this = default;
    }

    /// <summary>Makes it so much longer.</summary>
    /// <returns>What is to be filled.</returns>
    private Span<byte> Add(int count)
    {
        int length = Length;
        if (length + count > Capacity)
        {
            byte[] larger = FrameArrays.Rent(Math.Max(2 * length, length + count));
            Span.CopyTo(larger);
            Release();
            _array = larger;
        }

        Length = length + count;
        return _array.AsSpan(length, count);
    }
}
