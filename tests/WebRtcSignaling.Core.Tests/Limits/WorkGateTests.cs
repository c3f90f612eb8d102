using WebRtcSignaling.Errors;
using WebRtcSignaling.Limits;

namespace WebRtcSignaling.Core.Tests.Limits;

public sealed class WorkGateTests
{
    [Test]
    public async Task Never_more_is_computed_at_once_than_may_be()
    {
        const int Width = 2, All = 64;
        var gate = new WorkGate(Width);
        using var begun = new SemaphoreSlim(0);
        using var mayEnd = new SemaphoreSlim(0);
        int running = 0;
        var seen = new List<int>();
        SignalingResult<int> Work(int number)
        {
            lock (seen)
            {
                seen.Add(++running);
            }

            begun.Release();
            mayEnd.Wait();
            lock (seen)
            {
                running--;
            }

            return number;
        }

        Task<SignalingResult<int>>[] all =
            [.. Enumerable.Range(0, All).Select(number => gate.RunAsync(() => Work(number), CancellationToken.None).AsTask())];
        Assert.That(gate.WaitingCount, Is.EqualTo(All - Width));
        for (int i = 0; i < All; i++)
        {
            await begun.WaitAsync();
            mayEnd.Release();
        }

        SignalingResult<int>[] results = await Task.WhenAll(all);
        Assert.That(results.Select(result => result.Value), Is.EqualTo(Enumerable.Range(0, All)));
        Assert.That((seen.Count, seen.Max(), gate.WaitingCount), Is.EqualTo((All, Width, 0)));
    }

    [Test]
    public async Task What_waits_is_run_in_the_order_in_which_it_came()
    {
        var gate = new WorkGate(1);
        using var mayEnd = new SemaphoreSlim(0);
        var order = new List<int>();
        SignalingResult<int> Work(int number)
        {
            mayEnd.Wait();
            order.Add(number);
            return number;
        }

        Task<SignalingResult<int>>[] all =
            [.. Enumerable.Range(0, 10).Select(number => gate.RunAsync(() => Work(number), CancellationToken.None).AsTask())];
        mayEnd.Release(10);
        await Task.WhenAll(all);
        Assert.That(order, Is.EqualTo(Enumerable.Range(0, 10)));
    }

    [Test]
    public async Task Whoever_ends_while_it_waits_leaves_and_is_not_run()
    {
        var gate = new WorkGate(1);
        using var mayEnd = new SemaphoreSlim(0);
        using var closed = new CancellationTokenSource();
        SignalingResult<int> First()
        {
            mayEnd.Wait();
            return 1;
        }

        Task<SignalingResult<int>> first = gate.RunAsync(First, CancellationToken.None).AsTask();
        bool isRun = false;
        Task<SignalingResult<bool>> second = gate.RunAsync<bool>(() => isRun = true, closed.Token).AsTask();
        Task<SignalingResult<int>> third = gate.RunAsync<int>(() => 3, CancellationToken.None).AsTask();
        await closed.CancelAsync();
        Assert.That(gate.WaitingCount, Is.EqualTo(1));
        Assert.That(((await second).Error?.Code, isRun), Is.EqualTo((SignalingErrorCode.SessionClosed, false)));

        mayEnd.Release();
        Assert.That(((await first).Value, (await third).Value), Is.EqualTo((1, 3)), "the place of the one that left is nobody's");
        Assert.That((await gate.RunAsync<int>(() => 4, CancellationToken.None)).Value, Is.EqualTo(4));
    }

    [Test]
    public async Task Work_that_fails_keeps_no_place()
    {
        var gate = new WorkGate(1);
        Assert.That(
            async () => await gate.RunAsync<int>(() => throw new InvalidOperationException("test"), CancellationToken.None),
            Throws.InvalidOperationException);
        Assert.That((await gate.RunAsync<int>(() => 1, CancellationToken.None)).Value, Is.EqualTo(1));
    }
}
