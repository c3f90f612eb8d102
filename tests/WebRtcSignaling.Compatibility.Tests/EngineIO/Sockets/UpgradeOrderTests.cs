using System.Text;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Testing.Splits;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Sockets;

/// <summary>Many messages are on their way in both directions while a session moves to a WebSocket: none is lost, none comes twice, none overtakes another.</summary>
internal sealed class UpgradeOrderTests
{
    private const int Rounds = 40;

    [Test]
    public async Task Order_holds_across_the_upgrade([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        var random = new Random(SplitSeed.Value);
        for (int round = 0; round < Rounds; round++)
        {
            using PollingClient polls = await UpgradeTests.ConnectAsync(app, version);
            await polls.PostAsync("""42["whoami"]""");
            using var stop = new CancellationTokenSource();
            Task<int> shouting = ShoutAsync(app.Dialect, stop.Token);
            List<string> received = await TalkAsync(app, polls, version, before: random.Next(0, 20), after: random.Next(1, 20), stop, shouting);
            int shouts = await shouting;
            string about = $"SPLIT_SEED={SplitSeed.Value}, round {round}";
            Assert.That(
                received.Where(static packet => packet.StartsWith("42[\"push\"", StringComparison.Ordinal)),
                Is.EqualTo(Enumerable.Range(0, shouts).Select(static i => $"42[\"push\",{i}]")),
                about);
            string[] echoes = [.. received.Where(static packet => packet.StartsWith("42[\"echoed\"", StringComparison.Ordinal))];
            Assert.That(echoes, Is.EqualTo(Enumerable.Range(0, echoes.Length).Select(static i => $"42[\"echoed\",{i}]")), about);
            await app.Dialect.NextEndAsync();
        }
    }

    /// <summary>Pushes numbers to the client as fast as it can, until it is told to stop.</summary>
    /// <returns>How many.</returns>
    private static Task<int> ShoutAsync(RelayDialect dialect, CancellationToken stop) => Task.Run(async () =>
    {
        int count = 0;
        while (!stop.IsCancellationRequested && count < 5_000)
        {
            dialect.Shout(Encoding.UTF8.GetBytes($"[\"push\",{count++}]"));
            await Task.Yield();
        }

        return count;
    });

    /// <summary>Does what a client does: polls, sends, probes, waits for its poll and its POST, upgrades, sends on.</summary>
    /// <returns>All it received, in order.</returns>
    private static async Task<List<string>> TalkAsync(
        CompatibilityApp app, PollingClient polls, int version, int before, int after, CancellationTokenSource stop, Task<int> shouting)
    {
        var received = new List<string>();
        bool isPausing = false;
        Task polling = Task.Run(async () =>
        {
            while (!Volatile.Read(ref isPausing))
            {
                received.AddRange(await polls.PollAsync());
            }
        });

        int sent = 0;
        using SocketClient socket = await app.OpenSocketAsync(version, polls.Sid);
        for (; sent < before; sent++)
        {
            await polls.PostAsync($"42[\"echo\",{sent}]");
        }

        await socket.SendAsync("2probe");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("3probe"));
        Volatile.Write(ref isPausing, true);
        await polls.PostAsync($"42[\"echo\",{sent++}]");
        await polling;
        await socket.SendAsync("5");
        for (int i = 0; i < after; i++)
        {
            await socket.SendAsync($"42[\"echo\",{sent++}]");
        }

        await stop.CancelAsync();
        await shouting;
        await socket.SendAsync("""420["whoami"]""");
        string packet;
        do
        {
            packet = await socket.ReceiveAsync();
            received.Add(packet);
        }
        while (!packet.StartsWith("430", StringComparison.Ordinal));

        Assert.That(received.Count(static packet => packet.StartsWith("42[\"echoed\"", StringComparison.Ordinal)), Is.EqualTo(sent));
        await socket.CloseAsync();
        return received;
    }
}
