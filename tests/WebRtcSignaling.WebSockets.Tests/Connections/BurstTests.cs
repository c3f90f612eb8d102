using System.Text;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>What one read or one tick brings about goes out together, and waits for nobody.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BurstTests : IAsyncDisposable
{
    private readonly TaskCompletionSource<AuthorizationDecision> _decision = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryServer _server;

    public BurstTests() => _server = new(Lifetimes.OfConnections(), authorizer: new AskedAuthorizer((request, _) =>
        request is { Operation: SignalingOperation.CreateRoom, Room.Value: "slow" } ? new(_decision.Task) : new(AuthorizationDecision.Allow)));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task All_that_one_read_brings_goes_out_with_one_flush_for_each_client([Values(2, 20)] int messages)
    {
        (WireClient ann, WireClient ben, FaultyTransport annTransport, FaultyTransport benTransport, string benId) = await MeetAsync();
        (int Ann, int Ben) before = (annTransport.Count(PipeOperation.Flush), benTransport.Count(PipeOperation.Flush));

        await ann.SendBytesAsync(Frames(Enumerable.Range(0, messages).Select(i =>
            $$"""{"type":"signal-send","id":{{i}},"room":"r","targetId":"{{benId}}","data":{{i}}}""")));
        for (int i = 0; i < messages; i++)
        {
            Assert.That((int?)(await ben.ReceiveJsonAsync())["data"], Is.EqualTo(i));
            Assert.That((int?)(await ann.ReceiveJsonAsync())["id"], Is.EqualTo(i));
        }

        Assert.That(
            (annTransport.Count(PipeOperation.Flush) - before.Ann, benTransport.Count(PipeOperation.Flush) - before.Ben), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task What_was_sent_does_not_wait_for_a_host_that_takes_its_time_with_a_later_message_of_that_read()
    {
        (WireClient ann, WireClient ben, _, _, string benId) = await MeetAsync();
        string signal = $$"""{"type":"signal-send","room":"r","targetId":"{{benId}}","data":1}""";
        await ann.SendBytesAsync(Frames([signal, """{"type":"room-create","room":"slow"}""", signal.Replace("1}", "2}", StringComparison.Ordinal)]));

        Assert.That((int?)(await ben.ReceiveJsonAsync())["data"], Is.EqualTo(1));
        Assert.That(await ben.CatchUpAsync(), Is.Empty, "the next one waits its turn");
        _decision.SetResult(AuthorizationDecision.Allow);
        Assert.That((string?)(await ann.ReceiveJsonAsync())["type"], Is.EqualTo("room-created"));
        Assert.That((int?)(await ben.ReceiveJsonAsync())["data"], Is.EqualTo(2));
    }

    [Test]
    public async Task What_was_sent_before_a_dialect_failed_arrives()
    {
        using var connections = new BareConnections();
        var transport = new MemoryTransport();
        WebSocketConnection connection = connections.Make(new AnswersAndFails(), transport.Server);
        using var client = new WireClient(transport.Client);
        Task<ConnectionEnd> served = connection.RunAsync(new ConnectionLoss(CancellationToken.None), new ConnectionTable(static () => { }));

        await client.SendBytesAsync(Frames(["1", "2", "fail", "3"]));

        string[] received = [await client.ReceiveAsync(), await client.ReceiveAsync()];
        Assert.That(received, Is.EqualTo(["1", "2"]));
        Assert.That(await client.ReceiveEventAsync(), Is.EqualTo(new WireEvent(null, 1011, "internal error")));
        await client.SendBytesAsync(ClientFrames.Close(1011));
        await served.WaitAsync(Eventually.Bound);
    }

    [Test]
    public async Task A_tick_flushes_its_pings_itself_however_many_there_are()
    {
        var watched = new List<FaultyTransport>();
        for (int i = 0; i < (2 * OutboxBatch.Capacity) + 10; i++)
        {
            (WireClient client, FaultyTransport transport) = Connect();
            await client.ReceiveJsonAsync("welcome");
            watched.Add(transport);
        }

        int[] before = [.. watched.Select(transport => transport.Count(PipeOperation.Flush))];
        _server.Advance(TimeSpan.FromSeconds(15));

        // At once, without waiting for any other thread.
        Assert.That(watched.Select((transport, i) => transport.Count(PipeOperation.Flush) - before[i]), Is.All.EqualTo(1));
    }

    [Test]
    public async Task A_connection_that_breaks_in_a_tick_keeps_none_from_its_ping()
    {
        (WireClient First, FaultyTransport FirstTransport) broken = Connect();
        (WireClient Second, FaultyTransport SecondTransport) sound = Connect();
        await broken.First.ReceiveJsonAsync("welcome");
        await sound.Second.ReceiveJsonAsync("welcome");
        broken.FirstTransport.Fail(PipeOperation.Flush);

        _server.Advance(TimeSpan.FromSeconds(15));

        await sound.Second.ReceivePingAsync();
        await Eventually.TrueAsync(() => _server.Server.SessionCount == 1, "the one that broke has left");
    }

    private static byte[] Frames(IEnumerable<string> messages) => [.. messages.SelectMany(ClientFrames.Text)];

    private async Task<(WireClient Ann, WireClient Ben, FaultyTransport AnnTransport, FaultyTransport BenTransport, string BenId)> MeetAsync()
    {
        (WireClient ann, FaultyTransport annTransport) = Connect();
        (WireClient ben, FaultyTransport benTransport) = Connect();
        await ann.ReceiveJsonAsync("welcome");
        string benId = (string)(await ben.ReceiveJsonAsync("welcome"))["clientId"]!;
        await ann.AskAsync("""{"type":"room-create","room":"r"}""");
        await ben.AskAsync("""{"type":"room-join","room":"r"}""");
        await ann.ReceiveJsonAsync("client-joined");
        return (ann, ben, annTransport, benTransport, benId);
    }

    private (WireClient Client, FaultyTransport Transport) Connect()
    {
        var transport = new MemoryTransport();
        var watched = new FaultyTransport(transport.Server);
        return (_server.Connect(watched, transport.Client).Client, watched);
    }

    /// <summary>Sends each message back, until one says that it fails.</summary>
    private sealed class AnswersAndFails : IDialect
    {
        public string SubProtocol => "answers";

        public IConversation Open(IDialectConnection connection) => new Conversation(connection);

        private sealed class Conversation(IDialectConnection connection) : IConversation
        {
            public ValueTask StartAsync() => ValueTask.CompletedTask;

            public ValueTask ReceiveAsync(ReadOnlyMemory<byte> message)
            {
                if (Encoding.UTF8.GetString(message.Span) == "fail")
                {
                    throw new InvalidOperationException("secret detail");
                }

                connection.Send(message.Span);
                return ValueTask.CompletedTask;
            }

            public void End(SessionCloseReason reason)
            {
            }
        }
    }
}
