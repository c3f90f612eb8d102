using System.Buffers.Binary;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.Benchmarks.Frames;

/// <summary>Makes a client's frames as input.</summary>
internal static class MaskedFrame
{
    public const uint Key = 0x3D21FA37;

    public static byte[] Of(Opcode opcode, ReadOnlySpan<byte> payload, bool fin = true)
    {
        var headerLength = FrameWriter.GetHeaderLength(payload.Length);
        var frame = new byte[headerLength + sizeof(uint) + payload.Length];
        FrameWriter.WriteHeader(frame, opcode, payload.Length, fin);
        frame[1] |= 0x80;
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(headerLength), Key);
        FrameMask.Copy(payload, frame.AsSpan(headerLength + sizeof(uint)), Key, offset: 0);
        return frame;
    }
}
