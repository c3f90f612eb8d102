using System.Net;
using System.Text.Json.Nodes;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>Coming back to a session: docs/protocol.md, "Coming back".</summary>
public sealed class ResumeTests
{
    private static readonly ConnectionRequest _announced = new() { AnnouncesHello = true };

    [Test]
    public async Task The_welcome_carries_a_token_the_time_that_it_is_good_for_and_how_much_is_kept()
    {
        await using var server = new MemoryServer();
        JsonObject welcome = await server.Connect().ReceiveJsonAsync();
        Assert.Multiple(() =>
        {
            Assert.That(TokenOf(welcome), Does.Match("^[A-Za-z0-9_-]{32}$"));
            Assert.That((int?)welcome["resume"]!["timeout"], Is.EqualTo(30_000));
            Assert.That((int?)welcome["resume"]!["bytes"], Is.EqualTo(65_536));
            Assert.That(welcome.ContainsKey("seq"), Is.False);
        });
    }

    [Test]
    public async Task Who_comes_back_gets_all_that_it_missed_and_the_others_hear_that_it_was_away([Values(0, 1, 2)] int received)
    {
        await using var room = await ResumeRoom.CreateAsync();
        await room.SayAsync("1");
        await room.SayAsync("2");
        Assert.That((string[])[DataOf(await room.Ben.ReceiveAsync()), DataOf(await room.Ben.ReceiveAsync())], Is.EqualTo(["1", "2"]));
        await room.LoseBenAsync();
        Assert.That(await room.Ann.CatchUpAsync(), Is.EqualTo([room.Event("client-suspended")]));
        await room.SayAsync("3");

        (WireClient back, JsonObject resumed) = await room.ComeBackAsync(received);

        Assert.Multiple(() =>
        {
            Assert.That((bool?)resumed["recovered"], Is.True);
            Assert.That((string?)resumed["clientId"], Is.EqualTo(room.BenId));
            Assert.That(((long?)resumed["seq"], (long?)resumed["ack"]), Is.EqualTo(((long?)received, (long?)0)));
            Assert.That(TokenOf(resumed), Is.Not.EqualTo(room.BenToken));
            Assert.That(resumed.ContainsKey("rooms"), Is.False);
        });
        IReadOnlyList<string> missed = await back.CatchUpAsync();
        string[] afterThat = ["room-joined", "1", "2", "3"];
        Assert.That(missed.Select(message => TypeOf(message) is "room-joined" and var type ? type : DataOf(message)), Is.EqualTo(afterThat[received..]));
        Assert.That(await room.Ann.CatchUpAsync(), Is.EqualTo([room.Event("client-resumed")]));
    }

    [TestCase("203.0.113.7", "error")]
    [TestCase("203.0.113.8", "resumed")]
    public async Task Whoever_comes_back_comes_from_its_new_address(string address, string type)
    {
        await using var server = new MemoryServer(new() { Admission = { FailuresPerAddress = 1 } });
        var first = new ConnectionRequest { RemoteAddress = IPAddress.Parse("203.0.113.7"), AnnouncesHello = true };
        JsonObject welcome = await server.Connect(first).AskAsync("""{"type":"hello"}""");
        server.Server.Admission.CountFailedAuthentication(first.RemoteAddress);
        WireClient back = server.Connect(first with { RemoteAddress = IPAddress.Parse(address) });
        JsonObject answer = await back.AskAsync($$"""{"type":"hello","resume":"{{TokenOf(welcome)}}"}""");
        Assert.That((string?)answer["type"], Is.EqualTo(type), answer.ToJsonString());
    }

    [Test]
    public async Task A_connection_that_still_looks_open_gives_way_and_hears_a_terminal_code()
    {
        await using var room = await ResumeRoom.CreateAsync();
        (WireClient back, JsonObject resumed) = await room.ComeBackAsync(1);
        Assert.Multiple(() => Assert.That((bool?)resumed["recovered"], Is.True));
        Assert.That((await room.Ben.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4000));
        await room.Ben.SendBytesAsync(ClientFrames.Close(4000));
        await room.SayAsync("1");
        Assert.That((await back.CatchUpAsync()).Select(DataOf), Is.EqualTo(["1"]));
        Assert.That(await room.Ann.CatchUpAsync(), Is.Empty, "it never was away");
        Assert.That(room.Server.Server.SessionCount, Is.EqualTo(2));
    }

    [Test]
    public async Task A_client_that_gives_its_silent_connection_up_may_come_back_and_one_that_says_goodbye_has_left([Values(4004, 1000, 1001, 4005)] int code)
    {
        await using var room = await ResumeRoom.CreateAsync();
        await room.Ben.SendBytesAsync(ClientFrames.Close(code));
        await room.Ben.ReceiveCloseAsync();
        (_, JsonObject resumed) = await room.ComeBackAsync(1);
        Assert.That((bool?)resumed["recovered"], Is.EqualTo(code == 4004));
    }

    [Test]
    public async Task What_a_connection_brings_that_was_taken_over_is_not_carried_out()
    {
        await using var room = await ResumeRoom.CreateAsync();
        (WireClient back, _) = await room.ComeBackAsync(1);
        await room.Ben.SendAsync("""{"type":"message-send","room":"r","data":"late"}""");
        await back.AskAsync("""{"type":"message-send","id":1,"room":"r","data":"now"}""");
        Assert.That((await room.Ann.CatchUpAsync()).Select(DataOf), Is.EqualTo(["now"]));
    }

    [Test]
    public async Task Of_two_connections_that_come_with_one_token_at_once_the_last_one_keeps_the_session()
    {
        TaskCompletionSource[] gates =
        [
            new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously),
        ];
        int asked = -1;
        bool waits = false;
        await using var room = await ResumeRoom.CreateAsync(authorizer: new AskedAuthorizer(async (request, _) =>
        {
            await (waits && request.Operation == SignalingOperation.Connect ? gates[Interlocked.Increment(ref asked)].Task : Task.CompletedTask);
            return AuthorizationDecision.Allow;
        }));
        await room.LoseBenAsync();
        waits = true;
        WireClient[] both = [room.Server.Connect(_announced), room.Server.Connect(_announced)];
        await Task.WhenAll(both.Select(client => client.SendAsync(room.Hello(1))));

        await Eventually.TrueAsync(() => Volatile.Read(ref asked) == 1, "the app is asked about both");
        Task<JsonObject>[] answering = [.. both.Select(static client => client.ReceiveJsonAsync())];
        gates[0].SetResult();
        await Task.WhenAny(answering);
        gates[1].SetResult();
        JsonObject[] answers = await Task.WhenAll(answering);
        Assert.That(answers.Select(static answer => (bool?)answer["recovered"]), Is.All.True);
        await Eventually.TrueAsync(() => room.Server.Endpoint.ConnectionCount == 3, "both are served");
        await room.SayAsync("1");
        var ends = new List<WireEvent>();
        foreach (WireClient client in both)
        {
            client.Numbers.Last = 1;
            ends.Add(await client.ReceiveEventAsync());
        }

        Assert.That(ends.Select(static end => end.CloseCode), Is.EquivalentTo((int?[])[4000, null]));
        Assert.That(ends.Select(static end => end.Text).OfType<string>().Select(DataOf), Is.EqualTo(["1"]));
        Assert.That(room.Server.Server.SessionCount, Is.EqualTo(2));
    }

    [Test]
    public async Task A_token_is_used_up_once_the_client_has_spoken_on_its_new_connection([Values] bool hasSpoken)
    {
        await using var room = await ResumeRoom.CreateAsync();
        await room.LoseBenAsync();
        (WireClient back, _) = await room.ComeBackAsync(1);
        if (hasSpoken)
        {
            await back.AskAsync("""{"type":"ping"}""");
        }

        (_, JsonObject again) = await room.ComeBackAsync(1);

        Assert.That((bool?)again["recovered"], Is.EqualTo(!hasSpoken));
        Assert.That((string?)again["clientId"] == room.BenId, Is.EqualTo(!hasSpoken));
    }

    [Test]
    public async Task When_more_was_missed_than_is_kept_the_state_of_the_rooms_comes_instead()
    {
        await using var room = await ResumeRoom.CreateAsync(webSockets: new() { ResumeBufferBytes = 100 });
        await room.Ann.AskAsync($$"""{"type":"call-start","room":"r","targetId":"{{room.BenId}}"}""");
        await room.LoseBenAsync();
        await room.SayAsync(new string('1', 100));
        await room.Ann.AskAsync("""{"type":"field-set","scope":"room","room":"r","fields":{"topic":"gaps"}}""");

        (WireClient back, JsonObject resumed) = await room.ComeBackAsync(1);

        JsonObject tea = resumed["rooms"]!.AsArray().Single()!.AsObject();
        Assert.Multiple(() =>
        {
            Assert.That((bool?)resumed["recovered"], Is.False);
            Assert.That((string?)resumed["clientId"], Is.EqualTo(room.BenId));
            Assert.That(((string?)tea["room"], (string?)tea["ownerId"], (string?)tea["role"]), Is.EqualTo(("r", room.AnnId, "member")));
            Assert.That(tea["clients"]!.ToJsonString(), Is.EqualTo($"[\"{room.AnnId}\"]"));
            Assert.That((string?)tea["members"]![0]!["role"], Is.EqualTo("owner"));
            Assert.That((string?)tea["self"]!["clientId"], Is.EqualTo(room.BenId));
            Assert.That(tea["fields"]!.ToJsonString(), Is.EqualTo("""{"topic":"gaps"}"""));
            Assert.That(tea["settings"]!["capacity"], Is.Not.Null);
            Assert.That((string?)tea["calls"]![0]!["clientId"], Is.EqualTo(room.AnnId));
            Assert.That(((string?)tea["calls"]![0]!["part"], (string?)tea["calls"]![0]!["state"]), Is.EqualTo(("answer", "ringing")));
        });
        back.Numbers.Last = (long)resumed["seq"]!;
        await room.SayAsync("2");
        Assert.That((await back.CatchUpAsync()).Select(DataOf), Is.EqualTo(["2"]));
    }

    [Test]
    public async Task When_the_time_is_over_the_client_hears_that_its_session_is_a_new_one()
    {
        await using var room = await ResumeRoom.CreateAsync();
        await room.LoseBenAsync();
        IReadOnlyList<string> heard = await room.PassTimeAsync(30);

        (WireClient back, JsonObject resumed) = await room.ComeBackAsync(1);

        Assert.Multiple(() =>
        {
            Assert.That((bool?)resumed["recovered"], Is.False);
            Assert.That((string?)resumed["clientId"], Is.Not.EqualTo(room.BenId));
            Assert.That(((long?)resumed["seq"], (long?)resumed["ack"]), Is.EqualTo(((long?)0, (long?)0)));
            Assert.That(resumed["rooms"]!.ToJsonString(), Is.EqualTo("[]"));
            Assert.That(TokenOf(resumed), Is.Not.Empty);
        });
        back.Numbers.Last = 0;
        Assert.That((string?)(await back.AskAsync("""{"type":"ping"}"""))["type"], Is.EqualTo("pong"));
        Assert.That(heard.Select(TypeOf), Is.EqualTo(["client-suspended", "client-left"]));
    }

    [Test]
    public async Task A_client_that_the_host_put_out_while_it_was_away_hears_that_and_gets_no_session()
    {
        await using var room = await ResumeRoom.CreateAsync();
        await room.LoseBenAsync();
        room.Server.Server.Default.FindSession(SessionId.Parse(room.BenId))!.Close(new(SessionCloseReason.Removed));

        WireClient back = room.Server.Connect(_announced);
        JsonObject answer = await back.AskAsync(room.Hello(1));

        Assert.That((string?)answer["code"], Is.EqualTo("session-closed"));
        Assert.That((await back.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4001));
    }

    [Test]
    public async Task A_request_that_comes_again_is_not_carried_out_again_and_its_answer_is_heard_once()
    {
        await using var room = await ResumeRoom.CreateAsync();
        await room.Ben.SendAsync("""{"type":"message-send","seq":1,"id":"first","room":"r","data":"1"}""");
        Assert.That((await room.Ann.ReceiveJsonAsync()).ToJsonString(), Does.Contain("\"1\""));
        await room.LoseBenAsync();

        (WireClient back, JsonObject resumed) = await room.ComeBackAsync(1);
        await back.SendAsync("""{"type":"message-send","seq":1,"id":"first","room":"r","data":"1"}""");
        await back.SendAsync("""{"type":"message-send","seq":2,"id":"second","room":"r","data":"2"}""");

        Assert.That((long?)resumed["ack"], Is.EqualTo(1));
        Assert.That(await back.CatchUpAsync(), Is.EqualTo(["""{"type":"ok","id":"first"}""", """{"type":"ok","id":"second"}"""]));
        Assert.That((await room.Ann.CatchUpAsync()).Where(message => message.Contains("data", StringComparison.Ordinal)).Select(DataOf), Is.EqualTo(["2"]));
    }

    [Test]
    public async Task A_request_whose_number_leaves_one_out_is_refused_and_nothing_happens()
    {
        await using var room = await ResumeRoom.CreateAsync();
        JsonObject refusal = await room.Ben.AskAsync("""{"type":"message-send","seq":2,"id":1,"room":"r","data":1}""");
        Assert.That(((string?)refusal["code"], (int?)refusal["id"]), Is.EqualTo(("out-of-sequence", (int?)1)));
        Assert.That(await room.Ann.CatchUpAsync(), Is.Empty);
    }

    [Test]
    public async Task The_number_of_a_request_counts_though_it_is_refused([Values("\"type\":\"nonsense\"", "\"typ\":1", "\"type\":\"room-join\"")] string wrong)
    {
        await using var room = await ResumeRoom.CreateAsync();
        Assert.That((string?)(await room.Ben.AskAsync($$"""{"seq":1,{{wrong}}}"""))["code"], Is.Not.Null);
        await room.Ben.AskAsync("""{"type":"message-send","seq":2,"id":1,"room":"r","data":1}""");
        Assert.That((await room.Ann.CatchUpAsync()).Select(DataOf), Is.EqualTo(["1"]));
    }

    [Test]
    public async Task A_number_that_is_none_is_refused_and_nothing_happens(
        [Values("\"seq\":0", "\"seq\":-1", "\"seq\":\"1\"", "\"seq\":1.5", "\"ack\":{}")] string wrong)
    {
        await using var room = await ResumeRoom.CreateAsync();
        JsonObject refusal = await room.Ben.AskAsync($$"""{"type":"message-send",{{wrong}},"id":1,"room":"r","data":1}""");
        Assert.That(((string?)refusal["code"], (int?)refusal["id"]), Is.EqualTo(("invalid-argument", (int?)1)));
        Assert.That(await room.Ann.CatchUpAsync(), Is.Empty);
    }

    [Test]
    public async Task An_acknowledgement_of_what_was_never_sent_changes_nothing([Values(-1, 1_000_000)] long ack)
    {
        await using var room = await ResumeRoom.CreateAsync();
        Assert.That((string?)(await room.Ben.AskAsync($$"""{"type":"ping","ack":{{ack}}}"""))["type"], Is.EqualTo("pong"));
        await room.SayAsync("1");
        Assert.That((await room.Ben.CatchUpAsync()).Select(DataOf), Is.EqualTo(["1"]));
    }

    [Test]
    public async Task A_request_that_waited_for_the_host_when_the_connection_was_lost_is_carried_out_once_and_before_the_next_one()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var room = await ResumeRoom.CreateAsync(authorizer: new AskedAuthorizer(async (request, _) =>
        {
            await (request.Operation == SignalingOperation.Kick ? gate.Task : Task.CompletedTask);
            return AuthorizationDecision.Allow;
        }));
        await room.Ben.SendAsync($$"""{"type":"room-kick","seq":1,"id":1,"room":"r","targetId":"{{room.AnnId}}"}""");
        (WireClient back, JsonObject resumed) = await room.ComeBackUntilAsync(static resumed => (long?)resumed["ack"] == 1);
        await back.SendAsync($$"""{"type":"room-kick","seq":1,"id":1,"room":"r","targetId":"{{room.AnnId}}"}""");
        await back.SendAsync("""{"type":"message-send","seq":2,"id":2,"room":"r","data":1}""");
        gate.SetResult();

        JsonObject first = await back.ReceiveJsonAsync();
        Assert.That(((int?)first["id"], (string?)first["code"]), Is.EqualTo(((int?)1, "not-permitted")));
        Assert.That((int?)(await back.ReceiveJsonAsync())["id"], Is.EqualTo(2));
        Assert.That(resumed.ContainsKey("rooms"), Is.False);
    }

    [Test]
    public async Task Coming_back_gives_no_new_allowance()
    {
        var options = new SignalingOptions();
        options.Sessions.Rates.MessageBurst = 10;
        options.Sessions.Rates.MessagesPerSecond = 1;
        await using var room = await ResumeRoom.CreateAsync(options: options);
        const string Question = """{"type":"ice-get"}""";
        while ((string?)(await room.Ben.AskAsync(Question))["code"] != "rate-limited")
        {
        }

        (WireClient back, JsonObject resumed) = await room.ComeBackAsync(room.Ben.Numbers.Last);

        Assert.That((bool?)resumed["recovered"], Is.True);
        Assert.That((string?)(await back.AskAsync(Question))["code"], Is.EqualTo("rate-limited"));
        room.Server.Advance(TimeSpan.FromSeconds(1));
        Assert.That((string?)(await back.AskAsync(Question))["code"], Is.Null);
    }

    [Test]
    public async Task A_client_that_only_asks_is_told_now_and_then_which_requests_were_taken()
    {
        await using var room = await ResumeRoom.CreateAsync();
        for (int i = 1; i <= 32; i++)
        {
            await room.Ben.SendAsync($$"""{"type":"message-send","seq":{{i}},"room":"r","data":{{i}}}""");
        }

        Assert.That(await room.Ben.ReceiveAsync(), Is.EqualTo("""{"type":"ack","ack":32}"""));
    }

    [Test]
    public async Task Any_other_message_tells_which_requests_were_taken()
    {
        await using var room = await ResumeRoom.CreateAsync();
        await room.Ben.AskAsync("""{"type":"ping","seq":1}""");
        Assert.That(room.Ben.Numbers.Acknowledged, Is.EqualTo(1));
    }

    [Test]
    public async Task A_client_that_says_goodbye_has_nothing_to_come_back_to()
    {
        await using var room = await ResumeRoom.CreateAsync();
        await room.Ben.SendBytesAsync(ClientFrames.Close(1000));
        Assert.That((await room.Ann.ReceiveJsonAsync()).ToJsonString(), Does.Contain("client-left"));
        (_, JsonObject resumed) = await room.ComeBackAsync(1);
        Assert.That((string?)resumed["clientId"], Is.Not.EqualTo(room.BenId));
    }

    [Test]
    public async Task A_client_that_shows_no_life_is_suspended_and_its_time_runs_from_then()
    {
        await using var room = await ResumeRoom.CreateAsync();
        room.Ben.AnswersPings = false;
        await room.PassTimeAsync(31);

        Assert.That((await room.Ben.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4004));
        (_, JsonObject resumed) = await room.ComeBackAsync(1);
        Assert.That((bool?)resumed["recovered"], Is.True);
    }

    [Test]
    public async Task Who_has_a_session_already_cannot_come_back_to_another_one()
    {
        await using var room = await ResumeRoom.CreateAsync();
        WireClient other = (await room.Server.ConnectAsync()).Client;
        Assert.That((string?)(await other.AskAsync(room.Hello(1)))["code"], Is.EqualTo("invalid-argument"));
    }

    [Test]
    public async Task A_client_that_announced_hello_and_does_not_say_it_is_closed_in_time()
    {
        await using var server = new MemoryServer();
        WireClient client = server.Connect(_announced);
        server.Advance(TimeSpan.FromSeconds(10));
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4002));
    }

    [Test]
    public async Task Where_sessions_end_with_their_connections_nothing_has_a_number_and_there_is_no_token()
    {
        await using var server = new MemoryServer(Lifetimes.OfConnections());
        WireClient client = server.Connect(_announced);
        JsonObject answer = await client.AskAsync("""{"type":"hello","resume":"x","ack":7}""");
        Assert.That(((string?)answer["type"], (bool?)answer["recovered"], answer.ContainsKey("resume")), Is.EqualTo(("resumed", (bool?)false, false)));
        await client.SendAsync("""{"type":"ping","seq":1,"ack":3}""");
        Assert.That(await client.ReceiveAsync(), Is.EqualTo("""{"type":"pong"}"""));
        Assert.That(client.Numbers.Last, Is.Zero);
    }

    private static string TokenOf(JsonObject greeting) => (string)greeting["resume"]!["token"]!;

    private static string TypeOf(string message) => (string)JsonNode.Parse(message)!["type"]!;

    private static string DataOf(string message) => JsonNode.Parse(message)!["data"]!.ToString();
}
