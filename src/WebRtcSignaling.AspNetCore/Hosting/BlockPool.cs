using System.Buffers;
using System.Runtime.InteropServices;

namespace WebRtcSignaling.AspNetCore.Hosting;

/// <summary>
/// Blocks of memory for a web server's connections, all of the same size. The one given back last is handed out first, as it is the likeliest to be in the processor's caches. What was not needed for
/// ten seconds is left to the garbage collector (docs/decisions/0021-larger-blocks.md).
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class BlockPool : MemoryPool<byte>
{
    /// <summary>Takes two long session descriptions at once.</summary>
    public const int BlockSize = 16_384;

    /// <summary>How often unused blocks are dropped.</summary>
    public static readonly TimeSpan TrimInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Stack<Block> _free = [];
    private readonly ITimer _trimming;

    // How many free ones there were at all times since blocks were last dropped.
    private int _unused;
    private bool _isDisposed;

    /// <param name="time">When unused blocks are dropped.</param>
    public BlockPool(TimeProvider time) =>
        _trimming = time.CreateTimer(static pool => ((BlockPool)pool!).Trim(), this, TrimInterval, TrimInterval);

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockSize;

    /// <summary>How many blocks are kept that nobody uses now.</summary>
    public int FreeBlocks
    {
        get
        {
            lock (_lock)
            {
                return _free.Count;
            }
        }
    }

    /// <summary>Hands out a whole block. It may hold what somebody left in it.</summary>
    /// <param name="minBufferSize">At least so many bytes; -1 if that does not matter.</param>
    /// <exception cref="ArgumentOutOfRangeException">A block is smaller than that.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_free.TryPop(out Block? block))
            {
                _unused = Math.Min(_unused, _free.Count);
                block.IsRented = true;
                return block;
            }
        }

        return new Block(this) { IsRented = true };
    }

    /// <summary>Ends the pool. What is given back from now on is left to the garbage collector.</summary>
    protected override void Dispose(bool disposing)
    {
        _trimming.Dispose();
        lock (_lock)
        {
            _isDisposed = true;
            _free.Clear();
        }
    }

    private void Return(Block block)
    {
        lock (_lock)
        {
            // Once only: twice in the pool, it would be handed out to two.
            if (block.IsRented && !_isDisposed)
            {
                block.IsRented = false;
                _free.Push(block);
            }
        }
    }

    private void Trim()
    {
        lock (_lock)
        {
            for (; _unused > 0; _unused--)
            {
                _free.Pop();
            }

            _unused = _free.Count;
        }
    }

    /// <summary>Memory that the collector does not move, so that the operating system can be told where it is.</summary>
    private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        public bool IsRented { get; set; }

        public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true), 0, BlockSize);

        public void Dispose() => pool.Return(this);
    }
}
