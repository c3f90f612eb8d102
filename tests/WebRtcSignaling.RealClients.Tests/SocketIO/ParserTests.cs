using System.Text.Json.Nodes;

namespace WebRtcSignaling.RealClients.Tests.SocketIO;

/// <summary>The parsers of Socket.IO 1 and 2 as browsers use them, with bytes in polls. They differ in how they write text, and not in how they read bytes.</summary>
internal sealed class ParserTests
{
    [Test]
    public async Task Text_and_bytes_go_both_ways([Values("1.2.4", "2.2.1")] string version)
    {
        await using var server = await RelayServer.StartAsync();
        var result = JsonNode.Parse(await Clients.RunAsync("SocketIO/parser.cjs", version, server.Address))!;
        const string echoed = """2["echoed","é€😀"]""";
        Assert.Multiple(() =>
        {
            Assert.That(result["posts"]!.AsArray().Select(static post => (string?)post), Has.All.EqualTo("ok"));
            Assert.That(
                result["types"]!.AsArray().Select(static type => (string?)type),
                Is.EqualTo(Enumerable.Repeat("application/octet-stream", 3).Prepend("text/plain; charset=UTF-8")));
            Assert.That(
                result["texts"]!.AsArray().Select(static text => (string?)text),
                Is.EqualTo(new[] { echoed, echoed, """51-["echoed",{"_placeholder":true,"num":0}]""" }));
            Assert.That((string?)result["bytes"], Is.EqualTo("0102ff"));
        });
    }
}
