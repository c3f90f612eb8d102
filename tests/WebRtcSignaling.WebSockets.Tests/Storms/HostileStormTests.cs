using System.Net;
using System.Text;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Tests.Connections;
using WebRtcSignaling.WebSockets.Tests.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Storms;

/// <summary>
/// Everything that hostile or broken clients do, at once and over TCP, with a well-behaved pair in the middle. The server's clock is the
/// test's: a second passes with every so many resets.
/// </summary>
[NonParallelizable]
public sealed class HostileStormTests
{
    private const int Resets = 10_000;
    private const int HalfOpenHandshakes = 2_000;
    private const int NeverReading = 200;
    private const int SlowSending = 100;
    private const int JoinLeavers = 20;
    private const int JoinsEach = 50;
    private const int Workers = 16;
    private const int ResetsPerSecond = 250;

    /// <summary>Seconds after which the server has given up whoever is silent or was cut off, with all that it grants.</summary>
    private const int LongSilence = 90;

    private const int ChatBytes = 4_000;
    private const int OutboxLimit = 131_072;
    private const long MegaByte = 1_000_000;

    // Generous: the pair shares two busy cores with the server and thirteen thousand others. The clock waits for forty of its round trips.
    private const int LeastRoundTrips = 60;
    private static readonly TimeSpan _longestRoundTrip = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _bound = TimeSpan.FromMinutes(5);

    private static readonly byte[] _join = ClientFrames.Text("""{"type":"room-join","room":"storm","create":true}""");
    private static readonly byte[] _joinLost = ClientFrames.Text("""{"type":"room-join","room":"lost","create":true}""");
    private static readonly byte[] _leave = ClientFrames.Text("""{"type":"room-leave","room":"storm"}""");
    private static readonly byte[] _chat = ClientFrames.Text($$"""{"type":"message-send","room":"storm","data":"{{new string('x', ChatBytes)}}"}""");
    private static readonly byte[] _slowly = ClientFrames.Text($$"""{"type":"ping","id":"{{new string('x', 10_000)}}"}""");

    private int _reset;

    [Test]
    public async Task A_pair_hardly_notices_thirteen_thousand_hostile_clients_and_nothing_of_them_is_left()
    {
        using var outboxes = new OutboxBytes();
        using var buffers = new PooledBuffers();

        // All of them come from one address.
        await using ListenerHost host = await ListenerHost.StartAsync(configure: static options =>
        {
            options.MaxHandshakes = 2 * HalfOpenHandshakes;
            options.Backlog = 2 * HalfOpenHandshakes;
            options.WebSockets.MaxOutboxBytes = OutboxLimit;
            options.WebSockets.ResumeBufferBytes = OutboxLimit / 3;
        }, server: Floods.Allowing(new SignalingOptions { Admission = { MaxConnectionsPerAddress = 100_000 } }));
        EndPoint server = host.Listener.Endpoints[0];
        int timers = host.Time.UndisposedTimers;
        long before = GC.GetTotalMemory(forceFullCollection: true);

        using PingPong pair = await PingPong.JoinAsync(server);
        Task talking = pair.RunAsync();
        StormClient[] lasting = await Task.WhenAll(Enumerable.Range(0, HalfOpenHandshakes + NeverReading).Select(i => BeginAsync(server, i))).WaitAsync(_bound);
        StormClient[] slow = await Task.WhenAll(Enumerable.Range(0, SlowSending).Select(_ => BeginSlowlyAsync(server)));
        await Patience.Until(
            () => host.Server.SessionCount == 2 + NeverReading + SlowSending && host.Listener.HandshakeCount == HalfOpenHandshakes, "all who stay are there at once");

        Task storm = Task.WhenAll(
            Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => ResetAllAsync(server))),
            Task.WhenAll(Enumerable.Range(0, JoinLeavers).Select(_ => JoinAndLeaveAsync(server))));
        int seconds = 0;
        long mostMemory = 0;
        while (!storm.IsCompleted || seconds < Resets / ResetsPerSecond)
        {
            // Somewhat of the pair's, too: who is starved for seconds on end could not answer a ping in time.
            int completed = pair.Completed;
            await Patience.Until(() => storm.IsCompleted || Volatile.Read(ref _reset) >= ResetsPerSecond * (seconds + 1), "the next second");
            await Patience.Until(() => pair.Completed > completed, "the pair is alive");
            await SecondAsync(host, slow, seconds++);
            outboxes.Look();
            mostMemory = Math.Max(mostMemory, GC.GetTotalMemory(forceFullCollection: false) - before);
        }

        await storm.WaitAsync(_bound);
        int inStorm = pair.Completed;
        await UntilOnlyAsync(host, slow, pair, 2 + SlowSending, seconds);
        await pair.EndAsync(talking);
        TimeSpan[] roundTrips = [.. pair.RoundTrips.Take(inStorm).Order()];
        pair.Dispose();
        foreach (StormClient client in lasting.Concat(slow))
        {
            client.Reset();
        }

        await UntilOnlyAsync(host, [], null, 0, seconds);
        int rented = buffers.CountOut();
        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Out.WriteLine(
            $"{roundTrips.Length} round trips, median {roundTrips[inStorm / 2].TotalMilliseconds:F1} ms, longest {roundTrips[^1].TotalMilliseconds:F0} ms; heap at most +{mostMemory / MegaByte} MB, "
            + $"in the end {kept / MegaByte:+0;-0;0} MB; outboxes at most {outboxes.Most / 1_000} kB.");
        Assert.Multiple(() =>
        {
            Assert.That(roundTrips, Has.Length.GreaterThan(LeastRoundTrips));
            Assert.That(roundTrips[^1], Is.LessThan(_longestRoundTrip));
            Assert.That(outboxes.Most, Is.InRange(OutboxLimit, (NeverReading + JoinLeavers + Workers) * (long)OutboxLimit), "what waits for clients");
            Assert.That(mostMemory, Is.LessThan(400 * MegaByte), "the heap of server and clients at its largest");
            Assert.That(kept, Is.LessThan(60 * MegaByte), "the heap in the end, with what the pool of arrays keeps of the outboxes");
            Assert.That(outboxes.Look(), Is.Zero, "bytes in outboxes");
            Assert.That(rented, Is.LessThanOrEqualTo(0), "buffers");
            Assert.That(buffers.Rented, Is.GreaterThan(Resets / 2), "the count of buffers counts");
            Assert.That(host.Server.SessionCount, Is.Zero, "sessions");
            Assert.That(host.Server.Default.RoomCount, Is.Zero, "rooms");
            Assert.That(host.Time.UndisposedTimers, Is.EqualTo(timers), "timers");
        });

        // The host's end waits for every task of the listener, and looks for timers again.
    }

    /// <summary>Clients that stay: most stop in their handshake, and the others join the noisy room and never read a byte.</summary>
    private static async Task<StormClient> BeginAsync(EndPoint server, int number)
    {
        bool isSilent = number < HalfOpenHandshakes;
        StormClient client = await StormClient.ConnectAsync(server, hasSmallWindow: !isSilent);
        if (isSilent)
        {
            await client.SendAsync(StormClient.Handshake.AsMemory(0, number % StormClient.Handshake.Length));
        }
        else
        {
            await client.SendAsync(StormClient.Handshake);
            await client.SendAsync(_join);
        }

        return client;
    }

    private static async Task<StormClient> BeginSlowlyAsync(EndPoint server)
    {
        StormClient client = await StormClient.ConnectAsync(server);
        await client.SendAsync(StormClient.Handshake);
        return client;
    }

    private static async Task SecondAsync(ListenerHost host, StormClient[] slow, int second)
    {
        foreach (StormClient client in slow)
        {
            await client.SendAsync(_slowly.AsMemory(second, 1));
        }

        host.Time.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>Lets time pass until only that many connections and sessions are left: whoever is silent is given up in time.</summary>
    private static async Task UntilOnlyAsync(ListenerHost host, StormClient[] slow, PingPong? pair, int left, int seconds)
    {
        for (int second = seconds; second < seconds + LongSilence; second++)
        {
            // A signal and its answer between two seconds: the server has had the time to read what was sent.
            int completed = pair?.Completed ?? 0;
            await SecondAsync(host, slow, second);
            await Patience.Until(() => pair is null || pair.Completed >= completed + 2, "the pair is alive");
        }

        await Patience.Until(() => host.Listener.ConnectionCount == left && host.Server.SessionCount == left, $"only {left} are left");
    }

    private async Task ResetAllAsync(EndPoint server)
    {
        for (int number; (number = Interlocked.Increment(ref _reset)) <= Resets;)
        {
            using StormClient client = await StormClient.ConnectAsync(server);
            try
            {
                await SayALittleAsync(client, number);
            }
            catch (IOException)
            {
                // The server was first.
            }

            client.Reset();
        }
    }

    private static async Task SayALittleAsync(StormClient client, int number)
    {
        byte[] handshake = StormClient.Handshake;
        switch (number % 8)
        {
            case 0:
                break;
            case 1:
                await client.SendAsync(handshake.AsMemory(0, 30));
                break;
            case 2:
                await client.SendAsync("not even HTTP\r\n\r\n"u8.ToArray());
                break;
            case 3:
                await client.SendAsync(handshake);
                break;
            case 4:
                await client.SendAsync((byte[])[.. handshake, .. _joinLost.AsSpan(0, number % _joinLost.Length)]);
                break;
            case 5:
                await client.SendAsync((byte[])[.. handshake, .. Encoding.UTF8.GetBytes("no frame at all")]);
                break;
            case 6:
                await client.SendAsync((byte[])[.. handshake, .. _joinLost, .. ClientFrames.Text("""{"type":"room-create"}""")]);
                break;
            default:
                await client.SendAsync((byte[])[.. handshake, .. ClientFrames.Text("""{"type":"room-create"}""")]);
                await client.ReadHeadAsync();
                await client.ReadTextAsync("{\"type\":\"room-created\"");
                break;
        }
    }

    /// <summary>Joins the noisy room, says much, and leaves, again and again; whoever is given up for reading too slowly comes back.</summary>
    private static async Task JoinAndLeaveAsync(EndPoint server)
    {
        for (int round = 0; round < JoinsEach;)
        {
            (StormClient client, _) = await StormClient.EnterAsync(server);
            using (client)
            {
                try
                {
                    for (; round < JoinsEach; round++)
                    {
                        await client.SendAsync(_join);
                        await client.ReadTextAsync("{\"type\":\"room-joined\"");
                        await client.SendAsync(_chat);
                        await client.SendAsync(_leave);
                        await client.ReadTextAsync("{\"type\":\"room-left\"");
                    }
                }
                catch (IOException)
                {
                    // Its outbox was full.
                }
            }
        }
    }
}
