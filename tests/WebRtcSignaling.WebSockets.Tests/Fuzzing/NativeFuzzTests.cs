using System.Text.Json;
using System.Text.Json.Nodes;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Tests.Native;

namespace WebRtcSignaling.WebSockets.Tests.Fuzzing;

/// <summary>
/// Generated and damaged messages through real connections (see <see cref="FuzzRun"/> for seeds and time): each is answered or rightly silent, the
/// connection stays, and a well-behaved pair in the same server goes on as if nobody else were there.
/// </summary>
public sealed class NativeFuzzTests
{
    private const int Messages = 150;

    /// <summary>Two hostile clients may each have part of a message and what waits for them.</summary>
    private const int MaxHeld = 1024 * 1024;

    [Test]
    public Task Any_message_is_answered_or_rightly_silent_and_harms_nobody() => FuzzRun.ForEachSeedAsync(AttackAsync);

    private static async Task AttackAsync(int seed)
    {
        var random = new Random(seed);
        var options = new SignalingOptions();
        options.Applications["default"] = new ApplicationOptions { AllowClientGroups = random.Next(2) == 0, AllowDirectSignals = true };
        await using RoomOfTwo pair = await RoomOfTwo.CreateAsync(new MemoryServer(options), password: "of our own");
        (WireClient eve, string eveId) = await pair.Server.ConnectAsync();
        (WireClient mallory, string malloryId) = await pair.Server.ConnectAsync();
        await eve.AskAsync("""{"type":"room-create","room":"s"}""");
        await mallory.AskAsync("""{"type":"room-join","room":"s"}""");
        var generator = new NativeMessageGenerator(random, [eveId, malloryId, "nobody"]);
        Task<int> talking = TalkAsync(pair, random.Next(5, 30));

        for (int i = 0; i < Messages; i++)
        {
            WireClient client = random.Next(3) == 0 ? mallory : eve;
            string message = generator.Next();
            await client.SendAsync(message);
            AssertAnswered(message, await client.CatchUpAsync());
            Assert.That(pair.Server.Endpoint.BufferedCapacity, Is.LessThan(MaxHeld));
        }

        Assert.That(await talking.WaitAsync(Eventually.Bound), Is.Positive);
        Assert.That(await pair.Ann.CatchUpAsync(), Is.Empty, "nobody hears of a room that is not his own");
        Assert.That(await pair.Ben.CatchUpAsync(), Is.Empty, "nobody hears of a room that is not his own");
    }

    /// <summary>A request with a good id has exactly one answer with it, or is a broken message; every message from the server is JSON with a type.</summary>
    private static void AssertAnswered(string message, IReadOnlyList<string> heard)
    {
        JsonObject[] answers = [.. heard.Select(text => JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 1_000 })!.AsObject())];
        string shown = message.Length > 400 ? message[..400] : message;
        Assert.That(answers.Select(answer => (string?)TypeOf(answer)), Is.All.Not.Null, shown);
        JsonObject[] refusals = [.. answers.Where(answer => HasMember(answer, "code"))];
        Assert.That(refusals, Has.Length.LessThanOrEqualTo(1), shown);
        Assert.That(refusals.Select(refusal => (string?)refusal["code"]), Is.All.Not.EqualTo("internal-error"), shown);

        string? id = IdOf(message);
        if (id is null)
        {
            return;
        }

        int answered = heard.Count(text => IdOf(text) == id);
        bool isRefusedUnread = refusals.Any(refusal => (string?)refusal["code"] is "invalid-message" or "invalid-argument");
        Assert.That(answered == 1 || isRefusedUnread, $"{shown}\nwas answered by\n{string.Join('\n', heard)}");
    }

    private static string? TypeOf(JsonObject message) => (string?)message["type"];

    private static bool HasMember(JsonObject message, string name) => message.ContainsKey(name);

    /// <summary>The id of a message that is JSON and has one.</summary>
    private static string? IdOf(string message)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 1_000 });
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id", out JsonElement id)
                && id.ValueKind is JsonValueKind.Number or JsonValueKind.String ? id.GetRawText() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or with half a surrogate pair in a member's name.
            return null;
        }
    }

    /// <summary>Ann and Ben talk; each signal and each message arrives, in order, and nothing else does.</summary>
    private static async Task<int> TalkAsync(RoomOfTwo pair, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            await pair.Ann.SendAsync(pair.Fill($$"""{"type":"signal-send","room":"r","targetId":"$ben","data":{{i}}}"""));
            Assert.That(await pair.Ben.ReceiveAsync(), Is.EqualTo(pair.Fill($$"""{"type":"signal-receive","room":"r","senderId":"$ann","data":{{i}}}""")));
            JsonObject answer = await pair.Ben.AskAsync("""{"type":"message-send","id":1,"room":"r","data":"yes"}""");
            Assert.That((string?)answer["type"], Is.EqualTo("ok"));
            Assert.That(await pair.Ann.ReceiveAsync(), Is.EqualTo(pair.Fill("""{"type":"message-receive","room":"r","senderId":"$ben","data":"yes"}""")));
        }

        return rounds;
    }
}
