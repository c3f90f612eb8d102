using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.AspNetCore.Tests.Load;

[TestFixture]
public sealed class HostileClientTests
{
    [Test]
    public async Task A_thousand_connects_and_resets_leave_nothing_behind()
    {
        await using TestApp app = TestApp.Create();
        using var requests = new MetricWatch(app, "http.server.active_requests");
        using var connections = new MetricWatch(app, "kestrel.active_connections");
        await app.StartAsync();
        using JsonClient ann = await app.ConnectAsync();
        using JsonClient ben = await app.ConnectAsync();
        await ann.ReadWelcomeAsync();
        await ben.ReadWelcomeAsync();
        await ann.JoinAsync("tea");
        await ben.JoinAsync("tea");
        for (int round = 0; round < 100; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(stage => ConnectAndResetAsync(app, stage)));
            await ann.SendAsync($$"""{"type":"signal-send","room":"tea","targetId":"{{ben.Id}}","data":{{round}}}""");
            Assert.That((int?)(await ben.ReceiveAsync("signal-receive"))["data"], Is.EqualTo(round));
        }

        await Task.WhenAll(ann.CloseAsync(), ben.CloseAsync());
        await app.Connections.WhenNone().WaitAsync(TestApp.Bound);
        await requests.WhenZero().WaitAsync(TestApp.Bound);
        await connections.WhenZero().WaitAsync(TestApp.Bound);
        Assert.Multiple(() =>
        {
            Assert.That(app.Endpoint.ConnectionCount, Is.Zero);
            Assert.That(app.Server.SessionCount, Is.Zero);
            Assert.That(app.Application.RoomCount, Is.Zero);
        });
    }

    [Test]
    public async Task A_client_that_sends_a_byte_a_second_disturbs_nobody()
    {
        var time = new ManualTimeProvider();
        await using TestApp app = await TestApp.StartAsync(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.AddSignaling();
        });
        using JsonClient ann = await app.ConnectAsync();
        using JsonClient ben = await app.ConnectAsync();
        await ann.ReadWelcomeAsync();
        await ben.ReadWelcomeAsync();
        await ann.JoinAsync("tea");
        await ben.JoinAsync("tea");
        using RawClient slow = await RawClient.OpenAsync(app.Address);
        await slow.ReadFrameAsync();
        byte[] message = ClientFrames.Text($$"""{"type":"ping","id":"{{new string('x', 60)}}"}""");
        for (int i = 0; i < message.Length; i++)
        {
            await slow.SendAsync([message[i]]);
            time.Advance(TimeSpan.FromSeconds(1));
            await ann.SendAsync($$"""{"type":"signal-send","room":"tea","targetId":"{{ben.Id}}","data":{{i}}}""");
            await ben.SendAsync($$"""{"type":"signal-send","room":"tea","targetId":"{{ann.Id}}","data":{{i}}}""");
            Assert.That((int?)(await ben.ReceiveAsync("signal-receive"))["data"], Is.EqualTo(i));
            Assert.That((int?)(await ann.ReceiveAsync("signal-receive"))["data"], Is.EqualTo(i));
        }

        int opcode;
        byte[] payload;
        do
        {
            (opcode, payload) = await slow.ReadFrameAsync();
        }
        while (opcode != 1);
        Assert.That(System.Text.Encoding.UTF8.GetString(payload), Does.StartWith("""{"type":"pong","""));
        await slow.SendAsync(ClientFrames.Close(1000));
        await Task.WhenAll(ann.CloseAsync(), ben.CloseAsync());
    }

    private static async Task ConnectAndResetAsync(TestApp app, int stage)
    {
        RawClient client = await RawClient.ConnectAsync(app.Address);
        string handshake = RawClient.Handshake(app.Address);
        switch (stage)
        {
            case 0:
                break;
            case 1:
                await client.SendAsync(handshake[..30]);
                break;
            case 2:
                await client.SendAsync("GET /signaling HTTP/1.1\r\nHost: x\r\n\r\n");
                break;
            case 3:
                await client.SendAsync(handshake);
                break;
            case 4:
                await client.SendAsync(handshake);
                await client.ReadHeadAsync();
                break;
            case 5:
                await client.SendAsync(handshake);
                await client.SendAsync(ClientFrames.Text("""{"type":"room-join","room":"tea"}""")[..9]);
                break;
            case 6:
                await client.SendAsync(handshake);
                await client.SendTextAsync("""{"type":"room-create"}""");
                await client.ReadHeadAsync();
                await client.ReadFrameAsync();
                break;
            case 7:
                await client.SendAsync(handshake);
                await client.SendTextAsync("""{"type":"room-join","room":"coffee","create":true}""");
                await client.ReadHeadAsync();
                await client.ReadFrameAsync();
                await client.ReadFrameAsync();
                break;
            case 8:
                await client.SendAsync(handshake);
                await client.SendAsync(ClientFrames.Close(1000));
                break;
            default:
                await client.SendAsync(handshake);
                await client.SendAsync([0xFF, 0xFF, 0xFF, 0xFF]);
                break;
        }

        client.Reset();
    }
}
