using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Sockets;

namespace WebRtcSignaling.Compatibility.Tests.SocketIO;

/// <summary>Binary events: bytes that a client puts into the arguments, and that others get again as bytes.</summary>
internal sealed class AttachmentTests
{
    private const string Packet = """452-["echo",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""";
    private const string Echo = """452-["echoed",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""";

    [Test]
    public async Task Version_4_gets_them_as_they_are()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync(Packet);
        await socket.SendBinaryAsync(1, 2, 3);
        await socket.SendBinaryAsync(4, 5, 6);
        Assert.That(await socket.ReceiveAsync(3), Is.EqualTo(new[] { Echo, "bytes:010203", "bytes:040506" }));
    }

    [Test]
    public async Task Version_3_has_the_type_of_the_packet_before_them()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 3);
        await socket.SendAsync(Packet);
        await socket.SendBinaryAsync(4, 1, 2, 3);
        await socket.SendAsync("b4BAUG");
        Assert.That(await socket.ReceiveAsync(3), Is.EqualTo(new[] { Echo, "bytes:04010203", "bytes:04040506" }));
    }

    [Test]
    public async Task An_acknowledgement_has_them_too()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync("""451-7["echo",{"_placeholder":true,"num":0}]""");
        await socket.SendBinaryAsync(1, 2, 3);
        Assert.That(
            (await socket.ReceiveAsync(4))[2..],
            Is.EqualTo(new[] { """461-7[{"_placeholder":true,"num":0}]""", "bytes:010203" }));
    }

    [Test]
    public async Task In_polls_they_travel_by_the_framing_of_the_version()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient v4 = await UpgradeTests.ConnectAsync(app, 4);
        using PollingClient v3 = await UpgradeTests.ConnectAsync(app, 3);
        using PollingClient old = await app.OpenPollingAsync(3, "&b64=1");
        foreach (PollingClient client in new[] { v3, old })
        {
            await client.PostAsync("""42["whoami"]""");
        }

        const string json = """451-["shouted",{"_placeholder":true,"num":0}]""";
        await v4.PostAsync("""451-["shout",{"_placeholder":true,"num":0}]""", "bAQID");
        Assert.That(await v3.PollAsync(), Is.EqualTo(new[] { json, "bytes:04010203" }));
        Assert.That(await old.PollAsync(), Is.EqualTo(new[] { json, "b4AQID" }));

        // It speaks the vocabulary since its first event, so it hears the next.
        await v3.PostAsync("""451-["shout",{"_placeholder":true,"num":0}]""", "b4AQID");
        Assert.That(await v4.PollAsync(), Is.EqualTo(new[] { json, "bAQID" }));
    }

    [Test]
    public async Task Peers_without_attachments_hear_base64_on_a_raw_WebSocket()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient raw = await app.OpenSocketAsync("/signaling", static request => request.Headers.SecWebSocketProtocol = "relay");
        await raw.SendAsync("""[1,"whoami"]""");
        await raw.ReceiveAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync("""451-["shout",{"_placeholder":true,"num":0}]""");
        await socket.SendBinaryAsync(1, 2, 3);
        Assert.That(await raw.ReceiveAsync(), Is.EqualTo("""["shouted",{"_binary":true,"base64":"AQID"}]"""));
        await raw.SendAsync("""["shout",{"_binary":true,"base64":"BAUG"}]""");
        Assert.That(
            await socket.ReceiveAsync(2), Is.EqualTo(new[] { """451-["shouted",{"_placeholder":true,"num":0}]""", "bytes:040506" }));
    }

    [Test]
    public async Task Half_a_surrogate_pair_where_a_mark_could_be_arrives_byte_for_byte([Values(3, 4)] int version)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient receiver = await SocketTests.ConnectAsync(app, version);
        await receiver.SendAsync("""421["whoami"]""");
        await receiver.ReceiveAsync();
        using SocketClient sender = await SocketTests.ConnectAsync(app, 4);
        const string data = """{"_binary":true,"\ud800a":1}""";
        await sender.SendAsync($$"""421["shout",{{data}}]""");
        Assert.That(await receiver.ReceiveAsync(), Is.EqualTo($$"""42["shouted",{{data}}]"""));

        await sender.SendAsync($$"""452-["echo",{{data}},{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""");
        await sender.SendBinaryAsync(1);
        await sender.SendBinaryAsync(2);
        Assert.That(
            await sender.ReceiveAsync(3),
            Is.EqualTo(new[] { $$"""452-["echoed",{{data}},{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""", "bytes:01", "bytes:02" }));
        await receiver.SendAsync("""422["whoami"]""");
        Assert.That(await receiver.ReceiveAsync(), Does.StartWith("432"));
    }

    [Test]
    public async Task Text_among_attachments_ends_the_session()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync(Packet);
        await socket.SendBinaryAsync(1, 2, 3);
        await socket.SendAsync("""42["echo"]""");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1002"));
    }

    [Test]
    public async Task Bytes_that_nothing_announced_end_the_session()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendBinaryAsync(1, 2, 3);
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1002"));
    }

    [Test]
    public async Task A_placeholder_without_an_attachment_ends_the_session()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync("""451-["echo",{"_placeholder":true,"num":1}]""");
        await socket.SendBinaryAsync(1, 2, 3);
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1002"));
    }

    [Test]
    public async Task All_attachments_of_an_event_together_may_be_as_long_as_one_payload()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(static options => options.MaxPayloadBytes = 2_000);
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync(Packet);
        await socket.SendBinaryAsync(new byte[1_000]);
        await socket.SendBinaryAsync(new byte[1_000]);
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1002"));
    }

    [Test]
    public async Task They_can_be_refused_altogether()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(static options => options.MaxAttachments = 0);
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync(Packet);
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1002"));
    }
}
