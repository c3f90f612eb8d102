using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>When memory is given back, in a process whose figures the test sets.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class IdleCollectorTests
{
    private static readonly IdleCollectorOptions _options = new();

    private readonly ManualTimeProvider _time = new();
    private ProcessUse _use;
    private int _collections;

    [Test]
    public void A_process_that_is_quiet_after_it_has_allocated_much_is_collected_once()
    {
        using IdleCollector collector = Start();
        Work(cpu: 0, allocated: _options.MinAllocatedBytes);
        Pass();
        Assert.That(_collections, Is.Zero, "it was allocating");

        Pass();
        Assert.That(_collections, Is.EqualTo(1));

        for (int i = 0; i < 10; i++)
        {
            Work(cpu: 2, allocated: 1_000_000);
            Pass();
        }

        Assert.That(_collections, Is.EqualTo(1), "little was allocated since");
    }

    [Test]
    public void A_process_that_goes_on_allocating_slowly_is_collected_again_when_it_is_worth_it()
    {
        using IdleCollector collector = Start();
        for (int i = 0; i < 81; i++)
        {
            Work(cpu: 0.1, allocated: (_options.MinAllocatedBytes / 20) + 1);
            Pass();
        }

        Assert.That(_collections, Is.EqualTo(4));
    }

    [Test]
    public void A_busy_process_is_left_alone()
    {
        Work(cpu: 0, allocated: _options.MinAllocatedBytes);
        using IdleCollector collector = Start();
        for (int i = 0; i < 10; i++)
        {
            Work(cpu: 2.01, allocated: 0);
            Pass();
        }

        Assert.That(_collections, Is.Zero);
    }

    [Test]
    public void A_heap_so_large_that_all_would_wait_for_long_is_left_alone()
    {
        Work(cpu: 0, allocated: _options.MaxHeapBytes);
        using IdleCollector collector = Start();
        _use = _use with { HeapBytes = _options.MaxHeapBytes + 1 };
        Pass();
        Assert.That(_collections, Is.Zero);

        _use = _use with { HeapBytes = _options.MaxHeapBytes };
        Pass();
        Assert.That(_collections, Is.EqualTo(1));
    }

    [Test]
    public void What_collecting_takes_does_not_count_as_work()
    {
        using IdleCollector collector = Start(collectionCpu: 2.5);
        for (int i = 0; i < 3; i++)
        {
            Work(cpu: 0, allocated: _options.MinAllocatedBytes);
            Pass();
            Pass();
        }

        Assert.That(_collections, Is.EqualTo(3));
    }

    [Test]
    public void Nothing_is_left_of_it_in_the_end()
    {
        Work(cpu: 0, allocated: _options.MinAllocatedBytes);
        Start().Dispose();
        Pass();
        Assert.That((_collections, _time.UndisposedTimers), Is.EqualTo((0, 0)));
    }

    [Test]
    public void The_process_itself_is_collected()
    {
        WeakReference garbage = MakeGarbage();
        using var collector = new IdleCollector(
            new() { Interval = TimeSpan.FromHours(1), MinAllocatedBytes = 1 << 20, MaxHeapBytes = long.MaxValue }, _time);

        // By the clock of the test the process has done next to nothing in this hour.
        _time.Advance(TimeSpan.FromHours(1));

        Assert.That(garbage.IsAlive, Is.False);
    }

    [TestCase(0.5, 0.1, 16, 256, "Interval")]
    [TestCase(3601, 0.1, 16, 256, "Interval")]
    [TestCase(5, 0, 16, 256, "MaxCpu")]
    [TestCase(5, 1.1, 16, 256, "MaxCpu")]
    [TestCase(5, double.NaN, 16, 256, "MaxCpu")]
    [TestCase(5, 0.1, 0, 256, "MinAllocatedBytes")]
    [TestCase(5, 0.1, 16, 0, "MaxHeapBytes")]
    public void A_wrong_setting_is_named(double seconds, double cpu, int allocated, int heap, string name)
    {
        var options = new IdleCollectorOptions
        {
            Interval = TimeSpan.FromSeconds(seconds), MaxCpu = cpu, MinAllocatedBytes = allocated * 1_048_576L, MaxHeapBytes = heap * 1_048_576L,
        };
        Assert.That(() => new IdleCollector(options, _time), Throws.ArgumentException.With.Message.StartsWith($"{name} must be"));
        Assert.That(_time.UndisposedTimers, Is.Zero);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MakeGarbage()
    {
        var list = new List<byte[]>();
        for (int i = 0; i < 20; i++)
        {
            list.Add(new byte[1_000_000]);
        }

        return new WeakReference(list);
    }

    private IdleCollector Start(double collectionCpu = 0) => new(_options, _time, NullLoggerFactory.Instance, () => _use, () =>
    {
        _collections++;
        Work(collectionCpu, allocated: 0);
    });

    private void Work(double cpu, long allocated) =>
        _use = _use with { Cpu = _use.Cpu + TimeSpan.FromSeconds(cpu), AllocatedBytes = _use.AllocatedBytes + allocated };

    private void Pass() => _time.Advance(_options.Interval);
}
