using System.Text.Json;
using Microsoft.Extensions.Options;
using WebRtcSignaling.Compatibility.PeerServer;
using WebRtcSignaling.Compatibility.Tests.EventDialects;

namespace WebRtcSignaling.Compatibility.Tests.PeerServer;

/// <summary>A server whose rooms hold three, and clients A, B and C of the dialect.</summary>
internal abstract class PeerServerFixture
{
    protected SignalingServer Server { get; private set; } = null!;

    protected FakePeer A { get; private set; } = null!;

    protected FakePeer B { get; private set; } = null!;

    protected FakePeer C { get; private set; } = null!;

    private PeerServerDialect Dialect { get; set; } = null!;

    [SetUp]
    public void Open() => Open(new SignalingServer());

    [TearDown]
    public void Dispose() => Server.Dispose();

    /// <summary>Begins anew on another server.</summary>
    protected void Open(SignalingServer server)
    {
        Server?.Dispose();
        Server = server;
        Dialect = new PeerServerDialect(Options.Create(new PeerServerOptions { RoomCapacity = 3 }));
        (A, B, C) = (NewClient("A"), NewClient("B"), NewClient("C"));
    }

    protected FakePeer NewClient(string id) => new(Server, Dialect, id);

    /// <summary>Lets a client create a room, and forgets that it heard so.</summary>
    /// <returns>The room's id.</returns>
    protected static async Task<string> CreateAsync(FakePeer client, string arguments = "null,null")
    {
        await client.EmitAsync($"""["create",{arguments}]""");
        using var document = JsonDocument.Parse(client.Take().Last());
        Assert.That(document.RootElement[0].GetString(), Is.EqualTo("created"));
        return document.RootElement[1].GetProperty("id").GetString()!;
    }

    /// <summary>Lets a client join where A is, and gives A's call with it; all that was heard is forgotten.</summary>
    protected async Task<string> JoinAsync(FakePeer client, string room)
    {
        A.Take();
        await client.EmitAsync($"""["join","{room}",null]""");
        string call = CallIn(A.Take()[0]);
        B.Take();
        C.Take();
        return call;
    }

    protected static void Heard(FakePeer peer, params string[] events) => Assert.That(peer.Take(), Is.EqualTo(events));

    protected static string CallIn(string heard)
    {
        using var document = JsonDocument.Parse(heard);
        Assert.That(document.RootElement[0].GetString(), Is.EqualTo("call"));
        return document.RootElement[1].GetString()!;
    }

    protected static string Room(string id, string name = "null") => $$"""{"name":{{name}},"id":"{{id}}"}""";
}
