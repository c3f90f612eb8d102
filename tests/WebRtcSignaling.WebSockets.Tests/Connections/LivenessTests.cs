using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>Pings, and whoever does not answer them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LivenessTests : IAsyncDisposable
{
    private readonly MemoryServer _server = new(Lifetimes.OfConnections());

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task A_silent_client_is_pinged_after_the_interval_and_not_before()
    {
        (WireClient client, _) = await _server.ConnectAsync();
        _server.Advance(TimeSpan.FromSeconds(14));
        await client.CatchUpAsync();
        Assert.That(client.Pings, Is.Zero);

        _server.Advance(TimeSpan.FromSeconds(15));
        await client.ReceivePingAsync();
        Assert.That(client.Pings, Is.EqualTo(1));
    }

    [Test]
    public async Task While_nobody_is_connected_no_timer_is_set()
    {
        Assert.That(_server.Time.ActiveTimers, Is.Zero);
        (WireClient client, Task<ConnectionEnd> served, _) = await ConnectWatchedAsync();
        Assert.That(_server.Time.ActiveTimers, Is.EqualTo(1));

        await client.EndAsync();
        await served;
        _server.Advance(TimeSpan.FromSeconds(1));
        Assert.That(_server.Time.ActiveTimers, Is.Zero);
    }

    [Test]
    public async Task However_long_it_may_take_to_introduce_itself_a_client_that_has_done_so_is_pinged_in_time()
    {
        await using var server = new MemoryServer(Lifetimes.OfConnections(), new() { RequireHello = true, HelloTimeout = TimeSpan.FromMinutes(5) });
        WireClient client = server.Connect();
        server.Advance(TimeSpan.FromSeconds(1));
        await client.AskAsync("""{"type":"hello","id":1}""");
        for (int second = 0; second < 16; second++)
        {
            server.Advance(TimeSpan.FromSeconds(1));
        }

        await client.ReceivePingAsync();
        Assert.That(client.Pings, Is.EqualTo(1));
    }

    [Test]
    public async Task A_client_that_answers_is_pinged_each_interval_and_never_closed()
    {
        (WireClient client, Task<ConnectionEnd> served, FaultyTransport watched) = await ConnectWatchedAsync();
        for (int i = 1; i <= 10; i++)
        {
            int reads = watched.Count(PipeOperation.Advance);
            _server.Advance(TimeSpan.FromSeconds(15));
            await client.ReceivePingAsync();
            await Eventually.TrueAsync(() => watched.Count(PipeOperation.Advance) > reads, "the Pong is read");
        }

        Assert.That((client.Pings, served.IsCompleted), Is.EqualTo((10, false)));
    }

    [Test]
    public async Task A_client_that_shows_no_life_is_pinged_once_and_closed_with_4004()
    {
        (WireClient client, _) = await _server.ConnectAsync();
        client.AnswersPings = false;
        _server.Advance(TimeSpan.FromSeconds(29));
        Assert.That(_server.Server.SessionCount, Is.EqualTo(1));
        _server.Advance(TimeSpan.FromSeconds(1));

        Assert.That(_server.Server.SessionCount, Is.Zero);
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4004));
        Assert.That(client.Pings, Is.EqualTo(1));
    }

    [Test]
    public async Task Any_byte_is_a_sign_of_life()
    {
        (WireClient client, Task<ConnectionEnd> served, FaultyTransport watched) = await ConnectWatchedAsync();
        client.AnswersPings = false;

        // A message that takes two minutes, a byte each second.
        foreach (byte part in ClientFrames.Text($$"""{"type":"ping",{{new string(' ', 100)}}"id":1}"""))
        {
            int reads = watched.Count(PipeOperation.Advance);
            await client.SendBytesAsync((byte[])[part]);
            await Eventually.TrueAsync(() => watched.Count(PipeOperation.Advance) > reads, "the byte is read");
            _server.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That((string?)(await client.ReceiveJsonAsync())["type"], Is.EqualTo("pong"));
        Assert.That((client.Pings, served.IsCompleted), Is.EqualTo((0, false)));
    }

    [Test]
    public async Task A_client_that_sends_a_byte_a_second_delays_nobody()
    {
        (WireClient slow, _) = await _server.ConnectAsync();
        (WireClient ann, _) = await _server.ConnectAsync();
        foreach (byte part in ClientFrames.Text("""{"type":"ping","id":1}"""))
        {
            await slow.SendBytesAsync((byte[])[part]);
            _server.Advance(TimeSpan.FromSeconds(1));
            Assert.That((string?)(await ann.AskAsync("""{"type":"ping"}"""))["type"], Is.EqualTo("pong"));
        }

        Assert.That((string?)(await slow.ReceiveJsonAsync())["type"], Is.EqualTo("pong"));
    }

    [Test]
    public async Task A_ping_is_answered_with_what_it_carried([Values(0, 1, 125)] int length)
    {
        var transport = new MemoryTransport();
        (WireClient client, _) = _server.Connect(transport);
        await client.ReceiveAsync();
        byte[] payload = new byte[length];
        new Random(length).NextBytes(payload);

        await client.SendBytesAsync(ClientFrames.Ping(payload));

        var answer = await transport.Client.Input.ReadAtLeastAsync(2 + length).AsTask().WaitAsync(Eventually.Bound);
        byte[] expected = [0x8A, (byte)length, .. payload];
        Assert.That(System.Buffers.BuffersExtensions.ToArray(answer.Buffer), Is.EqualTo(expected));
    }

    private async Task<(WireClient Client, Task<ConnectionEnd> Served, FaultyTransport Watched)> ConnectWatchedAsync()
    {
        var transport = new MemoryTransport();
        var watched = new FaultyTransport(transport.Server) { OnOperation = (_, _) => { } };
        (WireClient client, Task<ConnectionEnd> served) = _server.Connect(watched, transport.Client);
        await client.ReceiveJsonAsync("welcome");
        return (client, served, watched);
    }
}
