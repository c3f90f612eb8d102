using System.IO.Pipelines;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Fuzzing;

/// <summary>Streams of any bytes through whole connections: each ends in good order or is still open, and nothing of it is left.</summary>
public sealed class ConnectionFuzzTests
{
    private static readonly int?[] _closeCodes = [1000, 1002, 1003, 1007, 1009, null];

    [Test]
    public Task Any_bytes_leave_the_connection_open_or_close_it_with_a_code() => FuzzRun.ForEachSeedAsync(AttackAsync);

    private static async Task AttackAsync(int seed)
    {
        var random = new Random(seed);
        await using var server = new MemoryServer(Lifetimes.OfConnections(), webSockets: new() { MaxMessageBytes = 1_024, MaxOutboxBytes = 65_536, ResumeBufferBytes = 16_384 });
        (WireClient ann, _) = await server.ConnectAsync();
        byte[] stream = new HostileStreams(random, masked: random.Next(8) != 0).Generate(1_024);
        var transport = new MemoryTransport(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
        (WireClient eve, Task<ConnectionEnd> served) = server.Connect(transport);

        for (int at = 0; at < stream.Length;)
        {
            int count = Math.Min(random.Next(1, 1 + random.Next(1, 300)), stream.Length - at);
            await eve.SendBytesAsync(stream.AsMemory(at, count));
            at += count;
        }

        await eve.EndAsync();
        Assert.That(await served.WaitAsync(Eventually.Bound), Is.EqualTo(ConnectionEnd.Close));
        await transport.Server.Output.CompleteAsync();
        WireEvent last = await eve.ReceiveCloseAsync();

        bool isPeersOwn = last.CloseCode is >= 1000 and <= 4999 && IsInStream(stream);
        Assert.That(last == WireEvent.End || _closeCodes.Contains(last.CloseCode) || isPeersOwn, $"{last}");
        Assert.That(last.CloseCode, Is.Not.EqualTo(1011).Or.Matches<int?>(_ => isPeersOwn));
        Assert.That((server.Server.SessionCount, server.Endpoint.ConnectionCount, server.Endpoint.BufferedCapacity), Is.EqualTo((1, 1, 0)));
        Assert.That((string?)(await ann.AskAsync("""{"type":"ping"}"""))["type"], Is.EqualTo("pong"));
    }

    /// <summary>Whether the peer may have sent a Close of its own, whose code is echoed.</summary>
    private static bool IsInStream(byte[] stream) => stream.Contains((byte)0x88);
}
