using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Tests.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>A mistake in a dialect ends its connection with 1011, in good order, and nothing of it reaches the peer.</summary>
public sealed class DialectFailureTests
{
    [TestCase("start")]
    [TestCase("start later")]
    [TestCase("message")]
    [TestCase("message later")]
    public async Task An_exception_in_a_dialect_closes_its_connection_with_1011(string where)
    {
        using var connections = new BareConnections();
        var transport = new MemoryTransport();
        var dialect = new BrokenDialect(where);
        WebSocketConnection connection = connections.Make(dialect, transport.Server);
        using var client = new WireClient(transport.Client);
        Task<ConnectionEnd> served = connection.RunAsync(new ConnectionLoss(CancellationToken.None), new ConnectionTable(static () => { }));

        await client.SendAsync("first");
        await client.SendAsync("second");

        Assert.That(await client.ReceiveEventAsync(), Is.EqualTo(new WireEvent(null, 1011, "internal error")));
        Assert.That(served.IsCompleted, Is.False, "it waits for the peer's Close, as after any Close of ours");
        await client.SendBytesAsync(ClientFrames.Close(1011));
        Assert.That(await served.WaitAsync(Eventually.Bound), Is.EqualTo(ConnectionEnd.Close));
        Assert.That(dialect.Ends[0], Is.EqualTo(SessionCloseReason.InternalError));
        Assert.That(dialect.Received, Is.EqualTo(where.StartsWith("message", StringComparison.Ordinal) ? 1 : 0));
    }

    [Test]
    public async Task An_exception_before_a_dialect_has_begun_does_so_too_and_does_not_reach_whoever_serves()
    {
        using var server = new SignalingServer();
        using var log = new LogRecorder();
        using var endpoint = new WebSocketEndpoint(server, loggerFactory: log, dialects: [new BrokenDialect("open")]);
        var transport = new MemoryTransport();
        using var client = new WireClient(transport.Client);
        ConnectionEnd end = await endpoint.ServeAsync(transport.Server, new ConnectionRequest { SubProtocol = "broken" }, CancellationToken.None).WaitAsync(Eventually.Bound);
        Assert.Multiple(() =>
        {
            Assert.That(end, Is.EqualTo(ConnectionEnd.Close));
            Assert.That(endpoint.ConnectionCount, Is.Zero);
            Assert.That(log.Text, Does.StartWith("Error 7 A dialect failed to begin"));
        });
        Assert.That(await client.ReceiveEventAsync(), Is.EqualTo(new WireEvent(null, 1011, "internal error")));
    }

    private sealed class BrokenDialect(string where) : IDialect, IConversation
    {
        public List<SessionCloseReason> Ends { get; } = [];

        public int Received { get; private set; }

        public string SubProtocol => "broken";

        public IConversation Open(IDialectConnection connection) => where == "open" ? throw new InvalidOperationException("secret detail") : this;

        public ValueTask StartAsync() => where.StartsWith("start", StringComparison.Ordinal) ? FailAsync() : ValueTask.CompletedTask;

        public ValueTask ReceiveAsync(ReadOnlyMemory<byte> message)
        {
            Received++;
            return FailAsync();
        }

        public void End(SessionCloseReason reason)
        {
            lock (Ends)
            {
                Ends.Add(reason);
            }
        }

        private ValueTask FailAsync() =>
            where.EndsWith("later", StringComparison.Ordinal) ? FailLaterAsync() : throw new InvalidOperationException("secret detail");

        private static async ValueTask FailLaterAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("secret detail");
        }
    }
}
