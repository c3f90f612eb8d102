using System.Text.Json.Nodes;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>No ghosts: however a transport is lost, the session leaves once, and the others hear it once.</summary>
public sealed class LostTransportTests
{
    [Test]
    public async Task A_transport_that_throws_at_any_operation_ends_its_session_and_no_other(
        [Values(PipeOperation.Read, PipeOperation.Advance, PipeOperation.Write, PipeOperation.Flush)] PipeOperation operation,
        [Values(1, 2, 3, 7)] int time)
    {
        await using var server = new MemoryServer(Lifetimes.OfConnections());
        (WireClient ann, _) = await server.ConnectAsync();
        await ann.AskAsync("""{"type":"room-create","room":"r"}""");
        var transport = new MemoryTransport();
        var faulty = new FaultyTransport(transport.Server);
        faulty.Fail(operation, time);
        (WireClient ben, Task<ConnectionEnd> served) = server.Connect(faulty, transport.Client);
        await ben.SendAsync("""{"type":"room-join","room":"r"}""");
        for (int i = 0; i < 1_000 && !served.IsCompleted; i++)
        {
            await ben.SendAsync("""{"type":"message-send","room":"r","data":1,"echo":true}""");
            await ann.CatchUpAsync();
            foreach (var session in server.Server.Default.Sessions)
            {
                server.Server.Default.SendToSession(session.Id, "2"u8.ToArray());
            }
        }

        Assert.That(await served.WaitAsync(Eventually.Bound), Is.EqualTo(ConnectionEnd.Abort));
        await ann.CatchUpAsync();
        await Eventually.TrueAsync(() => server.Endpoint.BufferedCapacity == 0, "nothing waits any more");
        Assert.That((server.Server.SessionCount, server.Endpoint.ConnectionCount), Is.EqualTo((1, 1)));
        Assert.That(server.Server.Default.Rooms.Single().Members, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_others_hear_once_that_it_is_gone(
        [Values(PipeOperation.Read, PipeOperation.Advance, PipeOperation.Write, PipeOperation.Flush)] PipeOperation operation, [Values] bool andAborted)
    {
        await using var server = new MemoryServer(Lifetimes.OfConnections());
        using var aborted = new CancellationTokenSource();
        (WireClient ann, _) = await server.ConnectAsync();
        await ann.AskAsync("""{"type":"room-create","room":"r"}""");
        var transport = new MemoryTransport();
        var faulty = new FaultyTransport(transport.Server);
        (WireClient ben, Task<ConnectionEnd> served) = server.Connect(faulty, transport.Client, aborted: aborted.Token);
        await ben.ReceiveAsync();
        await ben.AskAsync("""{"type":"room-join","room":"r"}""");
        string benId = (string)(await ann.ReceiveJsonAsync("client-joined"))["clientId"]!;

        faulty.Fail(operation);
        await ben.SendAsync("""{"type":"ping"}""");
        if (andAborted)
        {
            await aborted.CancelAsync();
        }

        await served.WaitAsync(Eventually.Bound);
        await ben.EndAsync();
        Assert.That(await ann.CatchUpAsync(), Is.EqualTo((string[])[$$"""{"type":"client-left","room":"r","clientId":"{{benId}}","reason":"disconnected"}"""]));
    }

    [TestCase(PipeOperation.CancelRead)]
    [TestCase(PipeOperation.CancelFlush)]
    [TestCase(PipeOperation.Complete)]
    public async Task A_transport_that_throws_when_it_is_let_go_harms_nobody(PipeOperation operation)
    {
        await using var server = new MemoryServer(Lifetimes.OfConnections());
        var transport = new MemoryTransport(toClient: new(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));
        var faulty = new FaultyTransport(transport.Server);
        faulty.Fail(operation);
        (WireClient ben, Task<ConnectionEnd> served) = server.Connect(faulty, transport.Client, new ConnectionRequest { CanHalfClose = true });
        await ben.ReceiveAsync();

        await ben.SendBytesAsync(ClientFrames.Close(1000));
        await Eventually.TrueAsync(() => server.Server.SessionCount == 0, "the session ends");
        await Eventually.TrueAsync(() => faulty.Count(PipeOperation.Flush) == 2, "the Close follows the welcome");
        server.Advance(TimeSpan.FromSeconds(7));
        await ben.ReceiveCloseAsync();

        await served.WaitAsync(Eventually.Bound);
        (WireClient ann, _) = await server.ConnectAsync();
        Assert.That((string?)(await ann.AskAsync("""{"type":"ping"}"""))["type"], Is.EqualTo("pong"));
    }

    [Test]
    public async Task A_client_whose_reading_side_is_gone_is_gone()
    {
        await using var server = new MemoryServer(Lifetimes.OfConnections());
        var transport = new MemoryTransport();
        (WireClient ben, Task<ConnectionEnd> served) = server.Connect(transport);
        await ben.ReceiveAsync();
        await transport.Client.Input.CompleteAsync();

        await ben.SendAsync("""{"type":"ping"}""");

        Assert.That(await served.WaitAsync(Eventually.Bound), Is.EqualTo(ConnectionEnd.Abort));
        Assert.That(server.Server.SessionCount, Is.Zero);
    }

    [Test]
    public async Task Whoever_vanishes_in_a_call_leaves_the_other_with_its_end_once()
    {
        await using var server = new MemoryServer(Lifetimes.OfConnections());
        using var aborted = new CancellationTokenSource();
        (WireClient ann, _) = await server.ConnectAsync();
        await ann.AskAsync("""{"type":"room-create","room":"r","serverLedCalls":true}""");
        (WireClient ben, Task<ConnectionEnd> served) = server.Connect(new MemoryTransport(), aborted: aborted.Token);
        await ben.ReceiveAsync();
        await ben.AskAsync("""{"type":"room-join","room":"r"}""");
        await ann.ReceiveJsonAsync("call-started");

        await aborted.CancelAsync();
        await served.WaitAsync(Eventually.Bound);

        IEnumerable<string?> heard = (await ann.CatchUpAsync()).Select(message => (string?)JsonNode.Parse(message)!["type"]);
        Assert.That(heard, Is.EqualTo((string[])["call-ended", "client-left"]));
    }
}
