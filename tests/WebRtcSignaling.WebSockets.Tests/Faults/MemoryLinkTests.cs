using System.Buffers;
using System.IO.Pipelines;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.Testing.Faults;

namespace WebRtcSignaling.WebSockets.Tests.Faults;

/// <summary>Each fault, to the byte and by the test's clock.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MemoryLinkTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private static readonly byte[] _ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task Without_a_fault_bytes_and_ends_pass_in_both_directions()
    {
        await using MemoryLink link = MemoryLink.Create(_time);
        await link.Client.Output.WriteAsync(_ten);
        await link.Client.Output.CompleteAsync();
        Assert.That(await ReadToEndAsync(link.Server), Is.EqualTo(_ten));
        await link.Server.Output.WriteAsync(_ten.AsMemory(5));
        await link.Server.Output.CompleteAsync();
        Assert.That(await ReadToEndAsync(link.Client), Is.EqualTo(_ten[5..]));
        await link.Over.WaitAsync(Eventually.Bound);
        Assert.That((link.BytesToServer, link.BytesToClient, link.IsCut), Is.EqualTo((10L, 5L, false)));
    }

    [TestCase(0)]
    [TestCase(4)]
    [TestCase(10)]
    public async Task A_reset_lets_exactly_that_many_bytes_pass_and_both_sides_fail(int atByte)
    {
        await using MemoryLink link = MemoryLink.Create(_time, LinkFaults.OnTheWayToServer(Fault.Reset(atByte)));
        await WriteAsync(link.Client, _ten);
        await link.Over.WaitAsync(Eventually.Bound);
        Assert.Multiple(() =>
        {
            Assert.That(link.BytesToServer, Is.EqualTo(atByte));
            Assert.That(async () => await ReadToEndAsync(link.Server), Throws.InstanceOf<IOException>());
            Assert.That(async () => await ReadToEndAsync(link.Client), Throws.InstanceOf<IOException>());
            Assert.That(async () => await link.Server.Output.WriteAsync(_ten), Throws.InstanceOf<IOException>());
        });
    }

    [TestCase(0)]
    [TestCase(4)]
    public async Task An_end_is_read_on_both_sides_after_exactly_that_many_bytes(int atByte)
    {
        await using MemoryLink link = MemoryLink.Create(_time, LinkFaults.OnTheWayToClient(Fault.End(atByte)));
        await WriteAsync(link.Server, _ten);
        Assert.That(await ReadToEndAsync(link.Client), Is.EqualTo(_ten[..atByte]));
        Assert.That(await ReadToEndAsync(link.Server), Is.Empty);
    }

    [Test]
    public async Task On_a_half_open_link_bytes_and_ends_vanish_in_both_directions()
    {
        await using MemoryLink link = MemoryLink.Create(_time, LinkFaults.OnTheWayToServer(Fault.HalfOpen(4)));
        await link.Client.Output.WriteAsync(_ten);
        await link.Client.Output.CompleteAsync();
        await Eventually.TrueAsync(() => link.IsHalfOpen, "the fourth byte has passed");
        await link.Server.Output.WriteAsync(_ten);
        await Eventually.TrueAsync(() => link.BytesToServer == 10 && link.BytesToClient == 10, "all has passed or vanished");
        Assert.That(await ReadAsync(link.Server, 4), Is.EqualTo(_ten[..4]));
        Assert.Multiple(() =>
        {
            Assert.That(link.Server.Input.TryRead(out _), Is.False, "The server sees neither more nor an end.");
            Assert.That(link.Client.Input.TryRead(out _), Is.False, "The client's half is gone, too.");
        });
        await link.CutAsync();
        Assert.That(async () => await ReadToEndAsync(link.Server), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task A_delayed_byte_arrives_when_its_time_has_come_and_not_before()
    {
        await using MemoryLink link = MemoryLink.Create(_time, LinkFaults.OnTheWayToServer(Fault.Delay(2, _second)));
        await link.Client.Output.WriteAsync(_ten);
        Assert.That(await ReadAsync(link.Server, 2), Is.EqualTo(_ten[..2]));
        await TimersAsync(1);
        _time.Advance(_second / 2);
        Assert.That(link.BytesToServer, Is.EqualTo(2));
        _time.Advance(_second / 2);
        Assert.That(await ReadAsync(link.Server, 8), Is.EqualTo(_ten[2..]));
    }

    [Test]
    public async Task A_delayed_end_comes_after_the_delayed_bytes()
    {
        await using MemoryLink link = MemoryLink.Create(_time, LinkFaults.OnTheWayToServer(Fault.Delay(0, _second)));
        await link.Client.Output.WriteAsync(_ten);
        await link.Client.Output.CompleteAsync();
        await TimersAsync(1);
        Task<byte[]> all = ReadToEndAsync(link.Server);
        while (!all.IsCompleted)
        {
            _time.Advance(_second);
            await Task.Yield();
        }

        Assert.That(await all, Is.EqualTo(_ten));
    }

    [Test]
    public async Task A_throttled_direction_passes_so_many_bytes_a_second()
    {
        await using MemoryLink link = MemoryLink.Create(_time, LinkFaults.OnTheWayToServer(Fault.Throttle(0, bytesPerSecond: 1)));
        await link.Client.Output.WriteAsync(_ten);
        for (int second = 1; second <= 10; second++)
        {
            await TimersAsync(1);
            Assert.That(link.BytesToServer, Is.EqualTo(second));
            _time.Advance(_second);
        }

        Assert.That(await ReadAsync(link.Server, 10), Is.EqualTo(_ten));
    }

    [Test]
    public async Task A_stall_holds_all_back_and_then_lets_it_go()
    {
        await using MemoryLink link = MemoryLink.Create(_time, LinkFaults.OnTheWayToServer(Fault.Stall(3, _second)));
        await link.Client.Output.WriteAsync(_ten);
        await TimersAsync(1);
        Assert.That(link.BytesToServer, Is.EqualTo(3));
        _time.Advance(_second);
        Assert.That(await ReadAsync(link.Server, 10), Is.EqualTo(_ten));
    }

    [Test]
    public async Task Who_writes_on_into_a_stall_is_held_up_and_the_other_direction_is_not()
    {
        var small = new PipeOptions(pauseWriterThreshold: 1_000, resumeWriterThreshold: 500, useSynchronizationContext: false);
        await using MemoryLink link = MemoryLink.Create(_time, LinkFaults.OnTheWayToServer(Fault.Stall(0, Timeout.InfiniteTimeSpan)), small);
        Task<FlushResult> write = link.Client.Output.WriteAsync(new byte[1_000_000]).AsTask();
        await link.Server.Output.WriteAsync(_ten);
        Assert.That(await ReadAsync(link.Client, 10), Is.EqualTo(_ten));
        Assert.That(write.IsCompleted, Is.False);
        await link.CutAsync();
        Assert.That(async () => await write.WaitAsync(Eventually.Bound), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task Split_bytes_arrive_in_pieces()
    {
        // The stall shows what has passed after the last of them: it lies within a piece.
        await using MemoryLink link = MemoryLink.Create(
            _time, LinkFaults.OnTheWayToServer(Fault.Split(0, 3), Fault.Stall(3, _second), Fault.Stall(6, _second), Fault.Stall(7, _second)));
        await link.Client.Output.WriteAsync(_ten);
        foreach (byte[] piece in (byte[][])[_ten[..3], _ten[3..6], _ten[6..7]])
        {
            await TimersAsync(1);
            ReadResult read = await link.Server.Input.ReadAsync();
            Assert.That(read.Buffer.ToArray(), Is.EqualTo(piece));
            link.Server.Input.AdvanceTo(read.Buffer.End);
            _time.Advance(_second);
        }

        Assert.That(await ReadAsync(link.Server, 3), Is.EqualTo(_ten[7..]));
    }

    [Test]
    public async Task Whatever_waits_a_cut_is_at_once_and_no_timer_stays()
    {
        await using MemoryLink link = MemoryLink.Create(_time, LinkFaults.OnTheWayToServer(Fault.Stall(0, _second)));
        await link.Client.Output.WriteAsync(_ten);
        await TimersAsync(1);
        await link.CutAsync(Cut.End).WaitAsync(Eventually.Bound);
        Assert.Multiple(() =>
        {
            Assert.That(async () => await ReadToEndAsync(link.Server), Is.Empty);
            Assert.That((link.IsCut, _time.UndisposedTimers), Is.EqualTo((true, 0)));
        });
    }

    [Test]
    public async Task A_side_that_resets_is_heard_by_the_other()
    {
        await using MemoryLink link = MemoryLink.Create(_time);
        await link.Client.Output.CompleteAsync(new IOException("gone"));
        await link.Over.WaitAsync(Eventually.Bound);
        Assert.That(async () => await ReadToEndAsync(link.Server), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task A_session_ends_with_its_cut_link_and_only_by_silence_with_its_half_open_one()
    {
        await using var server = new MemoryServer();
        await using MemoryLink cut = MemoryLink.Create(server.Time);
        await using MemoryLink half = MemoryLink.Create(server.Time);
        (WireClient ann, Task annServed) = server.Connect(cut.Server, cut.Client);
        (WireClient ben, Task benServed) = server.Connect(half.Server, half.Client);
        await ann.ReceiveJsonAsync("welcome");
        await ben.ReceiveJsonAsync("welcome");
        half.HalfOpen();
        await cut.CutAsync();
        await annServed.WaitAsync(Eventually.Bound);
        Assert.That(benServed.IsCompleted, Is.False);
        server.Advance(TimeSpan.FromMinutes(2));
        await benServed.WaitAsync(Eventually.Bound);
        Assert.That(server.Endpoint.ConnectionCount, Is.Zero);
    }

    private static async Task WriteAsync(IDuplexPipe side, byte[] bytes)
    {
        try
        {
            await side.Output.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // The link was cut before it.
        }
    }

    private static async Task<byte[]> ReadAsync(IDuplexPipe side, int count)
    {
        ReadResult read = await side.Input.ReadAtLeastAsync(count).AsTask().WaitAsync(Eventually.Bound);
        byte[] bytes = read.Buffer.ToArray();
        side.Input.AdvanceTo(read.Buffer.End);
        return bytes;
    }

    private static Task<byte[]> ReadToEndAsync(IDuplexPipe side) => ReadAsync(side, int.MaxValue);

    private Task TimersAsync(int count) => Eventually.TrueAsync(() => _time.ActiveTimers == count, $"{count} timers are set");
}
