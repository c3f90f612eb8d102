using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>What is read over a stream that the test feeds.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SocketInputTests : IDisposable
{
    private readonly PushStream _stream = new();
    private readonly CountingPool _pool = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly SocketInput _input;

    public SocketInputTests() => _input = new(_stream, _pool, _stopped.Token);

    [TearDown]
    public void Every_buffer_is_given_back()
    {
        _input.Complete();
        Assert.That(_pool.Rented, Is.Zero);
    }

    public void Dispose()
    {
        _stopped.Dispose();
        _stream.Dispose();
    }

    [Test]
    public async Task A_read_that_is_given_up_loses_nothing_and_asks_the_stream_for_nothing_new([Values] bool byToken)
    {
        for (int i = 0; i < 3; i++)
        {
            using var giveUp = new CancellationTokenSource();
            var read = _input.ReadAsync(byToken ? giveUp.Token : CancellationToken.None).AsTask();
            Assert.That(read.IsCompleted, Is.False);
            if (byToken)
            {
                await giveUp.CancelAsync();
                Assert.That(async () => await read.Soon(), Throws.InstanceOf<OperationCanceledException>());
            }
            else
            {
                _input.CancelPendingRead();
                Assert.That((await read.Soon()).IsCanceled);
            }
        }

        Push("abc");

        Assert.That(await ReadAllAsync(), Is.EqualTo("abc"));
        Assert.That(_stream.Waits, Is.EqualTo(1));
    }

    [Test]
    public async Task A_read_that_was_cancelled_in_advance_tells_what_is_left_and_the_next_one_waits()
    {
        Push("ab");
        ReadResult first = await _input.ReadAsync();
        _input.AdvanceTo(first.Buffer.GetPosition(1), first.Buffer.End);
        _input.CancelPendingRead();

        ReadResult second = await _input.ReadAsync();
        Assert.That((second.IsCanceled, Text(second)), Is.EqualTo((true, "b")));
        _input.AdvanceTo(second.Buffer.Start, second.Buffer.End);

        var third = _input.ReadAsync().AsTask();
        Assert.That(third.IsCompleted, Is.False);
        Push("c");
        Assert.That(Text(await third.Soon()), Is.EqualTo("bc"));
    }

    [Test]
    public async Task What_was_seen_is_told_again_with_more()
    {
        Push("a");
        ReadResult first = await _input.ReadAsync();
        _input.AdvanceTo(first.Buffer.Start, first.Buffer.Start);
        ReadResult again = await _input.ReadAsync();
        Assert.That(Text(again), Is.EqualTo("a"), "nothing was seen of it");

        _input.AdvanceTo(again.Buffer.Start, again.Buffer.End);
        Assert.That(_input.TryRead(out _), Is.False);
        var next = _input.ReadAsync().AsTask();
        Assert.That(next.IsCompleted, Is.False);
        Push("b");
        Assert.That(Text(await next.Soon()), Is.EqualTo("ab"));
    }

    [TestCase(0)]
    [TestCase(7)]
    [TestCase(100_000)]
    public async Task A_reader_that_leaves_bytes_gets_them_in_front_of_what_follows(int left)
    {
        byte[] all = new byte[300_000];
        new Random(1).NextBytes(all);
        for (int i = 0; i < all.Length; i += 10_000)
        {
            _stream.Push(all[i..(i + 10_000)]);
        }

        var read = new List<byte>();
        while (read.Count + left < all.Length)
        {
            ReadResult result = await _input.ReadAsync().AsTask().Soon();
            long taken = Math.Max(0, result.Buffer.Length - left);
            read.AddRange(result.Buffer.Slice(0, taken).ToArray());
            _input.AdvanceTo(result.Buffer.GetPosition(taken), result.Buffer.End);
        }

        Assert.That(read, Is.EqualTo(all[..^left]));
    }

    [Test]
    public async Task The_end_is_told_behind_the_last_bytes_and_stays()
    {
        Push("bye");
        Assert.That(await ReadAllAsync(), Is.EqualTo("bye"));
        _stream.Push([]);
        for (int i = 0; i < 2; i++)
        {
            ReadResult end = await _input.ReadAsync();
            Assert.That((end.IsCompleted, end.Buffer.Length), Is.EqualTo((true, 0)));
            _input.AdvanceTo(end.Buffer.End);
        }
    }

    [Test]
    public async Task What_breaks_the_stream_is_told_to_the_reader_now_and_later([Values] bool isWaiting)
    {
        Task<ReadResult>? read = isWaiting ? _input.ReadAsync().AsTask() : null;
        _stream.Fail(new IOException("broken"));
        read ??= _input.ReadAsync().AsTask();
        Assert.That(async () => await read.Soon(), Throws.InstanceOf<IOException>());
        Assert.That(async () => await _input.ReadAsync(), Throws.InstanceOf<IOException>());
        Assert.That(() => _input.TryRead(out _), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task A_buffer_that_the_stream_still_writes_to_is_given_back_when_it_is_through([Values] bool inTheEnd)
    {
        _stream.IsHeldBack = true;
        Push("late");
        var read = _input.ReadAsync().AsTask();
        _input.CancelPendingRead();
        ReadResult nothing = await read.Soon();
        _input.AdvanceTo(nothing.Buffer.End);
        Assert.That(_pool.Rented, Is.EqualTo(1));
        if (inTheEnd)
        {
            _input.Complete();
            Assert.That(_pool.Rented, Is.EqualTo(1));
            _stream.Release();
            await Eventually.TrueAsync(() => _pool.Rented == 0, "it is given back");
            return;
        }

        _stream.Release();
        Assert.That(await ReadAllAsync(), Is.EqualTo("late"));
    }

    [Test]
    public async Task Nothing_is_asked_of_the_stream_any_more_once_it_is_to_be_left_alone()
    {
        var read = _input.ReadAsync().AsTask();
        await _stopped.CancelAsync();
        Assert.That(async () => await read.Soon(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Two_reads_at_once_are_a_mistake()
    {
        Assert.That(_input.ReadAsync().AsTask().IsCompleted, Is.False);
        Assert.That(() => _input.ReadAsync().AsTask(), Throws.InvalidOperationException);
        _input.End();
    }

    private static string Text(ReadResult result) => Encoding.ASCII.GetString(result.Buffer);

    private void Push(string text) => _stream.Push(Encoding.ASCII.GetBytes(text));

    private async Task<string> ReadAllAsync()
    {
        ReadResult result = await _input.ReadAsync().AsTask().Soon();
        string text = Text(result);
        _input.AdvanceTo(result.Buffer.End);
        return text;
    }
}
