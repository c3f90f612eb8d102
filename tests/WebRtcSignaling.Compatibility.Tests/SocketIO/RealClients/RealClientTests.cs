using System.Text.Json.Nodes;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.SocketIO.RealClients;

/// <summary>The very clients that these systems use, unmodified, in Node, over a real port: with polls, with a WebSocket, and on the way from one to the other.</summary>
[TestFixtureSource(nameof(Clients))]
internal sealed class RealClientTests(string version, string transports)
{
    private CompatibilityApp _app = null!;

    public static IEnumerable<TestFixtureData> Clients =>
        from version in new[] { "1.4.5", "2.2.0", "2.3.0", "2.5.0", "4.8.1" }
        from transports in new[] { "polling", "websocket", "polling,websocket" }
        select new TestFixtureData(version, transports);

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await CompatibilityApp.StartAsync(
        static options => (options.PingInterval, options.PingTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)),
        onPort: true,
        time: TimeProvider.System);

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task Text_goes_both_ways_before_and_after_the_upgrade()
    {
        string last = transports.Split(',')[^1];
        Assert.That(
            await RunAsync("text"),
            Is.EqualTo($$"""{"pushed":true,"acked":true,"after":true,"isOwnId":true,"transport":"{{last}}"}"""));
        Assert.That(await _app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.Left));
    }

    [Test]
    public async Task Order_holds()
    {
        JsonNode result = JsonNode.Parse(await RunAsync("order"))!;
        Assert.That((bool)result["inOrder"]!, Is.True);
        await _app.Dialect.NextEndAsync();
    }

    [Test]
    public async Task A_client_that_leaves_is_gone()
    {
        Assert.That(await RunAsync("leave"), Is.EqualTo("""{"reason":"io client disconnect"}"""));
        Assert.That(await _app.Dialect.NextEndAsync(), Is.EqualTo(SessionCloseReason.Left));
    }

    [Test]
    public async Task Another_namespace_is_refused() =>
        Assert.That(await RunAsync("namespace"), Is.EqualTo("""{"error":"Invalid namespace"}"""));

    [Test]
    public async Task Bytes_go_both_ways()
    {
        Assert.That(await RunAsync("bytes"), Is.EqualTo("""{"acked":"0102ff","pushed":"0102ff"}"""));
        await _app.Dialect.NextEndAsync();
    }

    [Test]
    public async Task Heartbeats_keep_a_client_alive()
    {
        Assert.That(await RunAsync("heartbeat"), Is.EqualTo("""{"answer":"alive"}"""));
        await _app.Dialect.NextEndAsync();
    }

    private async Task<string> RunAsync(string scenario) =>
        (await NodeClients.RunAsync("client.cjs", version, _app.Address, transports, scenario)).ToJsonString();
}
