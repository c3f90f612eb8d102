using System.Buffers;
using System.Text;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Splits;
using WebRtcSignaling.WebSockets.Messages;

namespace WebRtcSignaling.WebSockets.Tests.Messages;

/// <summary>What a reader holds, and when it gives it back.</summary>
public sealed class ReaderMemoryTests
{
    private const int Limit = 1 << 20;

    [Test]
    public void A_new_reader_holds_nothing()
    {
        using var reader = new MessageReader(Limit);
        Assert.That(reader.BufferedCapacity, Is.Zero);
    }

    [Test]
    public void A_buffer_goes_back_when_reading_goes_on([Values] bool control)
    {
        using var reader = new MessageReader(Limit);
        var input = new ReadOnlySequence<byte>(control ? ClientFrames.Ping(1, 2) : ClientFrames.Text("hello"));
        Assert.That(reader.TryRead(ref input, out _), Is.EqualTo(ReadStatus.Message));
        Assert.That(reader.BufferedCapacity, Is.Positive);

        Assert.That(reader.TryRead(ref input, out _), Is.EqualTo(ReadStatus.NeedMore));

        Assert.That(reader.BufferedCapacity, Is.Zero);
    }

    [Test]
    public void A_buffer_goes_back_when_the_caller_says_that_the_message_is_done_with([Values] bool control)
    {
        using var reader = new MessageReader(Limit);
        var input = new ReadOnlySequence<byte>(control ? ClientFrames.Ping(1, 2) : ClientFrames.Text("hello"));
        reader.TryRead(ref input, out _);

        reader.ReleaseIdle();

        Assert.That(reader.BufferedCapacity, Is.Zero);
    }

    [Test]
    public void Part_of_a_header_holds_nothing()
    {
        using var reader = new MessageReader(Limit);
        var input = new ReadOnlySequence<byte>(ClientFrames.Text("hello").AsMemory(0, 5));

        Assert.That(reader.TryRead(ref input, out _), Is.EqualTo(ReadStatus.NeedMore));
        Assert.That((input.Length, reader.BufferedCapacity), Is.EqualTo((5L, 0)));
    }

    [Test]
    public void A_header_alone_holds_nothing_whatever_it_announces([Values(1, 300, Limit)] int announced)
    {
        using var reader = new MessageReader(Limit);
        var input = new ReadOnlySequence<byte>(new RawFrame { Opcode = RawFrame.Binary, AnnouncedLength = (ulong)announced }.Header());

        Assert.That(reader.TryRead(ref input, out _), Is.EqualTo(ReadStatus.NeedMore));
        Assert.That((input.Length, reader.BufferedCapacity), Is.EqualTo((0L, 0)));
    }

    [Test]
    public void Memory_follows_the_bytes_that_arrive_not_the_announcement()
    {
        using var reader = new MessageReader(Limit);
        var frame = ClientFrames.Binary(new byte[Limit]);
        var arrived = 0;
        foreach (var count in new[] { 15, 985, 4000, 5000, 90_000, 400_000 })
        {
            var input = new ReadOnlySequence<byte>(frame.AsMemory(arrived, count));
            Assert.That(reader.TryRead(ref input, out _), Is.EqualTo(ReadStatus.NeedMore));
            arrived += count;

            Assert.That(reader.BufferedCapacity, Is.LessThanOrEqualTo(Math.Max(PayloadBuffer.AnnouncedStep, 4 * arrived)), $"after {arrived} bytes");
        }
    }

    [Test]
    public void A_message_that_trickles_in_is_copied_a_bounded_number_of_times()
    {
        using var reader = new MessageReader(Limit);
        var frame = ClientFrames.Binary(new byte[Limit]);
        var grown = 0;
        var capacity = 0;
        for (var start = 0; start < frame.Length; start += 256)
        {
            var input = new ReadOnlySequence<byte>(frame.AsMemory(start, Math.Min(256, frame.Length - start)));
            reader.TryRead(ref input, out _);
            grown += reader.BufferedCapacity == capacity ? 0 : 1;
            capacity = reader.BufferedCapacity;
        }

        Assert.That(capacity, Is.EqualTo(Limit));
        Assert.That(grown, Is.EqualTo(9), "4 kB, and then double until 1 MB");
    }

    [Test]
    public void An_incomplete_message_keeps_its_bytes_when_idle_buffers_are_released()
    {
        using var reader = new MessageReader(Limit);
        byte[] start = [.. ClientFrames.Text("Hel"u8.ToArray(), fin: false), .. ClientFrames.Ping(9), .. ClientFrames.Continuation("lo"u8.ToArray(), fin: true)];
        var input = new ReadOnlySequence<byte>(start.AsMemory(0, start.Length - 1));
        Assert.That(reader.TryRead(ref input, out var ping), Is.EqualTo(ReadStatus.Message));
        Assert.That(ping.Kind, Is.EqualTo(MessageKind.Ping));
        reader.ReleaseIdle();
        Assert.That(reader.TryRead(ref input, out _), Is.EqualTo(ReadStatus.NeedMore));
        reader.ReleaseIdle();

        input = new ReadOnlySequence<byte>(start.AsMemory(start.Length - 1));
        Assert.That(reader.TryRead(ref input, out var message), Is.EqualTo(ReadStatus.Message));
        Assert.That(Encoding.UTF8.GetString(message.Payload.Span), Is.EqualTo("Hello"));
    }

    [Test]
    public void An_incomplete_control_frame_keeps_its_bytes_when_idle_buffers_are_released()
    {
        using var reader = new MessageReader(Limit);
        var frame = ClientFrames.Ping(1, 2, 3);
        var input = new ReadOnlySequence<byte>(frame.AsMemory(0, 7));
        reader.TryRead(ref input, out _);
        reader.ReleaseIdle();

        input = new ReadOnlySequence<byte>(frame.AsMemory(7));
        Assert.That(reader.TryRead(ref input, out var message), Is.EqualTo(ReadStatus.Message));
        Assert.That(message.Payload.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void The_input_is_never_written_to()
    {
        byte[] input = [.. ClientFrames.Text("some text"), .. ClientFrames.Ping(1, 2), .. ClientFrames.FragmentedBinary([1], [2, 3]), .. ClientFrames.Close(1000, "x")];
        var original = input.ToArray();

        foreach (var split in InputSplits.All(input))
        {
            MessageTrace.Read(split);
        }

        Assert.That(input, Is.EqualTo(original));
    }

    [Test]
    public void A_disposed_reader_holds_nothing_and_reads_nothing()
    {
        var reader = new MessageReader(Limit);
        var input = new ReadOnlySequence<byte>(ClientFrames.Text("hello").AsMemory(0, 9));
        reader.TryRead(ref input, out _);
        Assert.That(reader.BufferedCapacity, Is.Positive);

        reader.Dispose();
        reader.Dispose();

        Assert.That(reader.BufferedCapacity, Is.Zero);
        Assert.That(() => reader.TryRead(ref input, out _), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void A_limit_that_is_no_length_is_refused([Values(0, -1, int.MaxValue)] int limit) =>
        Assert.That(() => new MessageReader(limit), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Reading_allocates_nothing_in_the_steady_state([Values] bool masked)
    {
        var part = Encoding.UTF8.GetBytes(new string('é', 1500));
        byte[] burst =
        [
            .. Frame(RawFrame.Text, part[..300]), .. Frame(RawFrame.Binary, new byte[6000]), .. Frame(RawFrame.Ping, [1, 2, 3]),
            .. Frame(RawFrame.Text, part[..1501], fin: false), .. Frame(RawFrame.Pong, []), .. Frame(RawFrame.Continuation, part[1501..]),
        ];
        var whole = InputSplits.Whole(burst).Parts;
        ReadOnlySequence<byte>[] inputs = [SegmentedSequence.Of(whole), SegmentedSequence.Of(InputSplits.AtRandomCuts(burst, 3).Parts)];
        using var reader = new MessageReader(Limit, masked);
        Assert.That(ReadBursts(reader, inputs, 100), Is.EqualTo(100 * 2 * 5));

        // The pool may have been trimmed by a collection in between, once; something allocated for each message would show every time.
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            ReadBursts(reader, inputs, 200);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.That(least, Is.Zero);

        byte[] Frame(int opcode, byte[] payload, bool fin = true) =>
            new RawFrame { Opcode = opcode, Payload = payload, Fin = fin, MaskingKey = masked ? RawFrame.ExampleKey : null }.ToBytes();
    }

    private static int ReadBursts(MessageReader reader, ReadOnlySequence<byte>[] inputs, int times)
    {
        var messages = 0;
        for (var i = 0; i < times; i++)
        {
            foreach (var input in inputs)
            {
                var unread = input;
                while (reader.TryRead(ref unread, out _) == ReadStatus.Message)
                {
                    messages++;
                }
            }
        }

        return messages;
    }
}
