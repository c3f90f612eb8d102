using System.Buffers;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.AspNetCore.Tests.Hosting;

public sealed class BlockPoolTests
{
    private readonly ManualTimeProvider _time = new();

    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(BlockPool.BlockSize)]
    public void Whatever_is_asked_for_a_whole_block_is_handed_out(int bytes)
    {
        using var pool = new BlockPool(_time);
        using IMemoryOwner<byte> block = pool.Rent(bytes);
        Assert.That(block.Memory.Length, Is.EqualTo(BlockPool.BlockSize).And.EqualTo(pool.MaxBufferSize));
    }

    [Test]
    public void More_than_a_block_is_refused()
    {
        using var pool = new BlockPool(_time);
        Assert.That(() => pool.Rent(BlockPool.BlockSize + 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void The_block_that_was_given_back_last_is_handed_out_first()
    {
        using var pool = new BlockPool(_time);
        IMemoryOwner<byte> first = pool.Rent();
        IMemoryOwner<byte> second = pool.Rent();
        Assert.That(second, Is.Not.SameAs(first));

        second.Dispose();
        first.Dispose();

        Assert.That((pool.Rent(), pool.Rent()), Is.EqualTo((first, second)));
    }

    [Test]
    public void A_block_that_is_given_back_twice_is_handed_out_once()
    {
        using var pool = new BlockPool(_time);
        IMemoryOwner<byte> block = pool.Rent();
        block.Dispose();
        block.Dispose();

        Assert.That(pool.FreeBlocks, Is.EqualTo(1));
        IMemoryOwner<byte> next = pool.Rent();
        Assert.That(pool.Rent(), Is.Not.SameAs(next));
    }

    [Test]
    public void Blocks_that_nobody_needed_for_a_while_are_dropped_and_the_others_kept()
    {
        using var pool = new BlockPool(_time);
        UseAtOnce(pool, 8);
        _time.Advance(BlockPool.TrimInterval);
        Assert.That(pool.FreeBlocks, Is.EqualTo(8), "They were in use meanwhile.");

        UseAtOnce(pool, 3);
        _time.Advance(BlockPool.TrimInterval);
        Assert.That(pool.FreeBlocks, Is.EqualTo(3));

        _time.Advance(BlockPool.TrimInterval);
        Assert.That(pool.FreeBlocks, Is.Zero);
    }

    [Test]
    public void Blocks_in_use_are_never_dropped()
    {
        using var pool = new BlockPool(_time);
        IMemoryOwner<byte> block = pool.Rent();
        block.Memory.Span.Fill(7);
        _time.Advance(3 * BlockPool.TrimInterval);

        Assert.That(block.Memory.Span.ContainsAnyExcept((byte)7), Is.False);
        block.Dispose();
        Assert.That(pool.Rent(), Is.SameAs(block));
    }

    [Test]
    public void After_its_end_nothing_is_handed_out_or_kept_and_no_timer_runs()
    {
        var pool = new BlockPool(_time);
        IMemoryOwner<byte> block = pool.Rent();
        UseAtOnce(pool, 2);

        pool.Dispose();
        pool.Dispose();
        block.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(() => pool.Rent(), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(pool.FreeBlocks, Is.Zero);
            Assert.That(_time.UndisposedTimers, Is.Zero);
        });
    }

    [Test]
    public async Task No_two_have_the_same_block_at_the_same_time()
    {
        const int Users = 4;
        const int Times = 2_000;
        using var pool = new BlockPool(_time);
        using var start = new Barrier(Users);

        bool[] wereAlone = await Task.WhenAll(Enumerable.Range(1, Users).Select(user => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                bool isAlone = true;
                for (int i = 0; i < Times; i++)
                {
                    using IMemoryOwner<byte> block = pool.Rent();
                    Span<byte> bytes = block.Memory.Span[..64];
                    bytes.Fill((byte)user);
                    isAlone &= !bytes.ContainsAnyExcept((byte)user);
                }

                return isAlone;
            },
            TaskCreationOptions.LongRunning))).WaitAsync(TestApp.Bound);

        Assert.That(wereAlone, Has.All.True);
        Assert.That(pool.FreeBlocks, Is.InRange(1, Users));
    }

    private static void UseAtOnce(BlockPool pool, int count)
    {
        IMemoryOwner<byte>[] blocks = [.. Enumerable.Range(0, count).Select(_ => pool.Rent())];
        Array.ForEach(blocks, static block => block.Dispose());
    }
}
