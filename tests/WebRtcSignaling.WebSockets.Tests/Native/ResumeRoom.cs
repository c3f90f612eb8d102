using System.Text.Json.Nodes;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>Ann, who owns room <c>r</c>, and Ben, a moderator of it, who may lose his connection and come back.</summary>
internal sealed class ResumeRoom : IAsyncDisposable
{
    private readonly Task<ConnectionEnd> _benServed;

    private ResumeRoom(MemoryServer server, WireClient ann, string annId, WireClient ben, Task<ConnectionEnd> benServed, JsonObject welcome)
    {
        Server = server;
        Ann = ann;
        AnnId = annId;
        Ben = ben;
        _benServed = benServed;
        BenId = (string)welcome["clientId"]!;
        BenToken = (string)welcome["resume"]!["token"]!;
    }

    public MemoryServer Server { get; }

    public WireClient Ann { get; }

    public string AnnId { get; }

    public WireClient Ben { get; }

    public string BenId { get; }

    public string BenToken { get; }

    /// <summary>Both are in the room; Ben has heard one message, that he joined.</summary>
    public static async Task<ResumeRoom> CreateAsync(
        WebSocketOptions? webSockets = null, ISignalingAuthorizer? authorizer = null, SignalingOptions? options = null, IIceServerProvider? iceServers = null)
    {
        var server = new MemoryServer(options, webSockets, authorizer, iceServers);
        (WireClient ann, string annId) = await server.ConnectAsync();
        (WireClient ben, Task<ConnectionEnd> served) = server.Connect(new MemoryTransport());
        JsonObject welcome = await ben.ReceiveJsonAsync();
        await ann.AskAsync("""{"type":"room-create","room":"r"}""");
        await ben.AskAsync("""{"type":"room-join","room":"r"}""");
        await ann.ReceiveJsonAsync("client-joined");
        return new(server, ann, annId, ben, served, welcome);
    }

    public string Event(string type) => $$"""{"type":"{{type}}","room":"r","clientId":"{{BenId}}"}""";

    public string Hello(long received) => $$"""{"type":"hello","resume":"{{BenToken}}","ack":{{received}}}""";

    public async Task SayAsync(string data)
    {
        await Ann.SendAsync($$"""{"type":"message-send","room":"r","data":"{{data}}"}""");
        await Ann.CatchUpAsync();
    }

    /// <summary>Lets time pass while Ann shows life.</summary>
    /// <returns>What Ann heard.</returns>
    public async Task<IReadOnlyList<string>> PassTimeAsync(int seconds)
    {
        var heard = new List<string>();
        for (int second = 0; second < seconds; second++)
        {
            Server.Advance(TimeSpan.FromSeconds(1));
            heard.AddRange(await Ann.CatchUpAsync());
        }

        return heard;
    }

    /// <summary>Ben's connection ends without a word.</summary>
    public async Task LoseBenAsync()
    {
        await Ben.EndAsync();
        await _benServed.WaitAsync(Eventually.Bound);
    }

    /// <summary>Ben comes back, having received messages up to a number.</summary>
    public async Task<(WireClient Client, JsonObject Resumed)> ComeBackAsync(long received)
    {
        WireClient back = Server.Connect(new ConnectionRequest { AnnouncesHello = true });
        back.Numbers.Last = received;
        return (back, await back.AskAsync(Hello(received)));
    }

    /// <summary>Ben comes back again and again until the server has taken what he sent last.</summary>
    public async Task<(WireClient Client, JsonObject Resumed)> ComeBackUntilAsync(Func<JsonObject, bool> isSo)
    {
        while (true)
        {
            (WireClient back, JsonObject resumed) = await ComeBackAsync(1);
            if (isSo(resumed))
            {
                return (back, resumed);
            }
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
