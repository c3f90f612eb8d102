using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace WebRtcSignaling.AspNetCore.Hosting;

/// <summary>Gives a web server a pool for each of its parts that asks for one; each disposes its own.</summary>
internal sealed class BlockPoolFactory(TimeProvider? time = null) : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new BlockPool(time ?? TimeProvider.System);
}
