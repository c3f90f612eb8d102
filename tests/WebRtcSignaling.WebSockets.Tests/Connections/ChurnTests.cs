using System.IO.Pipelines;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>Connections that come and go at any moment leave nothing behind.</summary>
[NonParallelizable]
public sealed class ChurnTests
{
    private const int Clients = 1_000;
    private const int Workers = 8;

    private static readonly string[] _requests =
    [
        """{"type":"room-join","room":"r$n","create":true}""",
        """{"type":"room-join","room":"s$n","create":true,"serverLedCalls":true}""",
        """{"type":"room-create","emptyTimeout":1000}""",
        """{"type":"message-send","room":"r$n","data":"hello","echo":true}""",
        """{"type":"field-set","scope":"session","fields":{"f":1}}""",
        """{"type":"room-leave","room":"r$n"}""",
        """{"type":"resource-toggle","resource":"video"}""",
        """{"type":"room-list"}""",
        """{"type":"dance"}""",
        "not JSON",
    ];

    [Test]
    public async Task A_thousand_connects_and_resets_at_random_points_leave_nothing_behind([Values] bool stopInTheMiddle)
    {
        int seed = Random.Shared.Next();
        using var buffers = new PooledBuffers();
        await using var server = new MemoryServer();
        int timers = server.Time.UndisposedTimers;
        int next = 0;
        int rented;
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
            {
                for (int client = Interlocked.Increment(ref next); client <= Clients; client = Interlocked.Increment(ref next))
                {
                    if (stopInTheMiddle && client == Clients / 2)
                    {
                        server.Server.Stop();
                    }

                    await LiveAndDieAsync(server, new Random(seed + client));
                }
            }))).WaitAsync(TimeSpan.FromSeconds(120));

            // What closes late, closes by the clock: empty rooms that were to be kept, calls that rang.
            server.Advance(TimeSpan.FromMinutes(2));
            await Eventually.TrueAsync(() => server.Endpoint.ConnectionCount == 0, "all connections are over");
            rented = buffers.CountOut();
        }
        catch (Exception exception)
        {
            throw new AssertionException($"Seed {seed}: {exception.Message}", exception);
        }

        Assert.Multiple(() =>
        {
            Assert.That(server.Server.SessionCount, Is.Zero, "sessions");
            Assert.That(server.Server.Default.Rooms, Is.Empty, "rooms");
            Assert.That(server.Time.UndisposedTimers, Is.EqualTo(timers), "timers");
            Assert.That(buffers.Rented, Is.GreaterThan(Clients), "the count of buffers counts");
            Assert.That(rented, Is.LessThanOrEqualTo(0), "buffers");
        });
    }

    private static async Task LiveAndDieAsync(MemoryServer server, Random random)
    {
        using var aborted = new CancellationTokenSource();
        var pipe = new PipeOptions(new PlainMemoryPool(), useSynchronizationContext: false);
        var transport = new MemoryTransport(pipe, random.Next(4) == 0
            ? new PipeOptions(new PlainMemoryPool(), pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false)
            : pipe);
        Task<ConnectionEnd> served = server.Endpoint.ServeAsync(
            transport.Server, new ConnectionRequest { CanHalfClose = random.Next(2) == 0 }, aborted.Token);
        PipeWriter output = transport.Client.Output;
        for (int requests = random.Next(8); requests > 0; requests--)
        {
            string request = _requests[random.Next(_requests.Length)].Replace("$n", $"{random.Next(3)}", StringComparison.Ordinal);
            byte[] frame = ClientFrames.Text(request);
            await output.WriteAsync(random.Next(12) == 0 ? frame.AsMemory(0, random.Next(frame.Length)) : frame);
        }

        switch (random.Next(7))
        {
            case 0:
                await aborted.CancelAsync();
                break;
            case 1:
                await output.WriteAsync(ClientFrames.Close(1000));
                break;
            case 2:
                await output.WriteAsync(new byte[] { 0xFF, 0xFF, 0xFF });
                break;
            case 3:
                EndOneSession(server);
                break;
            case 4:
                await output.CompleteAsync(new IOException("reset"));
                break;
            case 5:
                await transport.Client.Input.CompleteAsync();
                break;
        }

        await output.CompleteAsync();
        if (random.Next(2) == 0)
        {
            // A client that never read a byte is gone at last.
            await transport.Client.Input.CompleteAsync();
        }
        else
        {
            await aborted.CancelAsync();
        }

        await served.WaitAsync(Eventually.Bound);
    }

    private static void EndOneSession(MemoryServer server)
    {
        foreach (SignalingSession session in server.Server.Default.Sessions.Take(1))
        {
            session.Close(new SessionClose(SessionCloseReason.Removed));
        }
    }
}
