using System.Text.Json.Nodes;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>Saying hello: once, first, in time where it is required.</summary>
public sealed class HelloTests
{
    private static readonly string[] _refused =
    [
        "not JSON",
        """{"type":"hello","username":7}""",
        """{"type":"hello","username":""}""",
        """{"type":"hello","username":"a\nb"}""",
        """{"type":"hello","username":"Ann","username":"Ann"}""",
        """{"type":"hello","id":{},"username":"Ann"}""",
    ];

    private static readonly WebSocketOptions _required = new() { RequireHello = true };

    [Test]
    public async Task Hello_sets_the_username_that_others_see()
    {
        await using var server = new MemoryServer();
        (WireClient ann, string annId) = await server.ConnectAsync();
        (WireClient ben, _) = await server.ConnectAsync();
        await ben.AskAsync("""{"type":"room-create","room":"r"}""");

        JsonObject welcome = await ann.AskAsync("""{"type":"hello","id":1,"username":"Ann"}""");
        await ann.AskAsync("""{"type":"room-join","room":"r"}""");
        JsonObject joined = await ben.ReceiveJsonAsync();

        Assert.Multiple(() =>
        {
            Assert.That((string?)welcome["type"], Is.EqualTo("welcome"));
            Assert.That((string?)welcome["clientId"], Is.EqualTo(annId));
            Assert.That((string?)joined["username"], Is.EqualTo("Ann"));
        });
    }

    [Test]
    public async Task The_app_is_asked_about_the_name_in_a_hello_whether_the_session_has_begun_before_it_or_begins_with_it([Values] bool announced)
    {
        await using var server = new MemoryServer(authorizer: new NoAdmins());
        WireClient eve = server.Connect(new ConnectionRequest { AnnouncesHello = announced });
        await (announced ? Task.CompletedTask : eve.ReceiveJsonAsync("welcome"));
        JsonObject answer = await eve.AskAsync("""{"type":"hello","id":1,"username":"admin"}""");
        Assert.That((string?)answer["code"], Is.EqualTo("not-permitted"));
    }

    [Test]
    public async Task Hello_without_a_username_is_answered_by_another_welcome([Values("", ",\"username\":null")] string username)
    {
        await using var server = new MemoryServer();
        (WireClient ann, string annId) = await server.ConnectAsync();
        JsonObject welcome = await ann.AskAsync($$"""{"type":"hello","id":1{{username}}}""");
        Assert.That((string?)welcome["clientId"], Is.EqualTo(annId));
        Assert.That(welcome.ContainsKey("username"), Is.False);
    }

    [TestCase("""{"type":"ping","id":1}""")]
    [TestCase("""{"type":"hello","username":"Ann"}""")]
    [TestCase("""{"type":"room-create","room":"r"}""")]
    [TestCase("""{"type":"room-join","room":"nowhere"}""")]
    [TestCase("""{"type":"dance"}""")]
    public async Task Hello_after_any_other_request_is_refused(string before)
    {
        await using var server = new MemoryServer();
        (WireClient ann, _) = await server.ConnectAsync();
        await ann.AskAsync(before);
        JsonObject answer = await ann.AskAsync("""{"type":"hello","id":2,"username":"Eve"}""");
        Assert.That(((string?)answer["code"], (int?)answer["id"]), Is.EqualTo(("invalid-message", (int?)2)));
        Assert.That((string?)(await ann.AskAsync("""{"type":"ping"}"""))["type"], Is.EqualTo("pong"));
    }

    [Test]
    public async Task A_message_that_was_refused_has_changed_nothing_so_hello_may_still_be_said(
        [ValueSource(nameof(_refused))] string refused, [Values] bool required)
    {
        await using var server = new MemoryServer(webSockets: new() { RequireHello = required });
        WireClient ann = required ? server.Connect() : (await server.ConnectAsync()).Client;

        Assert.That((await ann.AskAsync(refused)).ContainsKey("code"));
        JsonObject welcome = await ann.AskAsync("""{"type":"hello","id":2,"username":"Ann"}""");

        Assert.That(((string?)welcome["type"], (string?)welcome["username"]), Is.EqualTo(("welcome", "Ann")), welcome.ToJsonString());
    }

    [Test]
    public async Task Where_hello_is_required_nothing_is_sent_and_nobody_is_there_before_it()
    {
        await using var server = new MemoryServer(webSockets: _required);
        WireClient ann = server.Connect();

        JsonObject early = await ann.AskAsync("""{"type":"room-create","id":1,"room":"r"}""");
        Assert.That(((string?)early["code"], server.Server.SessionCount), Is.EqualTo(("invalid-message", 0)), "the refusal is the first that is heard");

        JsonObject welcome = await ann.AskAsync("""{"type":"hello","id":2,"username":"Ann"}""");
        Assert.That(((string?)welcome["type"], (int?)welcome["id"], server.Server.SessionCount), Is.EqualTo(("welcome", (int?)2, 1)));
        Assert.That((string?)(await ann.AskAsync("""{"type":"room-create","room":"r"}"""))["type"], Is.EqualTo("room-created"));
    }

    [Test]
    public async Task Where_hello_is_required_every_other_request_before_it_is_refused([ValueSource(typeof(RequestShape), nameof(RequestShape.All))] RequestShape shape)
    {
        await using var server = new MemoryServer(webSockets: _required);
        WireClient ann = server.Connect();
        Assert.That((string?)(await ann.AskAsync(shape.ToJson()))["code"], Is.EqualTo("invalid-message"));
    }

    [Test]
    public async Task Without_hello_in_time_the_connection_closes_with_4002_even_if_other_bytes_come()
    {
        await using var server = new MemoryServer(webSockets: _required);
        (WireClient ann, Task<ConnectionEnd> served) = server.Connect(new MemoryTransport());
        for (int second = 1; second < 10; second++)
        {
            server.Advance(TimeSpan.FromSeconds(1));
            await ann.AskAsync("""{"type":"ping"}""");
        }

        server.Advance(TimeSpan.FromSeconds(1));

        Assert.That((await ann.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4002));
        await ann.SendBytesAsync(Testing.ClientFrames.Close(4002));
        Assert.That(await served, Is.EqualTo(ConnectionEnd.Close));
    }

    [Test]
    public async Task A_hello_that_was_refused_does_not_stop_the_clock()
    {
        await using var server = new MemoryServer(webSockets: _required);
        WireClient ann = server.Connect();
        await ann.AskAsync("""{"type":"hello","username":""}""");
        server.Advance(TimeSpan.FromSeconds(10));
        Assert.That((await ann.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4002));
    }

    [Test]
    public async Task After_hello_its_time_no_longer_runs()
    {
        await using var server = new MemoryServer(webSockets: _required);
        WireClient ann = server.Connect();
        await ann.AskAsync("""{"type":"hello"}""");
        server.Advance(TimeSpan.FromSeconds(12));
        Assert.That(await ann.CatchUpAsync(), Is.Empty);
    }

    private sealed class NoAdmins : ISignalingAuthorizer
    {
        public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(request.Username == "admin" ? AuthorizationDecision.Deny : AuthorizationDecision.Allow);
    }
}
