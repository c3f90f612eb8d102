using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>A server that stops while it is in use: everybody hears it, nobody is left.</summary>
public sealed class StopTests
{
    [Test]
    public async Task Everybody_hears_that_the_server_goes_away_while_they_talk()
    {
        // Nobody is to be closed for being slow, however busy the machine.
        await using var server = new MemoryServer(webSockets: new() { MaxOutboxBytes = int.MaxValue });
        var clients = new List<WireClient>();
        for (int i = 0; i < 20; i++)
        {
            (WireClient client, _) = await server.ConnectAsync();
            await client.AskAsync("""{"type":"room-join","room":"r","create":true}""");
            clients.Add(client);
        }

        int sent = 0;
        Task[] talking =
        [
            .. clients.Select(client => Task.Run(async () =>
            {
                while (server.Server.SessionCount > 0)
                {
                    await client.SendAsync("""{"type":"message-send","room":"r","data":1}""");
                    Interlocked.Increment(ref sent);
                }
            })),
        ];
        Task<WireEvent>[] closing = [.. clients.Select(client => client.ReceiveCloseAsync())];
        await Eventually.TrueAsync(() => Volatile.Read(ref sent) > 200, "they talk");
        server.Server.Stop();

        WireEvent[] closes = await Task.WhenAll(closing).WaitAsync(Eventually.Bound);
        await Task.WhenAll(talking).WaitAsync(Eventually.Bound);
        Assert.That(closes.Select(close => close.CloseCode), Is.All.EqualTo(1001));
        Assert.That(closes.Select(close => close.CloseReason), Is.All.Contain("try again"));
        await Task.WhenAll(clients.Select(client => client.SendBytesAsync(ClientFrames.Close(1001))));
        await Eventually.TrueAsync(() => server.Endpoint.ConnectionCount == 0, "all connections are over");
        Assert.That(server.Server.Default.Rooms, Is.Empty);
    }

    [Test]
    public async Task Who_has_not_said_hello_yet_hears_it_too()
    {
        await using var server = new MemoryServer(webSockets: new() { RequireHello = true });
        WireClient client = server.Connect();
        server.Server.Stop();
        server.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(1001));
    }

    [Test]
    public async Task Who_does_not_answer_is_aborted_within_CloseTimeout()
    {
        await using var server = new MemoryServer();
        (WireClient client, Task<ConnectionEnd> served) = server.Connect(new MemoryTransport());
        await client.ReceiveAsync();
        server.Server.Stop();
        server.Advance(TimeSpan.FromSeconds(5));
        Assert.That(await served.WaitAsync(Eventually.Bound), Is.EqualTo(ConnectionEnd.Abort));
    }
}
