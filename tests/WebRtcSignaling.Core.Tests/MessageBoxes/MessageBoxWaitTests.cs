using System.Collections.ObjectModel;
using WebRtcSignaling.Errors;
using WebRtcSignaling.MessageBoxes;
using WebRtcSignaling.Testing;
using static WebRtcSignaling.Core.Tests.MessageBoxes.MessageBoxTexts;

namespace WebRtcSignaling.Core.Tests.MessageBoxes;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(60_000)]
public sealed class MessageBoxWaitTests : IDisposable
{
    private static readonly MessageBoxId A = Id("a");
    private static readonly MessageBoxId B = Id("b");
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _clock = new();
    private readonly MessageBoxRegistry _boxes;

    public MessageBoxWaitTests() => _boxes = new MessageBoxRegistry(new MessageBoxOptions { MaxBoxes = 2, MaxWaitsPerBox = 2 }, _clock);

    public void Dispose() => _boxes.Dispose();

    [Test]
    public async Task What_is_there_is_taken_without_waiting()
    {
        _boxes.Put(A, "1");
        _boxes.Put(A, "2");

        ValueTask<SignalingResult<ReadOnlyCollection<ReadOnlyMemory<byte>>>> take = _boxes.TakeAllAsync(A, Wait);

        Assert.That(take.IsCompletedSuccessfully);
        Assert.That((await take).Value.ToTexts(), Is.EqualTo(["1", "2"]));
        AssertNothingIsLeft();
    }

    [Test]
    public async Task A_message_ends_the_wait_and_is_taken(CancellationToken cancellationToken)
    {
        Task<string[]> take = TakeAsync(A, cancellationToken);
        Assert.That(take.IsCompleted, Is.False);

        Assert.That(_boxes.Put(A, "hello").Value, Is.EqualTo(1));

        Assert.That(await take.WaitAsync(cancellationToken), Is.EqualTo(["hello"]));
        Assert.That(_boxes.TakeTexts(A), Is.Empty);
        AssertNothingIsLeft();
    }

    [Test]
    public async Task A_wait_ends_without_messages_when_its_time_is_over(CancellationToken cancellationToken)
    {
        Task<string[]> take = TakeAsync(A, cancellationToken);

        _clock.Advance(Wait - TimeSpan.FromTicks(1));
        Assert.That(take.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.That(await take.WaitAsync(cancellationToken), Is.Empty);
        AssertNothingIsLeft();
    }

    [Test]
    public async Task A_wait_is_no_longer_than_the_options_allow(CancellationToken cancellationToken)
    {
        Task<SignalingResult<ReadOnlyCollection<ReadOnlyMemory<byte>>>> take =
            _boxes.TakeAllAsync(A, TimeSpan.MaxValue, cancellationToken).AsTask();

        _clock.Advance(new MessageBoxOptions().MaxWait);

        Assert.That((await take.WaitAsync(cancellationToken)).Value, Is.Empty);
    }

    [Test]
    public async Task A_wait_of_no_time_returns_at_once()
    {
        ValueTask<SignalingResult<ReadOnlyCollection<ReadOnlyMemory<byte>>>> take = _boxes.TakeAllAsync(A, TimeSpan.Zero);

        Assert.That(take.IsCompletedSuccessfully);
        Assert.That((await take).Value, Is.Empty);
        AssertNothingIsLeft();
    }

    [Test]
    public void A_negative_wait_is_a_mistake_of_the_caller() =>
        Assert.That(async () => await _boxes.TakeAllAsync(A, TimeSpan.FromTicks(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void A_canceled_wait_leaves_nothing_behind_and_later_messages_stay()
    {
        using var cancellation = new CancellationTokenSource();
        Task<string[]> take = TakeAsync(A, cancellation.Token);
        Assert.That(_boxes.Count, Is.EqualTo(1));

        cancellation.Cancel();

        Assert.That(async () => await take, Throws.InstanceOf<OperationCanceledException>());
        AssertNothingIsLeft();
        _boxes.Put(A, "later");
        Assert.That(_boxes.TakeTexts(A), Is.EqualTo(["later"]));
    }

    [Test]
    public void A_take_that_was_canceled_before_it_began_takes_nothing()
    {
        _boxes.Put(A, "kept");

        Assert.That(
            async () => await _boxes.TakeAllAsync(A, Wait, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_boxes.TakeTexts(A), Is.EqualTo(["kept"]));
    }

    [Test]
    public async Task The_first_to_wait_gets_the_message_and_the_next_waits_for_the_next(CancellationToken cancellationToken)
    {
        Task<string[]> first = TakeAsync(A, cancellationToken);
        Task<string[]> second = TakeAsync(A, cancellationToken);

        _boxes.Put(A, "1");
        Assert.That(await first.WaitAsync(cancellationToken), Is.EqualTo(["1"]));
        Assert.That(second.IsCompleted, Is.False);
        _boxes.Put(A, "2");
        Assert.That(await second.WaitAsync(cancellationToken), Is.EqualTo(["2"]));
        AssertNothingIsLeft();
    }

    [Test]
    public async Task A_limited_number_of_requests_waits_at_a_box(CancellationToken cancellationToken)
    {
        Task<string[]> first = TakeAsync(A, cancellationToken);
        Task<string[]> second = TakeAsync(A, cancellationToken);

        SignalingError? error = (await _boxes.TakeAllAsync(A, Wait, cancellationToken)).Error;
        Assert.That(error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That(error?.Message, Does.Contain("MaxWaitsPerBox"));

        _boxes.Put(A, "1");
        Task<string[]> third = TakeAsync(A, cancellationToken);
        _boxes.Put(A, "2");
        _boxes.Put(A, "3");
        Assert.That(
            await Task.WhenAll(first, second, third).WaitAsync(cancellationToken),
            Is.EqualTo(new string[][] { ["1"], ["2"], ["3"] }));
    }

    [Test]
    public async Task Boxes_that_are_waited_at_count_as_used(CancellationToken cancellationToken)
    {
        Task<string[]> a = TakeAsync(A, cancellationToken);
        Task<string[]> b = TakeAsync(B, cancellationToken);

        SignalingError? error = (await _boxes.TakeAllAsync(Id("c"), Wait, cancellationToken)).Error;
        Assert.That(error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That(error?.Message, Does.Contain("MaxBoxes"));
        Assert.That(_boxes.Put(Id("c"), "x").Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));

        _boxes.Put(A, "for a");
        _boxes.Put(B, "for b");
        Assert.That(await Task.WhenAll(a, b).WaitAsync(cancellationToken), Is.EqualTo(new string[][] { ["for a"], ["for b"] }));
        AssertNothingIsLeft();
    }

    [Test]
    public async Task Dispose_ends_every_wait_and_leaves_no_timer(CancellationToken cancellationToken)
    {
        Task<SignalingResult<ReadOnlyCollection<ReadOnlyMemory<byte>>>>[] waits =
        [
            _boxes.TakeAllAsync(A, Wait, cancellationToken).AsTask(),
            _boxes.TakeAllAsync(A, Wait, cancellationToken).AsTask(),
            _boxes.TakeAllAsync(B, Wait, cancellationToken).AsTask(),
        ];

        _boxes.Dispose();

        SignalingResult<ReadOnlyCollection<ReadOnlyMemory<byte>>>[] results = await Task.WhenAll(waits).WaitAsync(cancellationToken);
        Assert.That(results.Select(static result => result.Error?.Code), Has.All.EqualTo(SignalingErrorCode.ServerStopping));
        Assert.That(_clock.UndisposedTimers, Is.Zero);
    }

    private async Task<string[]> TakeAsync(MessageBoxId id, CancellationToken cancellationToken) =>
        (await _boxes.TakeAllAsync(id, Wait, cancellationToken)).Value.ToTexts();

    private void AssertNothingIsLeft()
    {
        Assert.That((_boxes.Count, _boxes.TotalBytes), Is.EqualTo((0, 0L)));
        Assert.That(_clock.ActiveTimers, Is.Zero);
        Assert.That(_clock.UndisposedTimers, Is.EqualTo(1), "only the sweeping timer is left, and it is not set");
    }
}
