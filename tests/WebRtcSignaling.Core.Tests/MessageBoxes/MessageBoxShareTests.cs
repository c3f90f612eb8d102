using System.Net;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Limits;
using WebRtcSignaling.MessageBoxes;
using WebRtcSignaling.Testing;
using static WebRtcSignaling.Core.Tests.MessageBoxes.MessageBoxTexts;

namespace WebRtcSignaling.Core.Tests.MessageBoxes;

/// <summary>One address fills a part of the boxes, and others find room.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MessageBoxShareTests
{
    private static readonly IPAddress Here = IPAddress.Parse("203.0.113.7");
    private static readonly IPAddress There = IPAddress.Parse("203.0.113.8");

    private readonly ManualTimeProvider _clock = new();

    [Test]
    public void An_address_cannot_fill_all_boxes_and_goes_on_as_soon_as_one_of_its_own_is_taken()
    {
        using MessageBoxRegistry boxes = Registry(static options => options.MaxBytesPerAddress = 10 * options.MaxMessageBytes);
        byte[] longest = [.. Enumerable.Repeat((byte)'x', 64 * 1024)];
        int count = 0;
        SignalingResult<int> result;
        while ((result = boxes.Put(Id($"{count}"), longest, Here)).IsSuccess)
        {
            count++;
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.That((count, result.Error!.Code), Is.EqualTo((10, SignalingErrorCode.RateLimited)));
        Assert.That(result.Error.Message, Does.Contain("MaxBytesPerAddress"));
        Assert.That(result.Error.RetryAfter, Is.EqualTo(TimeSpan.FromMinutes(24) - TimeSpan.FromMilliseconds(10)));
        Assert.That(boxes.Put(Id("other"), longest, There).Error, Is.Null);
        Assert.That(boxes.Put(Id("host"), longest).Error, Is.Null);
        Assert.That(boxes.Put(Id("0"), "x", Here.MapToIPv6()).Error?.Code, Is.EqualTo(SignalingErrorCode.RateLimited), "nor into a box that is there");

        boxes.TakeAll(Id("3"));
        Assert.That(boxes.Put(Id("again"), longest, Here).Error, Is.Null);
        Assert.That(boxes.Put(Id("more"), "x", Here).Error?.Code, Is.EqualTo(SignalingErrorCode.RateLimited));
    }

    [Test]
    public void The_time_after_which_to_retry_is_enough_for_what_has_expired()
    {
        using MessageBoxRegistry boxes = Registry(static options => options.MaxBoxesPerAddress = 1);
        boxes.Put(Id("a"), "x", Here);
        SignalingError refused = boxes.Put(Id("b"), "x", Here).Error!;
        Assert.That((refused.Code, refused.Message.Contains("MaxBoxesPerAddress", StringComparison.Ordinal)), Is.EqualTo((SignalingErrorCode.RateLimited, true)));
        Assert.That(boxes.Put(Id("a"), "y", Here).Error, Is.Null, "into its own box");
        refused = boxes.Put(Id("b"), "x", Here).Error!;
        _clock.Advance(refused.RetryAfter!.Value);
        Assert.That(boxes.Put(Id("b"), "x", Here).Error, Is.Null);
    }

    [Test]
    public void A_box_is_counted_for_whoever_puts_its_first_message_and_bytes_for_whoever_puts_them()
    {
        using MessageBoxRegistry boxes = Registry(
            static options => (options.MaxBoxesPerAddress, options.MaxBytesPerAddress, options.MaxMessageBytes) = (1, 4, 4));
        Assert.That(boxes.Put(Id("a"), "12", Here).Error, Is.Null);
        Assert.That(boxes.Put(Id("a"), "1234", There).Error, Is.Null);
        Assert.That(boxes.Put(Id("a"), "34", Here).Error, Is.Null);
        Assert.That(boxes.Put(Id("a"), "5", Here).Error?.Code, Is.EqualTo(SignalingErrorCode.RateLimited));
        Assert.That(boxes.Put(Id("b"), "5", There).Error?.Code, Is.EqualTo(SignalingErrorCode.RateLimited), "its bytes are used up, if not its box");

        Assert.That(boxes.TakeTexts(Id("a")), Is.EqualTo(["12", "1234", "34"]));
        Assert.That((boxes.Put(Id("b"), "1234", There).Error, boxes.Put(Id("c"), "1234", Here).Error), Is.EqualTo(((SignalingError?)null, (SignalingError?)null)));
    }

    [Test]
    public async Task What_somebody_waits_for_is_not_stored_and_not_counted()
    {
        using MessageBoxRegistry boxes = Registry(static options => options.MaxBoxesPerAddress = 1);
        boxes.Put(Id("a"), "x", Here);
        var waiting = boxes.TakeAllAsync(Id("b"), TimeSpan.FromSeconds(30)).AsTask();
        Assert.That(boxes.Put(Id("b"), "x", Here).Error, Is.Null);
        Assert.That((await waiting).Value.ToTexts(), Is.EqualTo(["x"]));
    }

    [Test]
    public void What_is_taken_or_has_expired_leaves_nothing_behind()
    {
        var table = new MessageBoxTable(new());
        for (int i = 0; i < 100; i++)
        {
            ClientNetwork? from = ClientNetwork.Of(new IPAddress(i / 2));
            Assert.That(table.Put(Id($"{i % 10}"), "x"u8.ToArray(), from, TimeSpan.Zero, out _).Error, Is.Null);
        }

        Assert.That(table.NetworkCount, Is.EqualTo(50));
        table.TakeAll(Id("1"));
        table.DropExpired(TimeSpan.FromDays(1));
        Assert.That((table.NetworkCount, table.TotalBytes, table.Count), Is.EqualTo((0, 0L, 0)));
    }

    [Test]
    public void Where_no_address_is_known_nothing_is_counted()
    {
        using MessageBoxRegistry boxes = Registry(static options => options.MaxBoxesPerAddress = 1);
        for (int i = 0; i < 10; i++)
        {
            Assert.That(boxes.Put(Id($"{i}"), "x").Error, Is.Null);
        }
    }

    private MessageBoxRegistry Registry(Action<MessageBoxOptions> set)
    {
        var options = new MessageBoxOptions();
        set(options);
        return new MessageBoxRegistry(options, _clock);
    }
}
