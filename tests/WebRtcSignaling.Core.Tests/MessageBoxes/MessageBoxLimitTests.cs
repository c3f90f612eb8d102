using WebRtcSignaling.Errors;
using WebRtcSignaling.MessageBoxes;
using WebRtcSignaling.Testing;
using static WebRtcSignaling.Core.Tests.MessageBoxes.MessageBoxTexts;

namespace WebRtcSignaling.Core.Tests.MessageBoxes;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MessageBoxLimitTests
{
    private static readonly MessageBoxId A = Id("a");
    private static readonly MessageBoxId B = Id("b");

    private readonly ManualTimeProvider _clock = new();

    [TestCase(9, true)]
    [TestCase(10, true)]
    [TestCase(11, false)]
    public void A_message_has_a_longest_length(int length, bool fits)
    {
        using MessageBoxRegistry boxes = Registry(static options => options.MaxMessageBytes = 10);

        Assert.Multiple(() =>
        {
            AssertFits(boxes.Put(A, new string('x', length)), fits, "MaxMessageBytes");
            AssertFits(boxes.Put(A, Enumerable.Repeat((byte)'x', length).ToArray()), fits, "MaxMessageBytes");
        });
    }

    [Test]
    public void The_longest_length_is_that_in_bytes_and_not_in_characters()
    {
        using MessageBoxRegistry boxes = Registry(static options => options.MaxMessageBytes = 10);

        AssertFits(boxes.Put(A, "€€€x"), true, "MaxMessageBytes");
        AssertFits(boxes.Put(A, "€€€xx"), false, "MaxMessageBytes");
    }

    [Test]
    public void A_box_holds_a_limited_number_of_messages()
    {
        using MessageBoxRegistry boxes = Registry(static options => options.MaxMessagesPerBox = 2);

        AssertFits(boxes.Put(A, "1"), true, "MaxMessagesPerBox");
        AssertFits(boxes.Put(A, "2"), true, "MaxMessagesPerBox");
        AssertFits(boxes.Put(A, "3"), false, "MaxMessagesPerBox");
        AssertFits(boxes.Put(B, "1"), true, "MaxMessagesPerBox");
        Assert.That(boxes.TakeTexts(A), Is.EqualTo(["1", "2"]));
        AssertFits(boxes.Put(A, "4"), true, "MaxMessagesPerBox");
    }

    [TestCase(3, true)]
    [TestCase(4, true)]
    [TestCase(5, false)]
    public void A_box_holds_a_limited_number_of_bytes(int length, bool fits)
    {
        using MessageBoxRegistry boxes = Registry(static options => (options.MaxMessageBytes, options.MaxBoxBytes) = (10, 10));
        boxes.Put(A, "123456");

        AssertFits(boxes.Put(A, new string('x', length)), fits, "MaxBoxBytes");
        AssertFits(boxes.Put(B, new string('x', length)), true, "MaxBoxBytes");
    }

    [TestCase(3, true)]
    [TestCase(4, true)]
    [TestCase(5, false)]
    public void All_boxes_together_hold_a_limited_number_of_bytes(int length, bool fits)
    {
        using MessageBoxRegistry boxes = Registry(
            static options => (options.MaxMessageBytes, options.MaxBoxBytes, options.MaxTotalBytes) = (10, 10, 10));
        boxes.Put(A, "123456");
        _clock.Advance(TimeSpan.FromMinutes(1));

        SignalingResult<int> result = boxes.Put(B, new string('x', length));

        AssertFits(result, fits, "MaxTotalBytes");
        Assert.That(result.Error?.RetryAfter, Is.EqualTo(fits ? null : TimeSpan.FromMinutes(23)));
        boxes.TakeAll(A);
        AssertFits(boxes.Put(B, "xx"), true, "MaxTotalBytes");
    }

    [Test]
    public void A_limited_number_of_boxes_is_in_use()
    {
        using MessageBoxRegistry boxes = Registry(static options => options.MaxBoxes = 2);

        AssertFits(boxes.Put(A, "x"), true, "MaxBoxes");
        _clock.Advance(TimeSpan.FromMinutes(4));
        AssertFits(boxes.Put(B, "x"), true, "MaxBoxes");
        SignalingResult<int> refused = boxes.Put(Id("c"), "x");

        AssertFits(refused, false, "MaxBoxes");
        Assert.That(refused.Error?.RetryAfter, Is.EqualTo(TimeSpan.FromMinutes(20)));
        AssertFits(boxes.Put(A, "x"), true, "MaxBoxes");
        boxes.TakeAll(B);
        AssertFits(boxes.Put(Id("c"), "x"), true, "MaxBoxes");
    }

    [Test]
    public void The_time_after_which_to_retry_is_enough()
    {
        using MessageBoxRegistry boxes = Registry(static options => options.MaxBoxes = 1);
        boxes.Put(A, "x");

        _clock.Advance(boxes.Put(B, "x").Error!.RetryAfter!.Value);

        AssertFits(boxes.Put(B, "x"), true, "MaxBoxes");
    }

    [Test]
    public void A_refused_put_changes_nothing_and_does_not_prolong_the_life_of_the_box()
    {
        using MessageBoxRegistry boxes = Registry(static options => options.MaxMessagesPerBox = 1);
        boxes.Put(A, "kept");
        _clock.Advance(TimeSpan.FromMinutes(23));

        AssertFits(boxes.Put(A, "refused"), false, "MaxMessagesPerBox");
        Assert.That((boxes.Count, boxes.TotalBytes), Is.EqualTo((1, 4L)));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(boxes.Count, Is.Zero);
    }

    [Test]
    public void Limits_as_large_as_numbers_go_do_not_overflow()
    {
        using MessageBoxRegistry boxes = Registry(static options =>
        {
            (options.MaxBoxes, options.MaxMessagesPerBox, options.MaxMessageBytes) = (int.MaxValue, int.MaxValue, int.MaxValue);
            (options.MaxBoxBytes, options.MaxTotalBytes, options.MaxBytesPerAddress) = (int.MaxValue, long.MaxValue, long.MaxValue);
        });

        AssertFits(boxes.Put(A, "x"), true, "any");
        AssertFits(boxes.Put(A, "y"), true, "any");
    }

    private static void AssertFits(SignalingResult<int> result, bool fits, string limit)
    {
        Assert.That(result.IsSuccess, Is.EqualTo(fits), result.ToString());
        if (result.Error is { } error)
        {
            Assert.That(error.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
            Assert.That(error.Message, Does.Contain(limit));
        }
    }

    private MessageBoxRegistry Registry(Action<MessageBoxOptions> set)
    {
        var options = new MessageBoxOptions();
        set(options);
        return new MessageBoxRegistry(options, _clock);
    }
}
