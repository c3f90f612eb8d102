using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using WebRtcSignaling.AspNetCore.Tests.Apps;

namespace WebRtcSignaling.AspNetCore.Tests.MessageBoxes;

/// <summary>Many at once over real HTTP: nothing is lost, and nothing comes twice.</summary>
internal sealed class ConcurrencyTests
{
    private const int Clients = 50;
    private const int MessagesEach = 40;

    /// <summary>All of them come from one address.</summary>
    private static readonly KeyValuePair<string, string?> _manyRequests = new("Signaling:Admission:RequestBurstPerAddress", "1000000");

    [Test]
    public async Task Fifty_writers_and_fifty_takers_lose_nothing_and_hear_nothing_twice([Values] bool waits)
    {
        await using TestApp app = await TestApp.StartAsync(
            map: static app => app.MapMessageBox(),
            settings:
            [
                new("Signaling:MessageBoxes:MaxWaitsPerBox", "100"),
                new("Signaling:MessageBoxes:MaxMessagesPerBox", "10000"),
                _manyRequests,
            ]);
        using var client = new MessageBoxClient(app);
        string box = await client.CreateAsync();
        var taken = new ConcurrentBag<string>();
        Task takers = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => TakeAsync(client, box, taken, waits)));
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(writer => WriteAsync(client, box, writer)));
        await takers;
        Assert.That(await client.TakeAsync(box), Is.Empty);
        Assert.That(
            taken.Order(StringComparer.Ordinal),
            Is.EqualTo(Enumerable.Range(0, Clients).SelectMany(static writer => Enumerable.Range(0, MessagesEach).Select(number => Name(writer, number))).Order(StringComparer.Ordinal)));
    }

    [Test]
    public async Task One_taker_hears_each_of_fifty_writers_in_its_order()
    {
        await using TestApp app = await TestApp.StartAsync(
            map: static app => app.MapMessageBox(), settings: [new("Signaling:MessageBoxes:MaxMessagesPerBox", "10000"), _manyRequests]);
        using var client = new MessageBoxClient(app);
        string box = await client.CreateAsync();
        var taken = new List<string>();
        Task writers = Task.WhenAll(Enumerable.Range(0, Clients).Select(writer => WriteAsync(client, box, writer)));
        while (taken.Count < Clients * MessagesEach)
        {
            taken.AddRange(await client.TakeAsync(box, wait: 5));
        }

        await writers;
        for (int writer = 0; writer < Clients; writer++)
        {
            string prefix = $"{writer}:";
            Assert.That(
                taken.Where(message => message.StartsWith(prefix, StringComparison.Ordinal)),
                Is.EqualTo(Enumerable.Range(0, MessagesEach).Select(number => Name(writer, number))));
        }
    }

    private static async Task WriteAsync(MessageBoxClient client, string box, int writer)
    {
        for (int number = 0; number < MessagesEach; number++)
        {
            int count = await (number % 2 == 0 ? client.PutAsync(box, Name(writer, number)) : client.PostAsync(box, Name(writer, number)));
            Assert.That(count, Is.Positive);
        }
    }

    private static async Task TakeAsync(MessageBoxClient client, string box, ConcurrentBag<string> taken, bool waits)
    {
        while (taken.Count < Clients * MessagesEach)
        {
            foreach (string message in await client.TakeAsync(box, waits ? 0.2 : 0))
            {
                taken.Add(message);
            }
        }
    }

    private static string Name(int writer, int number) => string.Create(CultureInfo.InvariantCulture, $"{writer}:{number}");
}
