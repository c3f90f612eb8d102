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
        Span<byte> header = stackalloc byte[FrameWriter.MaxHeaderLength];
        int headerLength = FrameWriter.WriteHeader(header, opcode, head.Length + body.Length);
        Append(header[..headerLength]);
        Append(head);
        Append(body);
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

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > (_array?.Length ?? 0))
        {
            byte[] larger = FrameArrays.Rent(Math.Max(2 * Length, Length + bytes.Length));
            Span.CopyTo(larger);
            int length = Length;
            Release();
            _array = larger;
            Length = length;
        }

        bytes.CopyTo(_array.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Release()
    {
        if (_array is not null)
        {
            FrameArrays.Return(_array);
        }

        this = default;
    }
}
