using System.Text.Json.Nodes;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Sockets;

namespace WebRtcSignaling.Compatibility.Tests.SocketIO;

/// <summary>Connecting to namespaces, of which there is one.</summary>
internal sealed class ConnectTests
{
    [TestCase("40")]
    [TestCase("40{}")]
    [TestCase("40{\"token\":\"123\"}")]
    [TestCase("40/,")]
    public async Task Version_4_asks_and_gets_a_name_that_is_not_its_sessions(string connect)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await app.OpenSocketAsync(4);
        string sid = (string)JsonNode.Parse((await socket.ReceiveAsync())[1..])!["sid"]!;
        await socket.SendAsync(connect);
        string connected = await socket.ReceiveAsync();
        string id = (string)JsonNode.Parse(connected[2..])!["sid"]!;
        Assert.Multiple(() =>
        {
            Assert.That(connected, Does.Match("""^40\{"sid":"[A-Za-z0-9_-]{22}"\}$"""));
            Assert.That(id, Is.Not.EqualTo(sid));
        });
        await socket.SendAsync("""421["whoami"]""");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo($"431[\"{id}\",null]"));
    }

    [Test]
    public async Task In_version_3_the_name_of_the_session_is_the_clients()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await app.OpenSocketAsync(3);
        string sid = (string)JsonNode.Parse((await socket.ReceiveAsync())[1..])!["sid"]!;
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("40"));
        await socket.SendAsync("""421["whoami"]""");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo($"431[\"{sid}\",null]"));
    }

    [TestCase("40/random", """44/random,{"message":"Invalid namespace"}""")]
    [TestCase("40/random,", """44/random,{"message":"Invalid namespace"}""")]
    [TestCase("40/random,{\"token\":1}", """44/random,{"message":"Invalid namespace"}""")]
    [TestCase("40/a?b=c,", """44/a?b=c,{"message":"Invalid namespace"}""")]
    public async Task Version_4_hears_that_a_namespace_is_not_there(string connect, string answer)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await app.OpenSocketAsync(4);
        await socket.ReceiveAsync();
        await socket.SendAsync(connect);
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo(answer));
        await socket.SendAsync("40");
        Assert.That(await socket.ReceiveAsync(), Does.StartWith("40{"), "the one that is there is still open");
    }

    [TestCase("40/random,", """44/random,"Invalid namespace" """)]
    [TestCase("40/random?token=1,", """44/random,"Invalid namespace" """)]
    public async Task Version_3_hears_it_its_way_and_goes_on(string connect, string answer)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 3);
        await socket.SendAsync(connect);
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo(answer.TrimEnd()));
        await socket.SendAsync("42/random,[\"echo\",1]");
        await socket.SendAsync("41/random,");
        await socket.SendAsync("40");
        await socket.SendAsync("42[\"echo\",2]");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("""42["echoed",2]"""));
    }

    [TestCase("42[\"echo\"]")]
    [TestCase("41")]
    [TestCase("430[]")]
    [TestCase("4abc")]
    [TestCase("40[]")]
    [TestCase("40{")]
    [TestCase("40\"token\"")]
    [TestCase("44{}")]
    public async Task Version_4_must_connect_first_and_rightly(string packet)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await app.OpenSocketAsync(4);
        await socket.ReceiveAsync();
        await socket.SendAsync(packet);
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1002"));
        Assert.That(app.Dialect.Count, Is.Zero);
    }

    [TestCase("40")]
    [TestCase("42/random,[\"echo\"]")]
    [TestCase("41/random,")]
    public async Task Version_4_may_not_connect_twice_nor_speak_where_it_is_not(string packet)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient socket = await SocketTests.ConnectAsync(app, 4);
        await socket.SendAsync(packet);
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1002"));
    }

    [Test]
    public async Task Version_4_has_so_long_to_connect_and_no_longer()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient late = await app.OpenSocketAsync(4);
        await late.ReceiveAsync();
        using SocketClient connected = await SocketTests.ConnectAsync(app, 4);
        app.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.That(await late.ReceiveAsync(), Is.EqualTo("close:1002"));
        await connected.SendAsync("""42["echo",1]""");
        Assert.That(await connected.ReceiveAsync(), Is.EqualTo("""42["echoed",1]"""));
    }
}
