using WebRtcSignaling.Authorization;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>A host app that takes its time to decide.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SlowHostTests : IAsyncDisposable
{
    private readonly TaskCompletionSource<AuthorizationDecision> _decision = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _aborted = new();
    private readonly List<MemoryServer> _servers = [];

    public async ValueTask DisposeAsync()
    {
        foreach (MemoryServer server in _servers)
        {
            await server.DisposeAsync();
        }

        _aborted.Dispose();
    }

    [Test]
    public async Task A_transport_that_is_lost_meanwhile_ends_the_wait_and_the_session(
        [Values(SignalingOperation.Connect, SignalingOperation.GetIceServers, SignalingOperation.CreateRoom)] SignalingOperation operation)
    {
        MemoryServer server = Create(operation);
        (WireClient client, Task<ConnectionEnd> served) = server.Connect(new MemoryTransport(), aborted: _aborted.Token);
        await client.SendAsync("""{"type":"room-create","room":"r"}""");
        await _asked.Task.WaitAsync(Eventually.Bound);

        await _aborted.CancelAsync();

        await _cancelled.Task.WaitAsync(Eventually.Bound);
        Assert.That(await served.WaitAsync(Eventually.Bound), Is.EqualTo(ConnectionEnd.Abort));
        Assert.That((server.Server.SessionCount, server.Server.Default.Rooms.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_server_that_stops_meanwhile_says_so_and_ends_the_wait(
        [Values(SignalingOperation.Connect, SignalingOperation.GetIceServers, SignalingOperation.CreateRoom)] SignalingOperation operation)
    {
        MemoryServer server = Create(operation);
        (WireClient client, Task<ConnectionEnd> served) = server.Connect(new MemoryTransport());
        await client.SendAsync("""{"type":"room-create","room":"r"}""");
        await _asked.Task.WaitAsync(Eventually.Bound);

        server.Server.Stop();
        server.Advance(TimeSpan.FromSeconds(1));

        await _cancelled.Task.WaitAsync(Eventually.Bound);
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(1001));
        await client.SendBytesAsync(ClientFrames.Close(1001));
        Assert.That(await served.WaitAsync(Eventually.Bound), Is.EqualTo(ConnectionEnd.Close));
        Assert.That((server.Server.SessionCount, server.Server.Default.Rooms.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task The_client_is_not_blamed_for_the_silence_of_the_host(
        [Values(SignalingOperation.Connect, SignalingOperation.GetIceServers, SignalingOperation.CreateRoom)] SignalingOperation operation, [Values] bool hello)
    {
        MemoryServer server = Create(operation, hello);
        (WireClient client, Task<ConnectionEnd> served) = server.Connect(new MemoryTransport());
        if (hello)
        {
            await client.SendAsync("""{"type":"hello"}""");
        }

        await client.SendAsync("""{"type":"room-create","room":"r"}""");
        await _asked.Task.WaitAsync(Eventually.Bound);
        server.Advance(TimeSpan.FromMinutes(2));
        Assert.That(served.IsCompleted, Is.False);
        _decision.SetResult(AuthorizationDecision.Allow);

        Assert.That((string?)(await client.ReceiveJsonAsync())["type"], Is.EqualTo("welcome"));
        Assert.That((string?)(await client.ReceiveJsonAsync())["type"], Is.EqualTo("room-created"));
        server.Advance(TimeSpan.FromSeconds(14));
        Assert.That(await client.CatchUpAsync(), Is.Empty);
        Assert.That(client.Pings, Is.Zero, "its silence counts from then on");
    }

    [Test]
    public async Task A_client_s_next_request_waits_and_other_clients_do_not()
    {
        MemoryServer server = Create(SignalingOperation.CreateRoom);
        (WireClient ann, _) = await server.ConnectAsync();
        (WireClient ben, _) = await server.ConnectAsync();
        await ann.SendAsync("""{"type":"room-create","room":"r"}""");
        await ann.SendAsync("""{"type":"ping","id":1}""");
        await _asked.Task.WaitAsync(Eventually.Bound);

        Assert.That((string?)(await ben.AskAsync("""{"type":"room-join","room":"r"}"""))["code"], Is.EqualTo("room-not-exists"));
        _decision.SetResult(AuthorizationDecision.Allow);

        Assert.That((string?)(await ann.ReceiveJsonAsync())["type"], Is.EqualTo("room-created"));
        Assert.That((string?)(await ann.ReceiveJsonAsync())["type"], Is.EqualTo("pong"));
    }

    [Test]
    public async Task What_a_session_hears_before_its_welcome_comes_after_it()
    {
        MemoryServer server = Create(SignalingOperation.GetIceServers);
        WireClient client = server.Connect();
        await _asked.Task.WaitAsync(Eventually.Bound);
        SignalingSession session = server.Server.Default.Sessions.Single();
        server.Server.Default.SendToSession(session.Id, "1"u8.ToArray());
        server.Server.Default.SendToSession(session.Id, "2"u8.ToArray());
        _decision.SetResult(AuthorizationDecision.Allow);

        Assert.That((string?)(await client.ReceiveJsonAsync())["type"], Is.EqualTo("welcome"));
        Assert.That((int?)(await client.ReceiveJsonAsync())["data"], Is.EqualTo(1));
        Assert.That((int?)(await client.ReceiveJsonAsync())["data"], Is.EqualTo(2));
    }

    private MemoryServer Create(SignalingOperation slow, bool hello = false)
    {
        var server = new MemoryServer(Lifetimes.OfConnections(), webSockets: new() { RequireHello = hello }, authorizer: new AskedAuthorizer((request, cancelled) =>
            request.Operation == slow ? DecideAsync(cancelled) : new(AuthorizationDecision.Allow)));
        _servers.Add(server);
        return server;
    }

    private async ValueTask<AuthorizationDecision> DecideAsync(CancellationToken cancelled)
    {
        _asked.TrySetResult();
        try
        {
            return await _decision.Task.WaitAsync(cancelled);
        }
        catch (OperationCanceledException)
        {
            _cancelled.TrySetResult();
            throw;
        }
    }
}
