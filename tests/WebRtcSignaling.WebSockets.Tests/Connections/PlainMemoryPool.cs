using System.Buffers;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>Memory for the pipes of a test that is not taken from the shared pool, so that only the server's own buffers are counted there.</summary>
internal sealed class PlainMemoryPool : MemoryPool<byte>
{
    public override int MaxBufferSize => int.MaxValue;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => new Block(new byte[Math.Max(4_096, minBufferSize)]);

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Block(byte[] array) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => array;

        public void Dispose()
        {
        }
    }
}
