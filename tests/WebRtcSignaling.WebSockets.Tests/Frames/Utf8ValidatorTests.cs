using System.Buffers;
using System.Text;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Frames;

public sealed class Utf8ValidatorTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Every_sequence_of_up_to_three_bytes_is_judged_as_the_platforms_decoder_judges_it_at_every_split(int length)
    {
        // One lead byte after the other, on all cores: sixteen million sequences of three.
        Parallel.For(0, 256, lead =>
        {
            Span<byte> sequence = stackalloc byte[length];
            sequence[0] = (byte)lead;
            var count = 1 << (8 * (length - 1));
            for (var rest = 0; rest < count; rest++)
            {
                for (var i = 1; i < length; i++)
                {
                    sequence[i] = (byte)(rest >> (8 * (i - 1)));
                }

                Check(sequence);
            }
        });
    }

    [Test]
    public void A_sample_of_sequences_of_four_and_more_bytes_is_judged_as_the_platforms_decoder_judges_it_at_every_split()
    {
        const int Seed = 20_455;
        var random = new Random(Seed);
        Span<byte> sequence = stackalloc byte[6];
        for (var i = 0; i < 1_000_000; i++)
        {
            var length = random.Next(4, 7);
            for (var j = 0; j < length; j++)
            {
                // Mostly what could be valid, so that both answers are common.
                sequence[j] = random.Next(8) switch
                {
                    0 => (byte)random.Next(0xF0, 0xF6),
                    1 => (byte)random.Next(0x00, 0x100),
                    2 => (byte)random.Next(0xC0, 0xF0),
                    3 => (byte)random.Next(0x20, 0x7F),
                    _ => (byte)random.Next(0x80, 0xC0),
                };
            }

            sequence[0] = (byte)(i % 2 == 0 ? random.Next(0xEF, 0xF6) : sequence[0]);
            Check(sequence[..length]);
        }
    }

    [Test]
    public void Every_code_point_is_valid_at_every_split_also_between_others()
    {
        Parallel.For(0, 0x11, plane =>
        {
            Span<byte> text = stackalloc byte[6];
            text[0] = (byte)'<';
            for (var value = plane << 16; value <= (plane << 16 | 0xFFFF); value++)
            {
                if (Rune.IsValid(value))
                {
                    var length = new Rune(value).EncodeToUtf8(text[1..]);
                    text[length + 1] = (byte)'>';
                    Check(text[..(length + 2)]);
                }
            }
        });
    }

    [TestCase("80", 0, TestName = "A continuation byte without a lead is refused at once")]
    [TestCase("BF", 0, TestName = "The last continuation byte without a lead is refused at once")]
    [TestCase("41 80", 1, TestName = "A continuation byte after ASCII is refused at once")]
    [TestCase("C0 80", 0, TestName = "An overlong NUL is refused by its lead")]
    [TestCase("C1 BF", 0, TestName = "An overlong DEL is refused by its lead")]
    [TestCase("E0 80 80", 1, TestName = "An overlong form of three bytes is refused by its second byte")]
    [TestCase("E0 9F BF", 1, TestName = "The last overlong form of three bytes is refused by its second byte")]
    [TestCase("F0 80 80 80", 1, TestName = "An overlong form of four bytes is refused by its second byte")]
    [TestCase("F0 8F BF BF", 1, TestName = "The last overlong form of four bytes is refused by its second byte")]
    [TestCase("ED A0 80", 1, TestName = "The first surrogate is refused by its second byte")]
    [TestCase("ED BF BF", 1, TestName = "The last surrogate is refused by its second byte")]
    [TestCase("F4 90 80 80", 1, TestName = "What lies above U+10FFFF is refused by its second byte")]
    [TestCase("F5 80 80 80", 0, TestName = "A lead of F5 is refused at once")]
    [TestCase("F8 88 80 80 80", 0, TestName = "A lead of five bytes is refused at once")]
    [TestCase("FE", 0, TestName = "FE is refused at once")]
    [TestCase("FF", 0, TestName = "FF is refused at once")]
    [TestCase("C3 28", 1, TestName = "Two bytes broken off by ASCII are refused there")]
    [TestCase("E2 82 28", 2, TestName = "Three bytes broken off by ASCII are refused there")]
    [TestCase("F0 9F 98 28", 3, TestName = "Four bytes broken off by ASCII are refused there")]
    [TestCase("E2 82 E2 82 AC", 2, TestName = "Three bytes broken off by another lead are refused there")]
    [TestCase("C3 C3 A9", 1, TestName = "Two bytes broken off by another lead are refused there")]
    public void Refused_at(string hex, int index)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        // Alone, and behind enough text to take the vectorized way.
        foreach (var before in new byte[][] { [], [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("text é € 😀 ", 20)))] })
        {
            byte[] text = [.. before, .. bytes];
            var good = default(Utf8Validator);
            Assert.That(good.Append(text.AsSpan(0, before.Length + index)), Is.True, "all before the first bad byte");
            Assert.That(good.Append(text.AsSpan(before.Length + index, 1)), Is.False, "the first bad byte, alone");

            var whole = default(Utf8Validator);
            Assert.That(whole.Append(text.AsSpan(0, before.Length + index + 1)), Is.False, "the first bad byte, with all before it");
            Check(text);
        }
    }

    [Test]
    public void An_empty_text_is_valid_and_empty_parts_change_nothing()
    {
        var validator = default(Utf8Validator);
        Assert.That(validator.Append([]) && validator.Complete(), Is.True);

        Assert.That(validator.Append([0xE2]) && validator.Append([]), Is.True);
        Assert.That(validator.Complete(), Is.False);
        Assert.That(validator.Append([0x82]) && validator.Append([]), Is.True);
        Assert.That(validator.Complete(), Is.False);
        Assert.That(validator.Append([0xAC]) && validator.Append([]), Is.True);
        Assert.That(validator.Complete(), Is.True);
    }

    /// <summary>Every way of cutting the sequence: whole, byte by byte, and all between.</summary>
    private static void Check(ReadOnlySpan<byte> sequence)
    {
        var (expected, firstBad) = Judge(sequence);
        var ways = sequence.Length <= 8 ? 1 << (sequence.Length - 1) : 1;
        for (var cuts = 0; cuts < ways; cuts++)
        {
            var validator = default(Utf8Validator);
            var start = 0;
            var good = true;
            for (var end = 1; good && end <= sequence.Length; end++)
            {
                if (end == sequence.Length || (cuts & (1 << (end - 1))) != 0)
                {
                    good = validator.Append(sequence[start..end]);
                    if (good != end <= firstBad)
                    {
                        Fail(sequence, $"cuts {cuts:b}: the part {start}..{end} was {(good ? "taken" : "refused")}");
                    }

                    start = end;
                }
            }

            if ((good && validator.Complete()) != expected)
            {
                Fail(sequence, $"cuts {cuts:b}: {(expected ? "valid, but was refused" : "not valid, but was taken")}");
            }
        }
    }

    /// <summary>By the platform's decoder: whether it is UTF-8, and where the first byte is that makes it impossible.</summary>
    private static (bool IsValid, int FirstBad) Judge(ReadOnlySpan<byte> sequence)
    {
        Span<char> chars = stackalloc char[512];
        Span<byte> back = stackalloc byte[1536];
        var decoded = chars[..Encoding.UTF8.GetChars(sequence, chars)];
        var isValid = sequence.SequenceEqual(back[..Encoding.UTF8.GetBytes(decoded, back)]);

        for (var done = 0; done < sequence.Length;)
        {
            switch (Rune.DecodeFromUtf8(sequence[done..], out _, out var consumed))
            {
                case OperationStatus.Done:
                    done += consumed;
                    break;
                case OperationStatus.NeedMoreData:
                    return (isValid, int.MaxValue);
                default:
                    var bad = 1;
                    while (Rune.DecodeFromUtf8(sequence.Slice(done, bad), out _, out _) == OperationStatus.NeedMoreData)
                    {
                        bad++;
                    }

                    return (isValid, done + bad - 1);
            }
        }

        return (isValid, int.MaxValue);
    }

    private static void Fail(ReadOnlySpan<byte> sequence, string what) => Assert.Fail($"{Convert.ToHexString(sequence)}: {what}");
}
