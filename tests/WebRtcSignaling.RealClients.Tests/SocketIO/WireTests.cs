using System.Text.Json.Nodes;

namespace WebRtcSignaling.RealClients.Tests.SocketIO;

/// <summary>
/// Plain Socket.IO clients of each version, unmodified, over a real port: with polls, with a WebSocket, and on the way from one to the other. One Node process
/// for each version plays all of it.
/// </summary>
[TestFixture("1.4.5")]
[TestFixture("2.2.0")]
[TestFixture("2.3.0")]
[TestFixture("2.5.0")]
[TestFixture("4.8.1")]
internal sealed class WireTests(string version)
{
    private JsonNode _results = null!;

    [OneTimeSetUp]
    public async Task RunAsync()
    {
        await using var server = await RelayServer.StartAsync();
        _results = JsonNode.Parse(await Clients.RunAsync("SocketIO/client.cjs", version, server.Address))!;
    }

    [Test]
    public void Text_goes_both_ways_before_and_after_the_upgrade([Values("polling", "websocket", "polling,websocket")] string transports)
    {
        var last = transports.Split(',')[^1];
        Assert.That(
            Result(transports, "text"),
            Is.EqualTo($$"""{"pushed":true,"acked":true,"after":true,"isOwnId":true,"transport":"{{last}}","end":"Left"}"""));
    }

    [Test]
    public void Order_holds([Values("polling", "websocket", "polling,websocket")] string transports) =>
        Assert.That(Result(transports, "order"), Is.EqualTo("""{"received":2000,"inOrder":true,"end":"Left"}"""));

    [Test]
    public void A_client_that_is_dropped_comes_back([Values("polling", "websocket", "polling,websocket")] string transports) =>
        Assert.That(Result(transports, "reconnect"), Is.EqualTo("""{"reason":"transport close","answer":"back","end":"InternalError"}"""));

    [Test]
    public void A_client_that_is_put_out_hears_so([Values("polling", "websocket", "polling,websocket")] string transports) =>
        Assert.That(Result(transports, "putOut"), Is.EqualTo("""{"reason":"io server disconnect","end":"Removed"}"""));

    [Test]
    public void A_client_that_leaves_is_gone([Values("polling", "websocket", "polling,websocket")] string transports) =>
        Assert.That(Result(transports, "leave"), Is.EqualTo("""{"reason":"io client disconnect","end":"Left"}"""));

    [Test]
    public void Another_namespace_is_refused([Values("polling", "websocket", "polling,websocket")] string transports) =>
        Assert.That(Result(transports, "namespace"), Is.EqualTo("""{"error":"Invalid namespace"}"""));

    [Test]
    public void Bytes_go_both_ways([Values("polling", "websocket", "polling,websocket")] string transports) =>
        Assert.That(Result(transports, "bytes"), Is.EqualTo("""{"acked":"0102ff","pushed":"0102ff"}"""));

    [Test]
    public void Heartbeats_keep_a_client_alive([Values("polling", "websocket", "polling,websocket")] string transports) =>
        Assert.That(Result(transports, "heartbeat"), Is.EqualTo("""{"answer":"alive","stayed":true}"""));

    private string? Result(string transports, string scenario) => _results[$"{transports} {scenario}"]?.ToJsonString();
}
