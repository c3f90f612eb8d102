using System.Text.Json;

namespace WebRtcSignaling.Load.Soak;

/// <summary>What clients of other systems do, over their own wires (docs/compatibility.md).</summary>
internal static class CompatibleVisits
{
    private const int Rounds = 10;

    /// <summary>Two clients of room signalling, over Engine.IO 4 straight on a WebSocket.</summary>
    public static async Task SocketIOAsync(VisitContext visit)
    {
        using SoakClient ann = await ConnectSocketIOAsync(visit).ConfigureAwait(false);
        using SoakClient ben = await ConnectSocketIOAsync(visit).ConfigureAwait(false);
        await ann.SendAsync($"""42["room-create","{visit.Name}"]""").ConfigureAwait(false);
        await ann.ReadTextAsync("42[\"room-created\"").ConfigureAwait(false);
        await ben.SendAsync($"""42["room-join","{visit.Name}"]""").ConfigureAwait(false);
        string joined = await ben.ReadTextAsync("42[\"room-joined\"").ConfigureAwait(false);
        using JsonDocument answer = JsonDocument.Parse(joined.AsMemory(2));
        string owner = answer.RootElement[2].GetString()!;
        for (int round = 0; round < Rounds; round++)
        {
            await ben.SendAsync($$"""42["signal-send","{{visit.Name}}","{{owner}}",{"round":{{round}}}]""").ConfigureAwait(false);
            await ann.ReadTextAsync("42[\"signal-receive\"").ConfigureAwait(false);
        }

        await ben.SendAsync($"""42["room-leave","{visit.Name}"]""").ConfigureAwait(false);
        await ann.ReadTextAsync("42[\"client-left\"").ConfigureAwait(false);
        await ann.CloseAsync().ConfigureAwait(false);
    }

    /// <summary>Two of PeerJS' clients.</summary>
    public static async Task PeerJsAsync(VisitContext visit)
    {
        using SoakClient ann = await ConnectPeerAsync(visit, "ann").ConfigureAwait(false);
        using SoakClient ben = await ConnectPeerAsync(visit, "ben").ConfigureAwait(false);
        for (int round = 0; round < Rounds; round++)
        {
            await ann.SendAsync($$$"""{"type":"OFFER","dst":"{{{visit.Name}}}-ben","payload":{"round":{{{round}}}}}""").ConfigureAwait(false);
            (await ben.ReadTypeAsync("OFFER").ConfigureAwait(false)).Dispose();
            await ben.SendAsync($$$"""{"type":"CANDIDATE","dst":"{{{visit.Name}}}-ann","payload":{"round":{{{round}}}}}""").ConfigureAwait(false);
            (await ann.ReadTypeAsync("CANDIDATE").ConfigureAwait(false)).Dispose();
        }

        await ann.SendAsync("""{"type":"HEARTBEAT"}""").ConfigureAwait(false);
        await ann.CloseAsync().ConfigureAwait(false);
    }

    /// <summary>Messages into the worker's box, and out of it again.</summary>
    public static async Task BoxAsync(VisitContext visit)
    {
        var box = new Uri($"http://{visit.Server}/box?box={visit.Box}");
        for (int round = 0; round < Rounds; round++)
        {
            using var message = new StringContent($$"""{"round":{{round}}}""");
            using HttpResponseMessage put = await visit.Http.PostAsync(box, message, visit.Patience).ConfigureAwait(false);
            put.EnsureSuccessStatusCode();
        }

        using JsonDocument taken = JsonDocument.Parse(await visit.Http.GetStringAsync(box, visit.Patience).ConfigureAwait(false));
        int count = taken.RootElement.GetProperty("data").GetArrayLength();
        if (count != Rounds)
        {
            throw new LoadException($"{count} of {Rounds} messages came out of the box.");
        }
    }

    /// <summary>Makes a message box.</summary>
    public static async Task<string> CreateBoxAsync(HttpClient http, System.Net.IPEndPoint server)
    {
        using JsonDocument created = JsonDocument.Parse(await http.GetStringAsync(new Uri($"http://{server}/box")).ConfigureAwait(false));
        return created.RootElement.GetProperty("data").GetString()!;
    }

    private static async Task<SoakClient> ConnectSocketIOAsync(VisitContext visit)
    {
        SoakClient client = await SoakClient.ConnectAsync(visit.Server, "/socket.io/?EIO=4&transport=websocket", visit.Patience).ConfigureAwait(false);
        await client.ReadTextAsync("0{").ConfigureAwait(false);
        await client.SendAsync("40").ConfigureAwait(false);
        await client.ReadTextAsync("40{").ConfigureAwait(false);
        return client;
    }

    private static async Task<SoakClient> ConnectPeerAsync(VisitContext visit, string name)
    {
        SoakClient client = await SoakClient.ConnectAsync(visit.Server, $"/peerjs?key=peerjs&id={visit.Name}-{name}&token=token", visit.Patience).ConfigureAwait(false);
        (await client.ReadTypeAsync("OPEN").ConfigureAwait(false)).Dispose();
        return client;
    }
}
