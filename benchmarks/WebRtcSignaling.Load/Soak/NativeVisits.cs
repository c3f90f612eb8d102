using System.Globalization;
using System.Text.Json;

namespace WebRtcSignaling.Load.Soak;

/// <summary>What well-behaved clients of the native protocol do (docs/protocol.md).</summary>
internal static class NativeVisits
{
    private const int Rounds = 20;
    private const int Pings = 5;

    private static readonly string _sdp = new('x', 1_500);

    /// <summary>Two meet in a room of their own, and signals and messages go to and fro; then they go, each in its way.</summary>
    public static async Task SignalAsync(VisitContext visit)
    {
        (SoakClient ann, SoakClient ben) = await MeetAsync(visit).ConfigureAwait(false);
        using (ann)
        using (ben)
        {
            await ben.AskAsync($$$"""{"type":"field-set","scope":"member","room":"{{{visit.Name}}}","fields":{"seat":1},"id":1}""", "ok").ConfigureAwait(false);
            await ben.AskAsync("""{"type":"resource-toggle","resource":"video","enabled":true,"id":2}""", "ok").ConfigureAwait(false);
            await ben.AskAsync("""{"type":"presence-set","show":"away","id":3}""", "ok").ConfigureAwait(false);
            for (int round = 0; round < Rounds; round++)
            {
                string data = string.Create(CultureInfo.InvariantCulture, $"{{\"round\":{round},\"sdp\":\"{_sdp}\"}}");
                await ann.SendAsync($$"""{"type":"signal-send","room":"{{visit.Name}}","targetId":"{{ben.Id}}","kind":"offer","data":{{data}}}""").ConfigureAwait(false);
                await ExpectAsync(ben, "signal-receive", round).ConfigureAwait(false);
                await ben.SendAsync($$"""{"type":"message-send","room":"{{visit.Name}}","data":{{data}}}""").ConfigureAwait(false);
                await ExpectAsync(ann, "message-receive", round).ConfigureAwait(false);
            }

            await GoAsync(visit, ann).ConfigureAwait(false);
            await GoAsync(visit, ben).ConfigureAwait(false);
        }
    }

    /// <summary>One calls the other, they negotiate, and one hangs up.</summary>
    public static async Task CallAsync(VisitContext visit)
    {
        (SoakClient ann, SoakClient ben) = await MeetAsync(visit).ConfigureAwait(false);
        using (ann)
        using (ben)
        {
            await ann.SendAsync($$"""{"type":"call-start","room":"{{visit.Name}}","targetId":"{{ben.Id}}"}""").ConfigureAwait(false);
            using JsonDocument started = await ben.ReadTypeAsync("call-started").ConfigureAwait(false);
            string call = started.RootElement.GetProperty("callId").GetString()!;
            await ben.SendAsync($$"""{"type":"call-accept","callId":"{{call}}"}""").ConfigureAwait(false);
            (await ann.ReadTypeAsync("call-accepted").ConfigureAwait(false)).Dispose();
            await PassAsync(ann, ben, "call-offer", call).ConfigureAwait(false);
            await PassAsync(ben, ann, "call-answer", call).ConfigureAwait(false);
            for (int candidate = 0; candidate < Rounds; candidate++)
            {
                await PassAsync(ann, ben, "call-candidate", call).ConfigureAwait(false);
                await PassAsync(ben, ann, "call-candidate", call).ConfigureAwait(false);
            }

            await ann.SendAsync($$"""{"type":"call-hangup","callId":"{{call}}"}""").ConfigureAwait(false);
            (await ben.ReadTypeAsync("call-ended").ConfigureAwait(false)).Dispose();
            await GoAsync(visit, ann).ConfigureAwait(false);
            await GoAsync(visit, ben).ConfigureAwait(false);
        }
    }

    /// <summary>In and out of rooms in which others are.</summary>
    public static async Task WanderAsync(VisitContext visit)
    {
        using SoakClient ann = await SoakClient.EnterAsync(visit.Server, visit.Patience).ConfigureAwait(false);
        for (int round = 0; round < Rounds; round++)
        {
            string room = visit.CommonRoom();
            await ann.AskAsync($$"""{"type":"room-join","room":"{{room}}","create":true,"ownerLeaves":"hand-over"}""", "room-joined").ConfigureAwait(false);
            await ann.AskAsync($$"""{"type":"message-send","room":"{{room}}","data":"{{_sdp}}","id":1}""", "ok").ConfigureAwait(false);
            await ann.AskAsync("""{"type":"room-list"}""", "room-list").ConfigureAwait(false);
            await ann.AskAsync($$"""{"type":"room-leave","room":"{{room}}"}""", "room-left").ConfigureAwait(false);
        }

        await GoAsync(visit, ann).ConfigureAwait(false);
    }

    /// <summary>A client that does nothing but show that it lives.</summary>
    public static async Task PingAsync(VisitContext visit)
    {
        using SoakClient ann = await SoakClient.EnterAsync(visit.Server, visit.Patience).ConfigureAwait(false);
        for (int ping = 0; ping < Pings; ping++)
        {
            await visit.PauseAsync(1_000).ConfigureAwait(false);
            await ann.AskAsync("""{"type":"ping"}""", "pong").ConfigureAwait(false);
        }

        await GoAsync(visit, ann).ConfigureAwait(false);
    }

    private static async Task<(SoakClient Ann, SoakClient Ben)> MeetAsync(VisitContext visit)
    {
        SoakClient ann = await SoakClient.EnterAsync(visit.Server, visit.Patience).ConfigureAwait(false);
        SoakClient ben = await SoakClient.EnterAsync(visit.Server, visit.Patience).ConfigureAwait(false);
        await ann.AskAsync($$"""{"type":"room-create","room":"{{visit.Name}}"}""", "room-created").ConfigureAwait(false);
        await ben.AskAsync($$"""{"type":"room-join","room":"{{visit.Name}}"}""", "room-joined").ConfigureAwait(false);
        (await ann.ReadTypeAsync("client-joined").ConfigureAwait(false)).Dispose();
        return (ann, ben);
    }

    private static async Task ExpectAsync(SoakClient client, string type, int round)
    {
        using JsonDocument message = await client.ReadTypeAsync(type).ConfigureAwait(false);
        int heard = message.RootElement.GetProperty("data").GetProperty("round").GetInt32();
        if (heard != round)
        {
            throw new LoadException($"Signal {round} was expected, not {heard}.");
        }
    }

    private static async Task PassAsync(SoakClient from, SoakClient to, string type, string call)
    {
        await from.SendAsync($$$"""{"type":"{{{type}}}","callId":"{{{call}}}","data":{"sdp":"{{{_sdp}}}"}}""").ConfigureAwait(false);
        (await to.ReadTypeAsync(type).ConfigureAwait(false)).Dispose();
    }

    /// <summary>Most close, and some are simply gone.</summary>
    private static Task GoAsync(VisitContext visit, SoakClient client) => visit.Random.Next(4) > 0 ? client.CloseAsync() : Task.CompletedTask;
}
