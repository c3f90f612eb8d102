using System.Net;
using Microsoft.AspNetCore.Builder;
using WebRtcSignaling.Compatibility.SocketIO;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Sockets;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.SocketIO;

/// <summary>What a client of Socket.IO may send over time, on whichever transport.</summary>
internal sealed class RateTests
{
    [Test]
    public async Task On_a_WebSocket_the_event_that_is_too_much_is_refused_and_the_next_passes_when_it_may()
    {
        // Version 4 has sent one packet to connect.
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(Allow(3));
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync("""420["echo",1]""");
        await socket.SendAsync("""421["echo",2]""");
        await socket.SendAsync("""422["echo",3]""");
        Assert.That((await socket.ReceiveAsync(5))[4], Is.EqualTo("""432["refused"]"""));
        app.Time.Advance(TimeSpan.FromSeconds(1));
        await socket.SendAsync("""423["echo",4]""");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("""42["echoed",4]"""));
    }

    [Test]
    public async Task With_polls_it_is_the_same([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(Allow(version == 4 ? 3 : 2));
        using PollingClient client = await UpgradeTests.ConnectAsync(app, version);
        await client.PostAsync("""420["echo",1]""", """421["echo",2]""", """422["echo",3]""");
        Assert.That((await client.PollAsync(5))[4], Is.EqualTo("""432["refused"]"""));
    }

    [Test]
    public async Task Moving_from_polls_to_a_WebSocket_brings_nothing_new()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(Allow(4));
        using PollingClient polls = await UpgradeTests.ConnectAsync(app, 4);
        await polls.PostAsync("""420["whoami"]""");
        await polls.PollAsync();
        using SocketClient socket = await app.OpenSocketAsync(4, polls.Sid);
        await socket.SendAsync("2probe");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("3probe"));
        await socket.SendAsync("5");
        await socket.SendAsync("""421["echo",1]""");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("""431["refused"]"""));
    }

    [Test]
    public async Task An_event_of_which_an_attachment_is_too_much_is_refused_whole_and_the_next_is_understood()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(Allow(2));
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync("""451-0["echo",{"_placeholder":true,"num":0}]""");
        await socket.SendBinaryAsync(1, 2, 3);
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("""430["refused"]"""));
        app.Time.Advance(TimeSpan.FromSeconds(2));
        await socket.SendAsync("""451-1["echo",{"_placeholder":true,"num":0}]""");
        await socket.SendBinaryAsync(1, 2, 3);
        Assert.That((await socket.ReceiveAsync(2))[1], Is.EqualTo("bytes:010203"));
    }

    [Test]
    public async Task Whoever_goes_on_is_put_out_and_may_come_back()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(options =>
        {
            Allow(2)(options);
            options.Rates.MaxRefusals = 2;
        });
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        for (int i = 0; i < 4; i++)
        {
            await socket.SendAsync("""42["echo",1]""");
        }

        Assert.That(await socket.ReceiveAsync(2), Is.EqualTo(new[] { """42["echoed",1]""", "close:4006" }), "no 41, after which clients stay away");
        Assert.That(await app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.RateLimited));
    }

    [Test]
    public async Task Clients_of_one_address_are_limited_on_both_transports()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(
            configureHost: static options => options.Admission.MaxConnectionsPerAddress = 2,
            map: static app => app.Use((context, next) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.7");
                return next(context);
            }));
        using PollingClient polls = await UpgradeTests.ConnectAsync(app, 4);
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        using HttpClient http = app.CreateHttpClient();
        using HttpResponseMessage third = await http.GetAsync("/socket.io/?EIO=4&transport=polling");
        Assert.That((third.StatusCode, third.Headers.RetryAfter?.ToString()), Is.EqualTo((HttpStatusCode.TooManyRequests, "5")));
        Assert.ThrowsAsync<InvalidOperationException>(() => app.OpenSocketAsync(4));

        await polls.PostAsync("1");
        using PollingClient fourth = await app.OpenPollingAsync(4);
        Assert.That(app.Sessions.Count, Is.EqualTo(2));
    }

    private static Action<SocketIOOptions> Allow(int packets) => options =>
    {
        options.Rates.MessageBurst = packets;
        options.Rates.MessagesPerSecond = 1;
    };
}
