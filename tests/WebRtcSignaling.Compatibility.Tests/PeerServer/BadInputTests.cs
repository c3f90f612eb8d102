namespace WebRtcSignaling.Compatibility.Tests.PeerServer;

/// <summary>What stays silent, and goes on being served.</summary>
internal sealed class BadInputTests : PeerServerFixture
{
    private static readonly string[] _wrong =
    [
        "", ",null", ",7", ",{}", ",[]", ",[\"x\"]", ",true", ",\"\"", ",\"nobody\"", ",\"\\ud800\",\"\\udc00\"",
        ",null,null,null",
    ];

    [Test]
    public async Task Missing_null_and_wrong_typed_arguments_are_silent(
        [Values("join", "kick", "ban", "unban", "toggle", "candidate", "offer", "answer", "unheard-of")] string name,
        [ValueSource(nameof(_wrong))] string arguments)
    {
        string room = await CreateAsync(A);
        await JoinAsync(B, room);
        await A.EmitAsync($"""["{name}"{arguments}]""");
        Assert.That(A.Take().Concat(B.Take()), Is.Empty);
        await A.EmitAsync("""["message","still here"]""");
        Assert.That(B.Take(), Is.EqualTo(new[] { """["r_message",{"id":"A"},"still here"]""" }));
    }

    [Test]
    public async Task Outside_a_room_all_but_create_is_silent(
        [Values("join", "leave", "kick", "ban", "unban", "message", "toggle", "candidate", "offer", "answer")] string name,
        [ValueSource(nameof(_wrong))] string arguments)
    {
        await A.EmitAsync($"""["{name}"{arguments}]""");
        await A.EmitAsync($"""["{name}","A","x"]""");
        Assert.That(A.Take(), Is.Empty);
        Assert.That(await CreateAsync(A), Has.Length.EqualTo(64));
    }

    [TestCaseSource(nameof(_wrong))]
    public async Task Create_takes_any_arguments(string arguments)
    {
        await A.EmitAsync($"""["create"{arguments}]""");
        Assert.That(A.Take(), Has.Exactly(1).StartsWith("""["created",{"name":"""));
    }

    [TestCase("""["message"]""")]
    [TestCase("""["message",""]""")]
    [TestCase("""["message","0"]""")]
    [TestCase("""["message",0]""")]
    [TestCase("""["message",0.0]""")]
    [TestCase("""["message",null]""")]
    [TestCase("""["message",false]""")]
    [TestCase("""["message",[]]""")]
    public async Task An_empty_message_is_ignored(string message)
    {
        await CreateAsync(A);
        await A.EmitAsync(message);
        Assert.That(A.Take(), Is.Empty);
    }

    [TestCase("\"00\"")]
    [TestCase("true")]
    [TestCase("1.50")]
    [TestCase("[ 0 ]")]
    [TestCase("{\"a\": {}}")]
    [TestCase("\"\\u00e9\\ud83d\\ude00é😀\"")]
    public async Task Any_other_message_is_relayed_byte_for_byte(string message)
    {
        await CreateAsync(A);
        await A.EmitAsync($"""["message",{message}]""");
        Assert.That(A.Take(), Is.EqualTo(new[] { $$"""["r_message",{"id":"A"},{{message}}]""" }));
    }

    [Test]
    public async Task A_client_whose_session_is_refused_is_put_out()
    {
        Server.Stop();
        await A.EmitAsync("""["create",null,null]""");
        Assert.Multiple(() =>
        {
            Assert.That(A.Take(), Is.Empty);
            Assert.That(A.Closed?.Reason, Is.EqualTo(Sessions.SessionCloseReason.ServerStopping));
        });
    }

    [Test]
    public async Task Calls_of_others_and_ids_of_others_reach_nobody()
    {
        string room = await CreateAsync(A);
        string call = await JoinAsync(B, room);
        await CreateAsync(C);
        foreach (string name in (string[])["offer", "answer", "candidate"])
        {
            await C.EmitAsync($$"""["{{name}}","{{call}}",{"sdp":"forged"}]""");
            await C.EmitAsync($$"""["{{name}}","{{room}}AB",{"sdp":"forged"}]""");
        }

        await C.EmitAsync("""["message","hi",{"id":"A"},{"room":"r"}]""");
        await C.EmitAsync("""["kick","B"]""");
        await C.EmitAsync("""["unban","A"]""");
        Heard(A);
        Heard(B);
        Heard(C, """["r_message",{"id":"C"},"hi"]""", """["kick_notin"]""", """["unban_notbanned"]""");
    }

    [Test]
    public async Task A_call_is_over_for_who_left_and_came_back()
    {
        string room = await CreateAsync(A);
        string call = await JoinAsync(B, room);
        await B.EmitAsync("""["leave"]""");
        string next = await JoinAsync(B, room);
        Assert.That(next, Is.Not.EqualTo(call));
        await A.EmitAsync($$"""["offer","{{call}}",{}]""");
        await B.EmitAsync($$"""["answer","{{call}}",{}]""");
        Heard(A);
        Heard(B);
    }

    [Test]
    public async Task Huge_texts_are_taken_or_ignored_and_the_client_goes_on()
    {
        string huge = new('x', 500_000);
        await A.EmitAsync($"""["create","{huge}",null]""");
        Heard(A);
        string room = await CreateAsync(A, $"null,\"{huge}\"");
        foreach (string name in (string[])["join", "kick", "ban", "unban", "toggle", "offer", "answer", "candidate"])
        {
            await A.EmitAsync($"""["{name}","{huge}","{huge}"]""");
        }

        Heard(A);
        await B.EmitAsync($"""["join","{room}","{huge}"]""");
        await B.EmitAsync("""["message","still here"]""");
        Assert.That(B.Take()[^1], Is.EqualTo("""["r_message",{"id":"B"},"still here"]"""));
    }

    [Test]
    public async Task What_is_longer_than_a_payload_may_be_is_not_relayed()
    {
        Open(new SignalingServer(new SignalingOptions { Sessions = { MaxPayloadBytes = 1_024 } }));
        string call = await JoinAsync(B, await CreateAsync(A));
        string huge = new('x', 2_000);
        await A.EmitAsync($"""["offer","{call}","{huge}"]""");
        await A.EmitAsync($"""["message","{huge}"]""");
        Heard(A);
        Heard(B);
    }

    [Test]
    public async Task A_client_that_ended_before_its_first_event_leaves_no_session()
    {
        A.Vanish();
        await A.EmitAsync("""["create",null,null]""");
        Assert.Multiple(() =>
        {
            Assert.That(Server.SessionCount, Is.Zero);
            Assert.That(Server.Default.RoomCount, Is.Zero);
        });
    }
}
