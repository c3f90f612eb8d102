using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WebRtcSignaling.WebSockets.Frames;

/// <summary>
/// The mask of client frames (RFC 6455 section 5.3): byte <c>i</c> of the payload is XORed with byte <c>i mod 4</c> of the key.
/// </summary>
internal static class FrameMask
{
    /// <summary>
    /// Copies <paramref name="source"/> to <paramref name="destination"/> and takes the mask off (or puts it on) on the way, so that
    /// the transport's own memory stays as it is and the bytes are touched once.
    /// </summary>
    /// <param name="source">A part of a frame's payload.</param>
    /// <param name="destination">At least as long; the same memory or memory that does not overlap.</param>
    /// <param name="key"><see cref="FrameHeader.MaskingKey"/>.</param>
    /// <param name="offset">How many of the frame's payload bytes come before <paramref name="source"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static void Copy(ReadOnlySpan<byte> source, Span<byte> destination, uint key, long offset)
    {
        if (key == 0)
        {
            source.CopyTo(destination);
            return;
        }

        if (destination.Length < source.Length)
        {
            throw new ArgumentException("The destination is too short.", nameof(destination));
        }

        // Turned so that its lowest byte belongs to source[0]. All steps below but the last are multiples of four: it stays so.
        key = BitOperations.RotateRight(key, 8 * (int)(offset & 3));
        var done = CopyWide(source, destination, BitConverter.IsLittleEndian ? key : BinaryPrimitives.ReverseEndianness(key));
        for (; done < source.Length; done++)
        {
            destination[done] = (byte)(source[done] ^ (key >> (8 * (done & 3))));
        }
    }

    /// <summary>All but the last few bytes, in the widest steps that the processor has (UnmaskingBenchmarks).</summary>
    /// <returns>How many bytes are done; a multiple of four.</returns>
    private static int CopyWide(ReadOnlySpan<byte> source, Span<byte> destination, uint key)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination);
        var done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var mask = Vector256.Create(key).AsByte();
            for (; done <= source.Length - Vector256<byte>.Count; done += Vector256<byte>.Count)
            {
                (Vector256.LoadUnsafe(ref from, (nuint)done) ^ mask).StoreUnsafe(ref to, (nuint)done);
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            var mask = Vector128.Create(key).AsByte();
            for (; done <= source.Length - Vector128<byte>.Count; done += Vector128<byte>.Count)
            {
                (Vector128.LoadUnsafe(ref from, (nuint)done) ^ mask).StoreUnsafe(ref to, (nuint)done);
            }
        }

        for (; done <= source.Length - sizeof(uint); done += sizeof(uint))
        {
            var part = MemoryMarshal.Read<uint>(source[done..]) ^ key;
            MemoryMarshal.Write(destination[done..], in part);
        }

        return done;
    }
}
