using System.Text.Json.Nodes;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>Who gets no session hears why, as an error and as a close code, instead of a welcome.</summary>
public sealed class RefusedConnectionTests
{
    [Test]
    public async Task Past_the_limit_of_sessions_a_client_is_told_to_come_again_later([Values] bool hello)
    {
        var options = new SignalingOptions();
        options.Sessions.MaxSessions = 1;
        await using var server = new MemoryServer(options, new() { RequireHello = hello });
        (WireClient first, Task<ConnectionEnd> served) = server.Connect(new MemoryTransport());
        await (hello ? first.AskAsync("""{"type":"hello"}""") : first.ReceiveJsonAsync());

        await AssertRefusedAsync(server.Connect(), hello, "limit-exceeded", 1013);

        await first.SendBytesAsync(ClientFrames.Close(1000));
        await served;
        WireClient third = server.Connect();
        JsonObject welcome = await (hello ? third.AskAsync("""{"type":"hello"}""") : third.ReceiveJsonAsync());
        Assert.That((string?)welcome["type"], Is.EqualTo("welcome"), "there is room again");
    }

    [Test]
    public async Task An_unknown_application_is_refused([Values] bool hello, [Values("nope", "", "a\nb", "DEFAULT")] string application)
    {
        await using var server = new MemoryServer(webSockets: new() { RequireHello = hello });
        WireClient client = server.Connect(new ConnectionRequest { Application = application });
        await AssertRefusedAsync(client, hello, "application-not-exists", 1008);
    }

    [Test]
    public async Task An_application_s_name_of_any_length_is_refused_where_applications_are_made_by_naming_them()
    {
        await using var server = new MemoryServer(new SignalingOptions { AutoCreateApplications = true });
        WireClient client = server.Connect(new ConnectionRequest { Application = new string('x', 10_000) });
        await AssertRefusedAsync(client, hello: false, "application-not-exists", 1008);
    }

    [Test]
    public async Task A_stopping_server_takes_nobody_and_says_that_it_goes_away([Values] bool hello)
    {
        await using var server = new MemoryServer(webSockets: new() { RequireHello = hello });
        server.Server.Stop();
        await AssertRefusedAsync(server.Connect(), hello, "server-stopping", 1001);
    }

    [Test]
    public async Task Whom_the_host_app_refuses_is_told_its_reason([Values] bool hello)
    {
        var authorizer = new AskedAuthorizer(_ => AuthorizationDecision.DenyBecause("Members only."));
        await using var server = new MemoryServer(webSockets: new() { RequireHello = hello }, authorizer: authorizer);
        JsonObject error = await AssertRefusedAsync(server.Connect(), hello, "not-permitted", 1008);
        Assert.That((string?)error["message"], Is.EqualTo("Members only."));
    }

    [Test]
    public async Task An_exception_of_the_host_app_refuses_and_its_text_reaches_nobody([Values] bool hello)
    {
        var authorizer = new AskedAuthorizer(_ => throw new InvalidOperationException("secret detail"));
        await using var server = new MemoryServer(webSockets: new() { RequireHello = hello }, authorizer: authorizer);
        JsonObject error = await AssertRefusedAsync(server.Connect(), hello, "not-permitted", 1008);
        Assert.That(error.ToJsonString(), Does.Not.Contain("secret"));
    }

    [Test]
    public async Task The_host_app_is_asked_with_what_is_known()
    {
        AuthorizationRequest? asked = null;
        var authorizer = new AskedAuthorizer(request =>
        {
            asked ??= request;
            return AuthorizationDecision.Allow;
        });
        var user = new System.Security.Claims.ClaimsPrincipal();
        await using var server = new MemoryServer(webSockets: new() { RequireHello = true }, authorizer: authorizer);
        WireClient client = server.Connect(new ConnectionRequest { User = user, Application = "default" });
        await client.AskAsync("""{"type":"hello","username":"Ann"}""");

        Assert.That(asked, Is.Not.Null);
        Assert.That((asked!.Operation, asked.User, asked.Username, asked.Application), Is.EqualTo((SignalingOperation.Connect, user, "Ann", "default")));
    }

    private static async Task<JsonObject> AssertRefusedAsync(WireClient client, bool hello, string code, int closeCode)
    {
        JsonObject error = await (hello ? client.AskAsync("""{"type":"hello","id":7}""") : client.ReceiveJsonAsync());
        WireEvent close = await client.ReceiveEventAsync();
        Assert.Multiple(() =>
        {
            Assert.That((string?)error["type"], Is.EqualTo("error"));
            Assert.That((string?)error["code"], Is.EqualTo(code));
            Assert.That((int?)error["id"], Is.EqualTo(hello ? 7 : null));
            Assert.That(close.CloseCode, Is.EqualTo(closeCode));
        });
        return error;
    }
}
