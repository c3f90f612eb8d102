using System.Text.Json;
using System.Text.Json.Nodes;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>Ann, who owns room <c>r</c>, and Ben, who is a member of it.</summary>
internal sealed class RoomOfTwo : IAsyncDisposable
{
    private RoomOfTwo(MemoryServer server, WireClient ann, string annId, WireClient ben, string benId)
    {
        Server = server;
        Ann = ann;
        AnnId = annId;
        Ben = ben;
        BenId = benId;
    }

    public MemoryServer Server { get; }

    public WireClient Ann { get; }

    public string AnnId { get; }

    public WireClient Ben { get; }

    public string BenId { get; }

    public static async Task<RoomOfTwo> CreateAsync(MemoryServer? server = null, string password = "")
    {
        server ??= new MemoryServer();
        (WireClient ann, string annId) = await server.ConnectAsync();
        (WireClient ben, string benId) = await server.ConnectAsync();
        string secret = password.Length > 0 ? $",\"password\":\"{password}\"" : "";
        await ann.AskAsync($$"""{"type":"room-create","room":"r"{{secret}}}""");
        await ben.AskAsync($$"""{"type":"room-join","room":"r"{{secret}}}""");
        await ann.ReceiveJsonAsync("client-joined");
        return new(server, ann, annId, ben, benId);
    }

    /// <summary>Ann asks; what she hears before the answer is passed over.</summary>
    public async Task<JsonObject> AnnAsksAsync(string json)
    {
        json = Fill(json);
        await Ann.SendAsync(json);
        using JsonDocument asked = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 2_000 });
        string id = asked.RootElement.GetProperty("id").GetRawText();
        while (true)
        {
            JsonObject message = await Ann.ReceiveJsonAsync();
            if (message["id"]?.ToJsonString() == id)
            {
                return message;
            }
        }
    }

    /// <summary>Ann sends something that is no request with an id; the next refusal is its answer.</summary>
    public async Task<JsonObject> AnnIsRefusedAsync(string message)
    {
        await Ann.SendAsync(Fill(message));
        while (true)
        {
            JsonObject answer = await Ann.ReceiveJsonAsync();
            if (answer.ContainsKey("code"))
            {
                return answer;
            }
        }
    }

    public string Fill(string json) =>
        json.Replace("$ann", AnnId, StringComparison.Ordinal).Replace("$ben", BenId, StringComparison.Ordinal);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
