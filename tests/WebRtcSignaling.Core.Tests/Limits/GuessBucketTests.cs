using WebRtcSignaling.Limits;

namespace WebRtcSignaling.Core.Tests.Limits;

public sealed class GuessBucketTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly DateTimeOffset _start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void So_many_guesses_are_taken_at_once_and_then_one_an_interval()
    {
        var bucket = new GuessBucket(3, Interval);
        bucket = TakeAll(bucket, 3, _start);
        Assert.Multiple(() =>
        {
            Assert.That(bucket.Take(_start).Wait, Is.EqualTo(Interval));
            Assert.That(bucket.Take(_start + Interval - TimeSpan.FromTicks(1)).Wait, Is.EqualTo(TimeSpan.FromTicks(1)));
            Assert.That(bucket.Take(_start + Interval).Wait, Is.Null);
        });
        bucket = TakeAll(bucket, 1, _start + Interval);
        Assert.That(bucket.Take(_start + Interval).Wait, Is.EqualTo(Interval), "one, and no more");
    }

    [Test]
    public void A_refused_guess_costs_nothing()
    {
        GuessBucket bucket = TakeAll(new(1, Interval), 1, _start);
        for (int i = 0; i < 5; i++)
        {
            (bucket, TimeSpan? wait) = bucket.Take(_start);
            Assert.That(wait, Is.EqualTo(Interval));
        }
    }

    [Test]
    public void A_bucket_never_holds_more_than_its_capacity()
    {
        GuessBucket bucket = TakeAll(new(2, Interval), 1, _start);
        bucket = TakeAll(bucket, 2, _start + (100 * Interval));
        Assert.That(bucket.Take(_start + (100 * Interval)).Wait, Is.EqualTo(Interval));
    }

    [Test]
    public void A_guess_that_is_given_back_can_be_taken_again()
    {
        GuessBucket bucket = TakeAll(new(2, Interval), 2, _start).GiveBack();
        bucket = TakeAll(bucket, 1, _start);
        Assert.That(bucket.Take(_start).Wait, Is.EqualTo(Interval));
    }

    private static GuessBucket TakeAll(GuessBucket bucket, int guesses, DateTimeOffset now)
    {
        for (int i = 0; i < guesses; i++)
        {
            (bucket, TimeSpan? wait) = bucket.Take(now);
            Assert.That(wait, Is.Null);
        }

        return bucket;
    }
}
