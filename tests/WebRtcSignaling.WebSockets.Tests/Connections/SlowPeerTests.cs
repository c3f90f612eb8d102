using System.IO.Pipelines;
using System.Text.Json.Nodes;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>A slow peer costs only itself.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SlowPeerTests : IAsyncDisposable
{
    private const int Budget = 65_536;

    private static readonly PipeOptions _narrow = new(pauseWriterThreshold: 4_096, resumeWriterThreshold: 2_048, useSynchronizationContext: false);

    private readonly MemoryServer _server = new(webSockets: new() { MaxMessageBytes = 16_384, MaxOutboxBytes = Budget, ResumeBufferBytes = Budget / 3 });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task A_client_that_never_reads_is_put_out_while_the_others_are_served()
    {
        (WireClient ann, _) = await _server.ConnectAsync();
        (WireClient ben, string benId) = await _server.ConnectAsync();
        (WireClient slow, Task<ConnectionEnd> served) = _server.Connect(new MemoryTransport(toClient: _narrow));
        foreach (WireClient client in (WireClient[])[ann, ben, slow])
        {
            await client.SendAsync("""{"type":"room-join","room":"r","create":true}""");
            await Eventually.TrueAsync(() => _server.Server.Default.Rooms.Any(), "the room is there");
        }

        await Eventually.TrueAsync(() => _server.Server.Default.Rooms.Single().Members.Count == 3, "all are in the room");
        await ann.CatchUpAsync();
        await ben.CatchUpAsync();
        string data = new('x', 4_000);
        int held = 0;
        var heard = new List<string>();
        for (int i = 0; i < 100; i++)
        {
            // Everybody hears it, and the slow one does not read.
            await ann.SendAsync($$"""{"type":"message-send","room":"r","data":"{{i}}{{data}}"}""");
            await ann.SendAsync($$"""{"type":"signal-send","room":"r","targetId":"{{benId}}","data":{{i}}}""");
            heard.AddRange((await ann.CatchUpAsync()).Select(TypeOf));
            List<JsonObject> received = [];
            while (received.Count(message => message.ContainsKey("senderId")) < 2)
            {
                received.Add(await ben.ReceiveJsonAsync());
            }

            Assert.That((int)received[^1]["data"]!, Is.EqualTo(i), "each is there at once, in its order");
            held = Math.Max(held, _server.Endpoint.BufferedCapacity);
        }

        await Eventually.TrueAsync(() => _server.Server.Default.Rooms.Single().Members.Count == 2, "the slow one has left");
        heard.AddRange((await ann.CatchUpAsync()).Select(TypeOf));
        Assert.Multiple(() =>
        {
            Assert.That(heard, Is.EqualTo((string[])["client-left"]), "its leaving is heard once");
            Assert.That(held, Is.LessThanOrEqualTo(3 * Budget), "what is held for it is bounded");
            Assert.That(served.IsCompleted, Is.False, "it gets the time to read its Close");
        });

        _server.Advance(TimeSpan.FromSeconds(5));
        Assert.That(await served.WaitAsync(Eventually.Bound), Is.EqualTo(ConnectionEnd.Abort));
        Assert.That(_server.Endpoint.BufferedCapacity, Is.Zero);
        Assert.That((string?)(await ann.AskAsync("""{"type":"ping"}"""))["type"], Is.EqualTo("pong"));
    }

    [Test]
    public async Task A_client_that_reads_again_within_CloseTimeout_finds_4003()
    {
        (WireClient slow, Task<ConnectionEnd> served) = _server.Connect(new MemoryTransport(toClient: _narrow));
        string id = (string)(await slow.ReceiveJsonAsync("welcome"))["clientId"]!;
        while (_server.Server.SessionCount > 0)
        {
            _server.Server.Default.SendToSession(Sessions.SessionId.Parse(id), new byte[5_000]);
        }

        Assert.That((await slow.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4003));
        await slow.SendBytesAsync(ClientFrames.Close(4003));
        Assert.That(await served.WaitAsync(Eventually.Bound), Is.EqualTo(ConnectionEnd.Close));
    }

    [Test]
    public async Task A_client_that_asks_without_reading_the_answers_is_put_out()
    {
        (WireClient slow, Task<ConnectionEnd> served) = _server.Connect(new MemoryTransport(toClient: _narrow));
        byte[] request = ClientFrames.Text("""{"type":"room-join","room":"nowhere"}""");
        int sent = 0;
        while ((_server.Server.SessionCount > 0 || sent == 0) && sent < 10_000)
        {
            await slow.SendBytesAsync(request);
            sent++;
        }

        _server.Advance(TimeSpan.FromSeconds(6));
        Assert.That(await served.WaitAsync(Eventually.Bound), Is.EqualTo(ConnectionEnd.Abort));
        Assert.That(sent, Is.LessThan(10_000));
    }

    [Test]
    public async Task A_client_that_pings_without_reading_the_answers_is_put_out()
    {
        (WireClient slow, Task<ConnectionEnd> served) = _server.Connect(new MemoryTransport(toClient: _narrow));
        byte[] ping = ClientFrames.Ping(new byte[125]);
        int sent = 0;
        while ((_server.Server.SessionCount > 0 || sent == 0) && sent < 10_000)
        {
            await slow.SendBytesAsync(ping);
            sent++;
        }

        _server.Advance(TimeSpan.FromSeconds(6));
        Assert.That(await served.WaitAsync(Eventually.Bound), Is.EqualTo(ConnectionEnd.Abort));
        Assert.That(sent, Is.LessThan(10_000));
    }

    [Test]
    public async Task An_idle_connection_holds_no_memory_from_the_pool()
    {
        (WireClient ann, _) = await _server.ConnectAsync();
        Assert.That(_server.Endpoint.BufferedCapacity, Is.Zero, "after the welcome");

        await ann.AskAsync($$"""{"type":"ping","x":"{{new string('x', 10_000)}}"}""");
        await Eventually.TrueAsync(() => _server.Endpoint.BufferedCapacity == 0, "the message's buffer is given back");

        byte[] frame = ClientFrames.Text("""{"type":"ping","id":1}""");
        await ann.SendBytesAsync(frame.AsMemory(0, 12));
        await Eventually.TrueAsync(() => _server.Endpoint.BufferedCapacity > 0, "part of a message is held");
        await ann.SendBytesAsync(frame.AsMemory(12));
        await ann.ReceiveAsync();
        await Eventually.TrueAsync(() => _server.Endpoint.BufferedCapacity == 0, "and given back when the message is done with");
    }

    private static string TypeOf(string message) => (string)JsonNode.Parse(message)!["type"]!;
}
