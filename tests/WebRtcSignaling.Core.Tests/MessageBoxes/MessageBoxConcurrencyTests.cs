using System.Globalization;
using WebRtcSignaling.Errors;
using WebRtcSignaling.MessageBoxes;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.MessageBoxes;

[CancelAfter(120_000)]
public sealed class MessageBoxConcurrencyTests
{
    private const int Writers = 8;
    private const int Takers = 4;
    private const int MessagesPerWriter = 10_000;

    [TestCase(true, TestName = "Waiting_takers_and_writers_at_once_lose_nothing_and_take_nothing_twice")]
    [TestCase(false, TestName = "Polling_takers_and_writers_at_once_lose_nothing_and_take_nothing_twice")]
    public async Task Takers_and_writers_at_once(bool wait, CancellationToken cancellationToken)
    {
        var clock = new ManualTimeProvider();
        using var boxes = new MessageBoxRegistry(
            new MessageBoxOptions { MaxMessagesPerBox = 50, MaxWaitsPerBox = Takers, IdleTimeout = TimeSpan.FromDays(30) }, clock);
        MessageBoxId id = boxes.Create().Value;
        using var written = new CancellationTokenSource();

        Task<List<(int Writer, int Number)>>[] takers =
        [
            .. Enumerable.Range(0, Takers).Select(
                taker => Task.Run(() => TakeUntilAsync(boxes, id, wait, taker, written.Token, cancellationToken))),
        ];
        Task ticking = Task.Run(() => TickAsync(clock, written.Token), cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(boxes, id, writer, cancellationToken))));
        await written.CancelAsync();
        List<(int Writer, int Number)>[] taken = await Task.WhenAll(takers);
        await ticking;

        Assert.Multiple(() =>
        {
            foreach (List<(int Writer, int Number)> ofTaker in taken)
            {
                foreach (IGrouping<int, (int Writer, int Number)> ofWriter in ofTaker.GroupBy(static message => message.Writer))
                {
                    Assert.That(ofWriter.Select(static message => message.Number), Is.Ordered, "each writer's order is kept");
                }
            }

            var all = taken.SelectMany(static messages => messages).Concat(boxes.TakeTexts(id).Select(Parse)).ToList();
            Assert.That(all, Has.Count.EqualTo(Writers * MessagesPerWriter), "nothing lost");
            Assert.That(all.ToHashSet(), Has.Count.EqualTo(all.Count), "nothing twice");
            Assert.That((boxes.Count, boxes.TotalBytes, clock.ActiveTimers), Is.EqualTo((0, 0L, 0)));
        });
    }

    [Test]
    public async Task A_message_put_while_waits_end_is_taken_exactly_once(CancellationToken cancellationToken)
    {
        const int Rounds = 10_000;
        var clock = new ManualTimeProvider();
        using var boxes = new MessageBoxRegistry(new MessageBoxOptions(), clock);
        MessageBoxId id = boxes.Create().Value;
        for (int round = 0; round < Rounds; round++)
        {
            using var cancellation = new CancellationTokenSource();
            Task<string[]> take = TakeOrNoneAsync(boxes, id, cancellation.Token);
            string message = round.ToString(CultureInfo.InvariantCulture);
            bool byTime = round % 2 == 0;

            Task put = Task.Run(() => boxes.Put(id, message), cancellationToken);
            Task end = Task.Run(() => EndWait(clock, cancellation, byTime), cancellationToken);
            await Task.WhenAll(put, end, take).WaitAsync(cancellationToken);

            string[] taken = [.. await take, .. boxes.TakeTexts(id)];
            Assert.That(taken, Is.EqualTo([message]));
        }

        Assert.That((boxes.Count, clock.ActiveTimers), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task An_acknowledged_message_is_not_swept_away_with_the_old_ones(CancellationToken cancellationToken)
    {
        const int Rounds = 10_000;
        var clock = new ManualTimeProvider();
        using var boxes = new MessageBoxRegistry(new MessageBoxOptions(), clock);
        MessageBoxId id = boxes.Create().Value;
        for (int round = 0; round < Rounds; round++)
        {
            boxes.Put(id, "old");
            clock.Advance(TimeSpan.FromMinutes(24) - TimeSpan.FromMilliseconds(1));

            Task<SignalingResult<int>> put = Task.Run(() => boxes.Put(id, "new"), cancellationToken);
            Task sweep = Task.Run(() => clock.Advance(TimeSpan.FromMilliseconds(1)), cancellationToken);
            await Task.WhenAll(put, sweep).WaitAsync(cancellationToken);

            string[] expected = (await put).Value == 1 ? ["new"] : ["old", "new"];
            Assert.That(boxes.TakeTexts(id), Is.EqualTo(expected));
        }

        Assert.That((boxes.Count, clock.ActiveTimers), Is.EqualTo((0, 0)));
    }

    private static async Task TickAsync(ManualTimeProvider clock, CancellationToken written)
    {
        while (!written.IsCancellationRequested)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }
    }

    private static async Task WriteAsync(MessageBoxRegistry boxes, MessageBoxId id, int writer, CancellationToken cancellationToken)
    {
        for (int number = 0; number < MessagesPerWriter; number++)
        {
            string message = string.Create(CultureInfo.InvariantCulture, $"{writer}:{number}");
            while (!boxes.Put(id, message).IsSuccess)
            {
                // The box is full; a refused message was not kept, so it is put again.
                cancellationToken.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    private static async Task<List<(int Writer, int Number)>> TakeUntilAsync(
        MessageBoxRegistry boxes, MessageBoxId id, bool wait, int taker, CancellationToken written, CancellationToken cancellationToken)
    {
        List<(int Writer, int Number)> taken = [];
        while (!written.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (wait)
            {
                // Each taker waits for another span, so that waits also end by time among the puts.
                string[] texts = await TakeOrNoneAsync(boxes, id, written, TimeSpan.FromMilliseconds(1 + taker));
                taken.AddRange(texts.Select(Parse));
            }
            else
            {
                taken.AddRange(boxes.TakeTexts(id).Select(Parse));
                await Task.Yield();
            }
        }

        return taken;
    }

    private static async Task<string[]> TakeOrNoneAsync(
        MessageBoxRegistry boxes, MessageBoxId id, CancellationToken cancellationToken, TimeSpan? maxWait = null)
    {
        try
        {
            return (await boxes.TakeAllAsync(id, maxWait ?? TimeSpan.FromSeconds(1), cancellationToken)).Value.ToTexts();
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    private static void EndWait(ManualTimeProvider clock, CancellationTokenSource cancellation, bool byTime)
    {
        if (byTime)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
        }
        else
        {
            cancellation.Cancel();
        }
    }

    private static (int Writer, int Number) Parse(string message)
    {
        string[] parts = message.Split(':');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
