using System.Text;
using WebRtcSignaling.WebSockets.Native;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>The messages that are kept for a client, against a list.</summary>
public sealed class ReplayLogTests
{
    private const int Overhead = ReplayLog.Overhead;

    [Test]
    public void It_keeps_what_a_list_would_keep([Range(0, 19)] int seed)
    {
        var random = new Random(seed);
        int budget = random.Next(20, 3_000);
        var log = new ReplayLog(budget);
        var kept = new List<(long Number, string Message)>();
        for (long number = 1; number <= 2_000; number++)
        {
            string message = new((char)('a' + random.Next(26)), random.Next(1, random.Next(2, budget)));
            byte[] bytes = Encoding.ASCII.GetBytes(message);
            if (random.Next(2) == 0)
            {
                log.Append(bytes);
            }
            else
            {
                log.AppendShared(bytes);
            }

            kept.Add((number, message));
            if (message.Length + Overhead > budget)
            {
                kept.Clear();
            }

            while (kept.Sum(static one => one.Message.Length + Overhead) > budget)
            {
                kept.RemoveAt(0);
            }

            if (random.Next(5) == 0)
            {
                long received = number - random.Next(20);
                log.DropThrough(received);
                kept.RemoveAll(one => one.Number <= received);
            }

            Assert.That(ReadAll(log), Is.EqualTo(kept), $"seed {seed}, budget {budget}");
            Assert.That(log.Capacity, Is.LessThan((2 * budget) + 512));
            if (random.Next(20) == 0)
            {
                log.Rest();
                Assert.That(log.Capacity, kept.Count == 0 ? Is.Zero : Is.Positive);
            }
        }
    }

    [Test]
    public void When_all_is_acknowledged_a_short_array_is_kept_for_what_follows_until_it_rests()
    {
        var log = new ReplayLog(65_536);
        log.Append(new byte[300]);
        int capacity = log.Capacity;
        log.DropThrough(1);
        Assert.That(log.Capacity, Is.EqualTo(capacity));

        log.Append(new byte[300]);
        log.Rest();
        Assert.That((log.Count, log.Capacity), Is.EqualTo((1, capacity)), "There is something in it.");

        log.DropThrough(2);
        log.Rest();
        Assert.That(log.Capacity, Is.Zero);
    }

    [Test]
    public void A_long_array_is_given_back_as_soon_as_all_is_acknowledged()
    {
        var log = new ReplayLog(65_536);
        for (int i = 0; i < 100; i++)
        {
            log.Append(new byte[300]);
        }

        log.DropThrough(99);
        Assert.That(log.Capacity, Is.GreaterThan(8_192));
        log.DropThrough(100);
        Assert.That(log.Capacity, Is.Zero);
    }

    [Test]
    public void A_message_that_many_get_is_kept_as_it_is_and_within_the_budget()
    {
        var log = new ReplayLog(3_000);
        byte[] shared = new byte[1_000];
        for (int i = 0; i < 3; i++)
        {
            log.AppendShared(shared);
        }

        Assert.That((log.Count, log.Capacity), Is.EqualTo((2, 512)), "Three, and what is kept of each besides, are more.");
        using ReplayReader reader = log.Read();
        Assert.That(reader.TryRead(out ReadOnlySpan<byte> first), Is.True);
        Assert.That(first.Overlaps(shared), Is.True);
    }

    [Test]
    public void A_long_queue_is_given_back_as_soon_as_all_is_acknowledged_and_a_short_one_is_kept([Values(256, 257)] int count)
    {
        var log = new ReplayLog(65_536);
        for (int i = 0; i < count; i++)
        {
            log.AppendShared(new byte[50]);
        }

        log.DropThrough(count);
        Assert.That(log.Capacity, count == 256 ? Is.Positive : Is.Zero);
    }

    [Test]
    public void It_covers_what_follows_any_message_that_is_kept_or_just_was_not()
    {
        var log = new ReplayLog(3 * (Overhead + 1));
        Assert.That((log.Covers(-1), log.Covers(0), log.Covers(1)), Is.EqualTo((false, true, false)));
        for (int i = 0; i < 5; i++)
        {
            log.Append("x"u8);
        }

        Assert.That(Enumerable.Range(0, 7).Where(number => log.Covers(number)), Is.EqualTo([2, 3, 4, 5]));
    }

    [Test]
    public void With_no_budget_it_keeps_nothing()
    {
        var log = new ReplayLog(0);
        log.Append("x"u8);
        Assert.That((log.Last, log.Count, log.Covers(0), log.Covers(1)), Is.EqualTo((1L, 0, false, true)));
    }

    private static List<(long Number, string Message)> ReadAll(in ReplayLog log)
    {
        var all = new List<(long Number, string Message)>();
        using ReplayReader reader = log.Read();
        for (long number = log.Last - log.Count + 1; reader.TryRead(out ReadOnlySpan<byte> message); number++)
        {
            all.Add((number, Encoding.ASCII.GetString(message)));
        }

        return all;
    }
}
