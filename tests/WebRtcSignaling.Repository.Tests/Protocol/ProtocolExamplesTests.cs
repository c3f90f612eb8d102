using System.Security.Claims;
using System.Text.Json.Nodes;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets;

namespace WebRtcSignaling.Repository.Tests.Protocol;

/// <summary>Runs every example of docs/protocol.md against the server, over WebSocket frames in memory.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProtocolExamplesTests
{
    private static readonly IReadOnlyList<ProtocolExample> _examples = ProtocolExample.ReadAll(Repository.Read("docs/protocol.md"));

    private readonly Dictionary<string, WireClient> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<ConnectionEnd>> _served = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _lastNumbers = new(StringComparer.Ordinal);
    private readonly ProtocolMatcher _matcher = new();

    [Test]
    public void The_document_has_examples() => Assert.That(_examples, Has.Count.GreaterThan(15));

    [TestCaseSource(nameof(_examples))]
    public async Task The_server_does_what_the_example_shows(ProtocolExample example)
    {
        await using var server = new MemoryServer(webSockets: new() { RequireHello = example.RequiresHello });
        _matcher.Name("$ticket", server.Tickets.Issue(new ClaimsPrincipal(new ClaimsIdentity("example"))).Value.Value);
        foreach (ProtocolExample.Line line in example.Lines)
        {
            WireClient client = await GetClientAsync(server, line, example);
            if (line.IsLoss)
            {
                await LoseAsync(line.Client);
            }
            else if (line.IsSent)
            {
                await client.SendAsync(_matcher.Fill(line.Json));
            }
            else if (line.Json.StartsWith("close ", StringComparison.Ordinal))
            {
                WireEvent close = await client.ReceiveEventAsync();
                Assert.That($"close {close.CloseCode} {close.CloseReason}", Is.EqualTo(line.Json));
                _clients.Remove(line.Client);
            }
            else
            {
                string received = await client.ReceiveAsync();
                Assert.That(
                    _matcher.Compare(JsonNode.Parse(line.Json), JsonNode.Parse(received)),
                    Is.Null,
                    $"{line.Client}< {line.Json}\nbut came: {received}");
            }
        }

        foreach ((string name, WireClient client) in _clients)
        {
            client.Numbers.AreShown = false;
            await client.SendAsync("""{"type":"ping","id":"end"}""");
            Assert.That(await client.ReceiveAsync(), Is.EqualTo("""{"type":"pong","id":"end"}"""), $"{name} hears nothing that the example does not show");
        }
    }

    private async Task LoseAsync(string name)
    {
        await _clients[name].EndAsync();
        await _served[name].WaitAsync(Eventually.Bound);
        _lastNumbers[name] = _clients[name].Numbers.Last;
        _clients.Remove(name);
    }

    private async Task<WireClient> GetClientAsync(MemoryServer server, ProtocolExample.Line line, ProtocolExample example)
    {
        if (_clients.TryGetValue(line.Client, out WireClient? client))
        {
            return client;
        }

        bool isBack = _served.ContainsKey(line.Client);
        (client, _served[line.Client]) = server.Connect(new MemoryTransport(), new ConnectionRequest { AnnouncesHello = isBack });
        client.Numbers.AreShown = example.ShowsNumbers;
        client.Numbers.Last = isBack ? _lastNumbers.GetValueOrDefault(line.Client) : 0;
        _clients.Add(line.Client, client);
        bool showsWelcome = !line.IsSent && line.Json.Contains("\"welcome\"", StringComparison.Ordinal);
        if (!showsWelcome && !example.RequiresHello && !isBack)
        {
            JsonObject welcome = await client.ReceiveJsonAsync();
            Assert.That(_matcher.Compare("$" + line.Client, welcome["clientId"]), Is.Null);
            _matcher.Name("$token-of-" + line.Client, (string)welcome["resume"]!["token"]!);
        }

        return client;
    }
}
