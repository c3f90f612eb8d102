using System.IO.Pipelines;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>The lines of the state table above <c>WebSocketConnection</c>.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ConnectionStateTests : IAsyncDisposable
{
    private readonly MemoryServer _server = new(Floods.Allowing(Lifetimes.OfConnections()), new() { Rates = Floods.Rates });
    private readonly MemoryTransport _transport = new();
    private readonly CancellationTokenSource _aborted = new();

    private static readonly PipeOptions _narrow = new(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _aborted.Dispose();
    }

    [TestCase(1000)]
    [TestCase(1001)]
    [TestCase(1011)]
    [TestCase(3000)]
    [TestCase(4000)]
    [TestCase(4999)]
    public async Task Open_the_peer_s_Close_is_answered_with_its_code_and_it_is_over(int code)
    {
        (WireClient client, Task<ConnectionEnd> served) = await ConnectAsync();
        await client.SendBytesAsync(ClientFrames.Close(code, "any reason"));
        Assert.That(await client.ReceiveEventAsync(), Is.EqualTo(new WireEvent(null, code, "")));
        await AssertEndsAsync(served, ConnectionEnd.Close);
    }

    [Test]
    public async Task Open_a_Close_without_a_code_is_answered_with_one_without_a_code()
    {
        (WireClient client, Task<ConnectionEnd> served) = await ConnectAsync();
        await client.SendBytesAsync(ClientFrames.Close());
        Assert.That(await client.ReceiveEventAsync(), Is.EqualTo(new WireEvent(null, null, "")));
        await AssertEndsAsync(served, ConnectionEnd.Close);
    }

    [Test]
    public async Task Open_what_was_asked_before_the_peer_s_Close_is_answered_before_it()
    {
        (WireClient client, Task<ConnectionEnd> served) = await ConnectAsync();
        await client.SendBytesAsync((byte[])
        [
            .. ClientFrames.Text("""{"type":"ping","id":1}"""),
            .. ClientFrames.Close(1000),
            .. ClientFrames.Text("""{"type":"ping","id":2}"""),
        ]);
        await AssertEndsAsync(served, ConnectionEnd.Close);
        await _transport.Server.Output.CompleteAsync();

        Assert.That((await client.ReceiveEventAsync()).Text, Is.EqualTo("""{"type":"pong","id":1}"""));
        Assert.That((await client.ReceiveEventAsync()).CloseCode, Is.EqualTo(1000));
        Assert.That(await client.ReceiveEventAsync(), Is.EqualTo(WireEvent.End), "nothing follows our Close");
    }

    [Test]
    public async Task Open_the_peer_s_end_without_a_Close_ends_it_and_nothing_more_is_sent()
    {
        (WireClient client, Task<ConnectionEnd> served) = await ConnectAsync();
        await client.EndAsync();
        await AssertEndsAsync(served, ConnectionEnd.Close);
        await _transport.Server.Output.CompleteAsync();
        Assert.That(await client.ReceiveEventAsync(), Is.EqualTo(WireEvent.End));
    }

    [Test]
    public async Task Open_the_peer_s_end_within_a_frame_ends_it()
    {
        (WireClient client, Task<ConnectionEnd> served) = await ConnectAsync();
        await client.SendBytesAsync(ClientFrames.Text("""{"type":"ping","id":1}""").AsMemory()[..^1]);
        await client.EndAsync();
        await AssertEndsAsync(served, ConnectionEnd.Close);
    }

    [Test]
    public async Task Closing_begins_with_our_Close_and_ends_with_the_peer_s([Values("violation", "session", "timeout", "binary")] string cause)
    {
        (WireClient client, Task<ConnectionEnd> served) = await ConnectAsync();
        int code = await CloseFromServerAsync(client, cause);
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(code));
        Assert.That((served.IsCompleted, _server.Server.SessionCount), Is.EqualTo((false, 0)), "the session is over, the connection waits");

        if (cause == "violation")
        {
            // What follows broken frames cannot be read as frames: only the end counts.
            await client.EndAsync();
        }
        else
        {
            await client.SendBytesAsync(ClientFrames.Close(code));
        }

        await AssertEndsAsync(served, ConnectionEnd.Close);
    }

    [Test]
    public async Task Closing_ends_with_the_peer_s_end([Values("violation", "session", "timeout", "binary")] string cause)
    {
        (WireClient client, Task<ConnectionEnd> served) = await ConnectAsync();
        await CloseFromServerAsync(client, cause);
        await client.ReceiveCloseAsync();
        await client.EndAsync();
        await AssertEndsAsync(served, ConnectionEnd.Close);
    }

    [Test]
    public async Task Closing_what_the_peer_still_sends_is_passed_over()
    {
        (WireClient client, Task<ConnectionEnd> served) = await ConnectAsync();
        await CloseFromServerAsync(client, "session");
        await client.ReceiveCloseAsync();
        await client.SendAsync("""{"type":"room-create","room":"r"}""");
        await client.SendBytesAsync(ClientFrames.Ping(1));
        await client.SendBytesAsync(ClientFrames.Text([0xFF]));
        await client.SendBytesAsync(ClientFrames.Close(1000));
        await client.EndAsync();
        await AssertEndsAsync(served, ConnectionEnd.Close);
        await _transport.Server.Output.CompleteAsync();

        Assert.That(await client.ReceiveEventAsync(), Is.EqualTo(WireEvent.End), "nothing follows our Close, no Pong either");
        Assert.That(_server.Server.Default.Rooms, Is.Empty);
    }

    [Test]
    public async Task Closing_takes_no_longer_than_CloseTimeout([Values("violation", "session", "timeout", "binary")] string cause)
    {
        (WireClient client, Task<ConnectionEnd> served) = await ConnectAsync();
        await CloseFromServerAsync(client, cause);
        await client.ReceiveCloseAsync();
        for (int second = 1; second < 5; second++)
        {
            // The peer goes on sending, but never its Close.
            await client.SendBytesAsync(ClientFrames.Ping(1));
            _server.Advance(TimeSpan.FromSeconds(1));
            Assert.That(served.IsCompleted, Is.False, $"after {second} s");
        }

        _server.Advance(TimeSpan.FromSeconds(1));
        await AssertEndsAsync(served, ConnectionEnd.Abort);
    }

    [Test]
    public async Task Closing_reads_no_more_than_a_bound_from_a_peer_that_floods()
    {
        (WireClient client, Task<ConnectionEnd> served) = await ConnectAsync();
        await CloseFromServerAsync(client, "session");
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4001), "the flood has not cost it the Close");
        byte[] chunk = ClientFrames.Text(new byte[8_000]);
        int chunks = 0;
        while (!served.IsCompleted && chunks < 1_000)
        {
            await Task.WhenAny(client.SendBytesAsync(chunk), served);
            chunks++;
        }

        await AssertEndsAsync(served, ConnectionEnd.Abort);
        Assert.That(chunks, Is.InRange(100, 200), "about 1 MiB");
    }

    [Test]
    public async Task The_Close_is_not_lost_to_a_peer_that_floods_while_it_comes()
    {
        (WireClient client, Task<ConnectionEnd> served) = await ConnectAsync();
        byte[] chunk = ClientFrames.Text("""{"type":"ping"}""");
        using var stop = new CancellationTokenSource();
        Task flooding = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested && !served.IsCompleted)
            {
                await Task.WhenAny(client.SendBytesAsync(chunk), served);
            }
        });
        Task<WireEvent> closed = client.ReceiveCloseAsync();
        await CloseFromServerAsync(client, "session");

        Assert.That((await closed).CloseCode, Is.EqualTo(4001));
        await stop.CancelAsync();
        await flooding.WaitAsync(Eventually.Bound);
        await client.SendBytesAsync(ClientFrames.Close(4001));
        await AssertEndsAsync(served, ConnectionEnd.Close);
    }

    [Test]
    public async Task Over_takes_no_longer_than_CloseTimeout_when_the_peer_does_not_read()
    {
        var transport = new MemoryTransport(toClient: _narrow);
        (WireClient client, Task<ConnectionEnd> served) = _server.Connect(transport);
        await client.SendBytesAsync(ClientFrames.Close(1000));
        await Eventually.TrueAsync(() => _server.Server.SessionCount == 0, "the session ends");
        _server.Advance(TimeSpan.FromSeconds(4));
        Assert.That(served.IsCompleted, Is.False);
        _server.Advance(TimeSpan.FromSeconds(2));
        await AssertEndsAsync(served, ConnectionEnd.Abort);
    }

    [Test]
    public async Task Any_when_it_is_aborted_from_outside_it_is_aborted([Values("open", "closing", "over", "before")] string phase)
    {
        var transport = phase == "over" ? new MemoryTransport(toClient: _narrow) : _transport;
        if (phase == "before")
        {
            await _aborted.CancelAsync();
        }

        (WireClient client, Task<ConnectionEnd> served) = _server.Connect(transport, aborted: _aborted.Token);
        switch (phase)
        {
            case "open":
                await client.ReceiveAsync();
                break;
            case "closing":
                await client.ReceiveAsync();
                await CloseFromServerAsync(client, "session");
                await client.ReceiveCloseAsync();
                break;
            case "over":
                await client.SendBytesAsync(ClientFrames.Close(1000));
                await Eventually.TrueAsync(() => _server.Server.SessionCount == 0, "the session ends");
                break;
        }

        await _aborted.CancelAsync();
        await AssertEndsAsync(served, ConnectionEnd.Abort);
    }

    [Test]
    public async Task The_output_is_completed_behind_the_Close_only_where_that_closes_one_direction([Values] bool canHalfClose, [Values] bool serverCloses)
    {
        (WireClient client, Task<ConnectionEnd> served) = _server.Connect(_transport, new ConnectionRequest { CanHalfClose = canHalfClose });
        await client.ReceiveAsync();
        if (serverCloses)
        {
            await CloseFromServerAsync(client, "session");
            await client.ReceiveCloseAsync();
            if (canHalfClose)
            {
                Assert.That(await client.ReceiveEventAsync(), Is.EqualTo(WireEvent.End), "the end, before the peer has said its own Close");
            }

            Assert.That(served.IsCompleted, Is.False);
        }

        await client.SendBytesAsync(ClientFrames.Close(1000));
        await AssertEndsAsync(served, ConnectionEnd.Close);
        if (!serverCloses)
        {
            await client.ReceiveCloseAsync();
        }

        if (canHalfClose)
        {
            Assert.That(await client.ReceiveEventAsync(), Is.EqualTo(WireEvent.End));
        }
        else
        {
            Assert.That(_transport.Client.Input.TryRead(out _), Is.False, "neither bytes nor the end");
        }
    }

    private async Task<(WireClient Client, Task<ConnectionEnd> Served)> ConnectAsync()
    {
        (WireClient client, Task<ConnectionEnd> served) = _server.Connect(_transport);
        await client.ReceiveJsonAsync("welcome");
        return (client, served);
    }

    /// <summary>Lets the server close, and tells with which code.</summary>
    private async Task<int> CloseFromServerAsync(WireClient client, string cause)
    {
        switch (cause)
        {
            case "violation":
                await client.SendBytesAsync(new RawFrame { Opcode = RawFrame.Text, MaskingKey = null, Payload = [1] }.ToBytes());
                return 1002;
            case "binary":
                await client.SendBytesAsync(ClientFrames.Binary([1, 2]));
                return 1003;
            case "timeout":
                client.AnswersPings = false;
                _server.Advance(TimeSpan.FromSeconds(30));
                return 4004;
            default:
                _server.Server.Default.Sessions.Single().Close(new SessionClose(SessionCloseReason.Removed));
                return 4001;
        }
    }

    private async Task AssertEndsAsync(Task<ConnectionEnd> served, ConnectionEnd end)
    {
        Assert.That(await served.WaitAsync(Eventually.Bound), Is.EqualTo(end));
        Assert.That((_server.Server.SessionCount, _server.Endpoint.ConnectionCount), Is.EqualTo((0, 0)));
    }
}
