using System.Text.Json.Nodes;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Native;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>What is kept for a client until it says that it has it, in a request or by the Pong that answers a Ping: docs/protocol.md, "Coming back".</summary>
public sealed class AcknowledgementTests
{
    [Test]
    public async Task What_is_acknowledged_is_kept_no_longer()
    {
        await using var room = await ResumeRoom.CreateAsync();
        await room.SayAsync("1");
        ResumableSink sink = SinkOf(room);
        await room.Ben.CatchUpAsync();
        Assert.That(sink.BufferedCapacity, Is.Positive);
        long known = room.Ben.Numbers.Last;
        await room.Ben.SendAsync($$"""{"type":"ack","ack":{{known}}}""");
        await room.Ben.AskAsync("""{"type":"ping","id":1}""");
        await room.LoseBenAsync();
        (_, JsonObject resumed) = await room.ComeBackAsync(known - 1);
        Assert.That((bool?)resumed["recovered"], Is.False, "what comes before is not there any more");
    }

    [Test]
    public async Task A_message_to_a_room_is_kept_once_for_all_its_members_and_one_to_a_member_for_it_alone()
    {
        await using var room = await ResumeRoom.CreateAsync();
        ResumableSink sink = SinkOf(room);
        string text = new('x', 5_000);
        for (int i = 0; i < 8; i++)
        {
            await room.SayAsync(text);
        }

        await room.Ann.AskAsync("""{"type":"ping","id":1}""");
        Assert.That(sink.BufferedCapacity, Is.LessThan(5_000));
        await room.Ann.SendAsync($$"""{"type":"signal-send","room":"r","targetId":"{{room.BenId}}","data":"{{text}}"}""");
        await room.Ann.AskAsync("""{"type":"ping","id":2}""");
        Assert.That(sink.BufferedCapacity, Is.GreaterThan(5_000));
        await room.LoseBenAsync();

        (WireClient back, JsonObject resumed) = await room.ComeBackAsync(1);

        Assert.That((bool?)resumed["recovered"], Is.True);
        Assert.That((await back.CatchUpAsync()).Select(DataOf), Is.EqualTo(Enumerable.Repeat(text, 9)));
    }

    [Test]
    public async Task While_its_client_is_away_a_session_holds_no_memory_for_what_was_acknowledged()
    {
        await using var room = await ResumeRoom.CreateAsync();
        await room.SayAsync("1");
        await room.Ben.CatchUpAsync();
        ResumableSink sink = SinkOf(room);
        await room.Ben.SendAsync($$"""{"type":"ack","ack":{{room.Ben.Numbers.Last}}}""");
        Assert.That(sink.BufferedCapacity, Is.Positive);
        await room.LoseBenAsync();
        Assert.That(sink.BufferedCapacity, Is.Zero);
    }

    [Test]
    public async Task A_pong_acknowledges_what_was_sent_before_its_ping_and_nothing_behind_it()
    {
        await using var room = await ResumeRoom.CreateAsync();
        await room.SayAsync("1");
        ResumableSink sink = SinkOf(room);
        Assert.That(sink.BufferedCapacity, Is.Positive);
        await room.PassTimeAsync(15);
        room.Ben.AnswersPings = false;
        await room.Ben.ReceivePingAsync();
        await room.SayAsync("2");

        await room.Ben.SendBytesAsync(ClientFrames.Pong([0, 0, 0, 0, 0, 0, 0, 2]));
        await room.Ben.AskAsync("""{"type":"ping","id":1}""");
        await room.LoseBenAsync();

        (WireClient back, JsonObject resumed) = await room.ComeBackAsync(2);
        Assert.That((bool?)resumed["recovered"], Is.True);
        Assert.That((await back.CatchUpAsync()).Select(message => DataOf(message)), Is.EqualTo(["2", "pong"]));
    }

    [Test]
    public async Task What_a_pong_acknowledged_is_not_kept_for_a_client_that_says_it_has_less()
    {
        await using var room = await ResumeRoom.CreateAsync();
        await room.SayAsync("1");
        await room.Ben.CatchUpAsync();
        await room.PassTimeAsync(15);
        await room.Ben.ReceivePingAsync();
        await Eventually.TrueAsync(() => SinkOf(room).BufferedCapacity == 0, "nothing is kept any more");
        await room.LoseBenAsync();
        (_, JsonObject resumed) = await room.ComeBackAsync(1);
        Assert.That((bool?)resumed["recovered"], Is.False, "it is told that something is missing");
        Assert.That((string?)resumed["clientId"], Is.EqualTo(room.BenId));
    }

    [Test]
    public async Task A_pong_that_nobody_asked_for_acknowledges_at_most_what_there_is()
    {
        await using var room = await ResumeRoom.CreateAsync();
        await room.SayAsync("1");
        await room.Ben.SendBytesAsync(ClientFrames.Pong([127, 255, 255, 255, 255, 255, 255, 255]));
        await Eventually.TrueAsync(() => SinkOf(room).BufferedCapacity == 0, "nothing is kept any more");
        await room.SayAsync("2");
        await room.LoseBenAsync();
        (WireClient back, JsonObject resumed) = await room.ComeBackAsync(2);
        Assert.That((bool?)resumed["recovered"], Is.True);
        Assert.That((await back.CatchUpAsync()).Select(DataOf), Is.EqualTo(["2"]));
    }

    private static ResumableSink SinkOf(ResumeRoom room) =>
        (ResumableSink)room.Server.Server.Default.Sessions.Single(session => session.Id.Value == room.BenId).Sink;

    /// <summary>What a message says, or else what it is.</summary>
    private static string DataOf(string message) => (JsonNode.Parse(message)!["data"] ?? JsonNode.Parse(message)!["type"])!.ToString();
}
