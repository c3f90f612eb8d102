using System.Globalization;
using System.Reflection;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.Limits;

public sealed class MessageAllowanceTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public void A_burst_passes_and_the_next_message_is_refused_until_exactly_the_time_that_it_is_told()
    {
        MessageAllowance allowance = New(new() { MessagesPerSecond = 10, MessageBurst = 3 });
        Assert.That(Enumerable.Range(0, 3).Select(_ => Take(allowance)), Is.All.Null);

        SignalingError refused = Take(allowance)!;
        Assert.That((refused.Code, refused.RetryAfter), Is.EqualTo((SignalingErrorCode.RateLimited, TimeSpan.FromMilliseconds(100))));

        _time.Advance(TimeSpan.FromMilliseconds(100) - TimeSpan.FromTicks(1));
        Assert.That(Take(allowance)!.RetryAfter, Is.EqualTo(TimeSpan.FromTicks(1)), "a moment too early");
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.That((Take(allowance), Take(allowance)?.Code), Is.EqualTo(((SignalingError?)null, SignalingErrorCode.RateLimited)), "one, and no more");
    }

    [Test]
    public void Bytes_are_counted_like_messages()
    {
        MessageAllowance allowance = New(new() { BytesPerSecond = 10_000, ByteBurst = 3_000 });
        Assert.That((Take(allowance, 2_000), Take(allowance, 1_000)), Is.EqualTo(((SignalingError?)null, (SignalingError?)null)));
        Assert.That(Take(allowance, 500)!.RetryAfter, Is.EqualTo(TimeSpan.FromMilliseconds(50)));
        _time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.That((Take(allowance, 500), Take(allowance, 1)?.Code), Is.EqualTo(((SignalingError?)null, SignalingErrorCode.RateLimited)));
    }

    [Test]
    public void What_is_refused_for_one_bucket_takes_nothing_from_the_other()
    {
        MessageAllowance allowance = New(new() { MessagesPerSecond = 1, MessageBurst = 1, BytesPerSecond = 1_024, ByteBurst = 2_048 });
        Assert.That(Take(allowance, 1_024), Is.Null);
        Assert.That(Enumerable.Range(0, 50).Select(_ => Take(allowance, 1_024)?.Code), Is.All.EqualTo(SignalingErrorCode.RateLimited), "no message left");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(Take(allowance, 2_048), Is.Null, "all bytes have come back, so none was taken");
    }

    [Test]
    public void However_long_nothing_comes_no_more_than_a_burst_is_saved()
    {
        MessageAllowance allowance = New(new() { MessagesPerSecond = 10, MessageBurst = 3 });
        _time.Advance(TimeSpan.FromDays(1));
        Assert.That(Enumerable.Range(0, 100).Count(_ => Take(allowance) is null), Is.EqualTo(3));
    }

    [Test]
    public void Over_a_long_time_the_rate_is_what_it_is_said_to_be()
    {
        MessageAllowance allowance = New(new() { MessagesPerSecond = 500, MessageBurst = 100 });
        int passed = 0;
        for (int i = 0; i < 100_000; i++)
        {
            passed += Take(allowance) is null ? 1 : 0;
            _time.Advance(TimeSpan.FromMicroseconds(100));
        }

        Assert.That(passed, Is.InRange(5_098, 5_102), "ten seconds, and one burst");
    }

    [Test]
    public void Whoever_goes_on_is_exhausted_after_as_many_refusals_as_there_may_be_and_one_is_forgiven_each_second()
    {
        MessageAllowance allowance = New(new() { MessagesPerSecond = 1, MessageBurst = 1, MaxRefusals = 5 });
        Take(allowance);
        Assert.That(Enumerable.Range(0, 6).Select(_ => IsExhaustedBy(allowance)), Is.EqualTo(new[] { false, false, false, false, false, true }));
        _time.Advance(TimeSpan.FromSeconds(1));
        Take(allowance);
        Assert.That((IsExhaustedBy(allowance), IsExhaustedBy(allowance)), Is.EqualTo((false, true)));
    }

    [Test]
    public void Counting_allocates_nothing()
    {
        MessageAllowance allowance = New(Floods.Rates);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            allowance.Take(300, 0, out _);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public async Task Many_threads_together_take_no_more_than_there_is()
    {
        MessageAllowance allowance = New(new() { MessageBurst = 10_000, MaxRefusals = 100_000 });
        int[] passed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 5_000).Count(_ => Take(allowance) is null))));
        Assert.That(passed.Sum(), Is.EqualTo(10_000));
    }

    [Test]
    public void The_defaults_let_fifty_meet_at_once()
    {
        MessageAllowance allowance = New(new());
        for (int peer = 0; peer < 50; peer++)
        {
            Assert.That(Take(allowance, 20_000), Is.Null, "an offer of many tracks");
            Assert.That(Enumerable.Range(0, 30).Select(_ => Take(allowance, 300)), Is.All.Null, "candidates");
        }
    }

    [TestCase(nameof(RateOptions.MessagesPerSecond), 0)]
    [TestCase(nameof(RateOptions.MessagesPerSecond), 1_000_000_001)]
    [TestCase(nameof(RateOptions.MessageBurst), 0)]
    [TestCase(nameof(RateOptions.BytesPerSecond), 1_023)]
    [TestCase(nameof(RateOptions.ByteBurst), 4_095)]
    [TestCase(nameof(RateOptions.MaxRefusals), -1)]
    public void A_wrong_setting_is_named(string name, int value)
    {
        var options = new RateOptions();
        PropertyInfo setting = typeof(RateOptions).GetProperty(name)!;
        setting.SetValue(options, Convert.ChangeType(value, setting.PropertyType, CultureInfo.InvariantCulture));
        Assert.That(options.Validate("Rates", longestMessage: 4_096).Single(), Does.StartWith($"Rates:{name} must be "));
    }

    private MessageAllowance New(RateOptions options) => new(new MessageRates(options, _time));

    private SignalingError? Take(MessageAllowance allowance, int bytes = 1) => allowance.Take(bytes, _time.GetTimestamp(), out _);

    private bool IsExhaustedBy(MessageAllowance allowance)
    {
        allowance.Take(1, _time.GetTimestamp(), out bool isExhausted);
        return isExhausted;
    }
}
