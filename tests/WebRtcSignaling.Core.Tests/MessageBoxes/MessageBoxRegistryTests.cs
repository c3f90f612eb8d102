using System.Text;
using WebRtcSignaling.Errors;
using WebRtcSignaling.MessageBoxes;
using WebRtcSignaling.Testing;
using static WebRtcSignaling.Core.Tests.MessageBoxes.MessageBoxTexts;

namespace WebRtcSignaling.Core.Tests.MessageBoxes;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MessageBoxRegistryTests : IDisposable
{
    private static readonly MessageBoxId A = Id("a");
    private static readonly MessageBoxId B = Id("b");

    private readonly ManualTimeProvider _clock = new();
    private readonly MessageBoxRegistry _boxes;

    public MessageBoxRegistryTests() => _boxes = new MessageBoxRegistry(new MessageBoxOptions(), _clock);

    public void Dispose() => _boxes.Dispose();

    [Test]
    public void Messages_are_taken_in_the_order_of_the_puts_and_only_once()
    {
        MessageBoxId id = _boxes.Create().Value;

        Assert.Multiple(() =>
        {
            Assert.That(_boxes.Put(id, "one").Value, Is.EqualTo(1));
            Assert.That(_boxes.Put(id, "0"u8.ToArray()).Value, Is.EqualTo(2));
            Assert.That(_boxes.Put(id, "drei €").Value, Is.EqualTo(3));
            Assert.That(_boxes.TakeTexts(id), Is.EqualTo(["one", "0", "drei €"]));
            Assert.That(_boxes.TakeTexts(id), Is.Empty);
            Assert.That(_boxes.Put(id, "four").Value, Is.EqualTo(1));
        });
    }

    [Test]
    public void Boxes_do_not_mix()
    {
        _boxes.Put(A, "for a");
        _boxes.Put(B, "for b");

        Assert.That(_boxes.TakeTexts(A), Is.EqualTo(["for a"]));
        Assert.That(_boxes.TakeTexts(B), Is.EqualTo(["for b"]));
    }

    [Test]
    public void An_id_that_was_never_created_acts_as_an_empty_box()
    {
        Assert.That(_boxes.TakeTexts(A), Is.Empty);
        Assert.That(_boxes.Put(A, "hello").Value, Is.EqualTo(1));
        Assert.That(_boxes.TakeTexts(A), Is.EqualTo(["hello"]));
    }

    [Test]
    public void A_message_is_copied_when_it_is_put()
    {
        byte[] message = "before"u8.ToArray();
        _boxes.Put(A, message);
        "after!"u8.CopyTo(message);

        Assert.That(_boxes.TakeTexts(A), Is.EqualTo(["before"]));
    }

    [Test]
    public void Empty_boxes_cost_nothing_however_many_are_created_or_polled()
    {
        using var boxes = new MessageBoxRegistry(new MessageBoxOptions { MaxBoxes = 1 }, _clock);
        for (int i = 0; i < 100; i++)
        {
            Assert.That(boxes.TakeTexts(boxes.Create().Value), Is.Empty);
        }

        Assert.That(boxes.Count, Is.Zero);
        Assert.That(boxes.Put(boxes.Create().Value, "still room").IsSuccess);
    }

    [Test]
    public async Task What_is_not_an_id_is_refused_everywhere() =>
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(_boxes.Put(default, "x").Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
            Assert.That(_boxes.TakeAll(default).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
            Assert.That(
                (await _boxes.TakeAllAsync(default, TimeSpan.FromSeconds(1))).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
            Assert.That(_boxes.Count, Is.Zero);
        });

    [Test]
    public void An_empty_message_is_refused()
    {
        Assert.That(_boxes.Put(A, "").Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
        Assert.That(_boxes.Put(A, ReadOnlyMemory<byte>.Empty).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
    }

    [Test]
    public void A_malformed_message_is_refused_and_spoils_nothing()
    {
        _boxes.Put(A, "good");

        Assert.Multiple(() =>
        {
            Assert.That(_boxes.Put(A, new byte[] { 0x61, 0xC3 }).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
            Assert.That(_boxes.Put(A, "\ud800 half a pair").Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
            Assert.That(_boxes.TakeTexts(A), Is.EqualTo(["good"]));
        });
    }

    [Test]
    public void Messages_stay_for_the_idle_time_and_are_then_gone()
    {
        _boxes.Put(A, "early");
        _clock.Advance(TimeSpan.FromMinutes(24) - TimeSpan.FromTicks(1));
        Assert.That(_boxes.TakeTexts(A), Is.EqualTo(["early"]));

        _boxes.Put(A, "late");
        _clock.Advance(TimeSpan.FromMinutes(24));
        Assert.Multiple(() =>
        {
            Assert.That(_boxes.Count, Is.Zero);
            Assert.That(_boxes.TotalBytes, Is.Zero);
            Assert.That(_boxes.TakeTexts(A), Is.Empty);
        });
    }

    [Test]
    public void A_put_begins_the_idle_time_of_the_whole_box_anew_and_of_no_other()
    {
        _boxes.Put(A, "a1");
        _boxes.Put(B, "b1");
        _clock.Advance(TimeSpan.FromMinutes(20));
        _boxes.Put(A, "a2");
        _clock.Advance(TimeSpan.FromMinutes(20));

        Assert.That(_boxes.TakeTexts(A), Is.EqualTo(["a1", "a2"]));
        Assert.That(_boxes.TakeTexts(B), Is.Empty);
    }

    [Test]
    public void Each_box_expires_at_its_own_time()
    {
        for (int i = 1; i <= 10; i++)
        {
            _boxes.Put(Id($"box-{i}"), "x");
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        // Ten minutes after the first put.
        _clock.Advance(TimeSpan.FromMinutes(14) - TimeSpan.FromTicks(1));
        for (int left = 10; left >= 1; left--)
        {
            Assert.That(_boxes.Count, Is.EqualTo(left));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(_boxes.Count, Is.Zero);
    }

    [Test]
    public void One_timer_runs_while_boxes_hold_messages_and_none_otherwise()
    {
        Assert.That(_clock.ActiveTimers, Is.Zero);
        _boxes.Put(A, "x");
        _boxes.Put(B, "x");
        Assert.That(_clock.ActiveTimers, Is.EqualTo(1));
        _boxes.TakeAll(A);
        Assert.That(_clock.ActiveTimers, Is.EqualTo(1));
        _boxes.TakeAll(B);
        Assert.That(_clock.ActiveTimers, Is.Zero);

        _boxes.Put(A, "x");
        Assert.That(_clock.ActiveTimers, Is.EqualTo(1));
        _clock.Advance(TimeSpan.FromMinutes(24));
        Assert.That(_clock.ActiveTimers, Is.Zero);
    }

    [Test]
    public async Task A_disposed_registry_holds_no_timer_and_refuses_everything()
    {
        _boxes.Put(A, "x");

        _boxes.Dispose();
        _boxes.Dispose();

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(_clock.UndisposedTimers, Is.Zero);
            Assert.That(_boxes.Count, Is.Zero);
            Assert.That(_boxes.TotalBytes, Is.Zero);
            Assert.That(_boxes.Create().Error?.Code, Is.EqualTo(SignalingErrorCode.ServerStopping));
            Assert.That(_boxes.Put(A, "x").Error?.Code, Is.EqualTo(SignalingErrorCode.ServerStopping));
            Assert.That(_boxes.TakeAll(A).Error?.Code, Is.EqualTo(SignalingErrorCode.ServerStopping));
            Assert.That((await _boxes.TakeAllAsync(A, TimeSpan.FromSeconds(1))).Error?.Code, Is.EqualTo(SignalingErrorCode.ServerStopping));
        });
    }

    [Test]
    public void Bytes_are_counted_as_UTF_8()
    {
        _boxes.Put(A, "€");
        _boxes.Put(B, Encoding.UTF8.GetBytes("😀"));
        Assert.That(_boxes.TotalBytes, Is.EqualTo(7));

        _boxes.TakeAll(A);
        Assert.That(_boxes.TotalBytes, Is.EqualTo(4));
    }
}
