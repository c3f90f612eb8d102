using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Frames;

public sealed class FrameMaskTests
{
    private const byte Untouched = 0xEE;

    [Test]
    public void The_example_of_RFC_6455_section_5_7_is_unmasked()
    {
        byte[] masked = [0x7f, 0x9f, 0x4d, 0x51, 0x58];
        var plain = new byte[5];

        FrameMask.Copy(masked, plain, 0x3D21FA37, offset: 0);

        Assert.That(plain, Is.EqualTo("Hello"u8.ToArray()));
    }

    [Test]
    public void Every_length_at_every_phase_and_alignment_agrees_with_the_definition()
    {
        const uint Key = 0xC0FFEE42;
        byte[] key = [0x42, 0xEE, 0xFF, 0xC0];
        var source = new byte[400];
        new Random(7).NextBytes(source);
        var original = source.ToArray();
        var destination = new byte[400];

        for (var length = 0; length <= 200; length++)
        {
            for (var offset = 0; offset < 8; offset++)
            {
                for (var start = 0; start < 4; start++)
                {
                    Array.Fill(destination, Untouched);
                    FrameMask.Copy(source.AsSpan(start, length), destination.AsSpan(start + 1), Key, offset);

                    var expected = Enumerable.Repeat(Untouched, destination.Length).ToArray();
                    for (var i = 0; i < length; i++)
                    {
                        expected[start + 1 + i] = (byte)(source[start + i] ^ key[(offset + i) % 4]);
                    }

                    if (!destination.AsSpan().SequenceEqual(expected))
                    {
                        Assert.Fail($"length {length}, offset {offset}, start {start}");
                    }
                }
            }
        }

        Assert.That(source, Is.EqualTo(original), "the source is never written to");
    }

    [Test]
    public void Parts_of_any_size_give_what_the_whole_gives()
    {
        var random = new Random(11);
        var source = new byte[5000];
        random.NextBytes(source);
        var whole = new byte[source.Length];
        FrameMask.Copy(source, whole, 0x12345678, 0);

        var inParts = new byte[source.Length];
        for (var done = 0; done < source.Length;)
        {
            var count = Math.Min(random.Next(1, 90), source.Length - done);
            FrameMask.Copy(source.AsSpan(done, count), inParts.AsSpan(done), 0x12345678, done);
            done += count;
        }

        Assert.That(inParts, Is.EqualTo(whole));
    }

    [Test]
    public void An_offset_above_four_billion_keeps_its_phase()
    {
        byte[] source = [0, 0, 0];
        var result = new byte[3];

        FrameMask.Copy(source, result, 0x04030201, 0x1_0000_0003);

        Assert.That(result, Is.EqualTo(new byte[] { 4, 1, 2 }));
    }

    [Test]
    public void The_same_memory_can_be_source_and_destination_and_masking_twice_changes_nothing([Values(3, 64, 1001)] int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var original = bytes.ToArray();

        FrameMask.Copy(bytes, bytes, 0xA1B2C3D4, 1);
        Assert.That(bytes, Is.Not.EqualTo(original));
        FrameMask.Copy(bytes, bytes, 0xA1B2C3D4, 1);

        Assert.That(bytes, Is.EqualTo(original));
    }

    [Test]
    public void A_destination_that_is_too_short_is_refused_before_anything_is_written([Values(0u, 1u)] uint key)
    {
        var destination = new byte[99];
        Array.Fill(destination, Untouched);

        Assert.That(() => FrameMask.Copy(new byte[100], destination, key, 0), Throws.ArgumentException);
        Assert.That(destination, Is.All.EqualTo(Untouched));
    }
}
