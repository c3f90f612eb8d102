using System.Text.Json.Nodes;
using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.RealClients.Tests.SocketIO;

/// <summary>
/// What clients of PHPPeerServer and of room-signalling servers do, with plain Socket.IO clients of each version against the ready server. One Node process for
/// each version plays all flows, and kills others where somebody vanishes.
/// </summary>
[TestFixture("1.4.5")]
[TestFixture("2.2.0")]
[TestFixture("2.3.0")]
[TestFixture("2.5.0")]
[TestFixture("4.8.1")]
internal sealed class FlowTests(string version)
{
    private const string PeerServer = "PHPPeerServer: ";
    private const string RoomSignalling = "room signalling: ";

    // Who vanishes between two polls has no connection that could break: only its silence tells.
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Signaling__SocketIO__PingInterval"] = "00:00:02",
        ["Signaling__SocketIO__PingTimeout"] = "00:00:10",
    };

    private JsonNode _results = null!;

    [OneTimeSetUp]
    public async Task PlayAsync()
    {
        await using var server = await SignalingServerProcess.StartAsync(Settings);
        _results = JsonNode.Parse(await Clients.RunAsync("SocketIO/flows.cjs", version, server.Address.GetLeftPart(UriPartial.Authority)))!;
    }

    [Test]
    public void Clients_of_PHPPeerServer_are_served(
        [Values("polling,websocket", "polling")] string transports,
        [Values(
            "normal flow",
            "owner leaves",
            "member vanishes",
            "owner vanishes",
            "kick, ban and unban",
            "wrong password",
            "full room",
            "wrong arguments",
            "a native client in the room")] string flow) => AssertPlayed(transports, PeerServer + flow);

    [Test]
    public void Clients_of_room_signalling_servers_are_served(
        [Values("polling,websocket", "polling")] string transports,
        [Values("normal flow", "signals cross", "owner leaves", "owner vanishes", "member vanishes", "refusals")] string flow) =>
        AssertPlayed(transports, RoomSignalling + flow);

    private void AssertPlayed(string transports, string flow) => Assert.That((string?)_results[$"{transports} {flow}"], Is.EqualTo("ok"));
}
