using System.Net.WebSockets;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>What every way to connect must do. Each way inherits it and says how its server is made and how its client connects.</summary>
public abstract partial class ConnectionConformance
{
    private const string UserField = "X-User";

    private readonly List<JsonClient> _clients = [];
    private TestApp? _app;

    /// <summary>The transport that the connections are to run on, as the log names it.</summary>
    protected abstract string Transport { get; }

    protected ManualTimeProvider Time { get; private set; } = new();

    private protected TestApp App => _app!;

    [TearDown]
    public async Task StopAsync()
    {
        foreach (JsonClient client in _clients)
        {
            client.Socket.Abort();
            client.Dispose();
        }

        _clients.Clear();
        if (_app is not null)
        {
            await _app.DisposeAsync();
            _app = null;
        }
    }

    [Test]
    public async Task Connections_run_on_the_expected_transport()
    {
        await StartAsync();
        await ConnectAsync();
        Assert.That(App.Log.All, Has.One.EndsWith($"A client is served over a {Transport}. "));
    }

    [Test]
    public async Task The_first_message_is_a_welcome()
    {
        await StartAsync();
        JsonClient client = Add(await OpenAsync("/signaling", [], []));
        JsonObject welcome = await client.ReceiveAsync();
        Assert.Multiple(() =>
        {
            Assert.That((string?)welcome["type"], Is.EqualTo("welcome"));
            Assert.That((string?)welcome["application"], Is.EqualTo("default"));
            Assert.That(App.Application.Sessions.Single().Id.Value, Is.EqualTo((string?)welcome["clientId"]));
            Assert.That(client.Socket.SubProtocol, Is.Null.Or.Empty);
        });
    }

    [Test]
    public async Task A_ticket_among_the_sub_protocols_says_who_the_session_belongs_to_once()
    {
        await StartAsync();
        var ann = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "ann")], "test"));
        string ticket = App.Services.GetRequiredService<TicketIssuer>().Issue(ann).Value.Value;
        string[] offered = ["ticket." + ticket, "webrtc-signaling.v1"];
        JsonClient client = Add(await OpenAsync("/signaling", offered, [(UserField, "ben")]));
        await client.ReadWelcomeAsync();
        Assert.Multiple(() =>
        {
            Assert.That(client.Socket.SubProtocol, Is.EqualTo("webrtc-signaling.v1"));
            Assert.That(App.Application.Sessions.Single().User?.Identity?.Name, Is.EqualTo("ann"));
        });
        Assert.That(async () => await OpenAsync("/signaling", offered, []), Throws.Exception.With.Message.Contains("401"));
    }

    [Test]
    public async Task The_query_chooses_an_application()
    {
        await StartAsync(options => options.Applications["chess club"] = new());
        JsonClient client = Add(await OpenAsync("/signaling?application=chess%20club", [], []));
        JsonObject welcome = await client.ReadWelcomeAsync();
        Assert.That((string?)welcome["application"], Is.EqualTo("chess club"));
    }

    [Test]
    public async Task A_spoken_sub_protocol_is_agreed_on()
    {
        await StartAsync();
        JsonClient client = Add(await OpenAsync("/signaling", ["unheard-of", "webrtc-signaling.v1"], []));
        await client.ReadWelcomeAsync();
        Assert.That(client.Socket.SubProtocol, Is.EqualTo("webrtc-signaling.v1"));
    }

    [Test]
    public async Task A_hello_sets_the_username()
    {
        await StartAsync(options => options.WebSockets.RequireHello = true);
        JsonClient client = Add(await OpenAsync("/signaling", [], []));
        await client.SendAsync("""{"type":"hello","id":"h","username":"Ann"}""");
        JsonObject welcome = await client.ReceiveAsync();
        Assert.Multiple(() =>
        {
            Assert.That((string?)welcome["type"], Is.EqualTo("welcome"));
            Assert.That((string?)welcome["id"], Is.EqualTo("h"));
            Assert.That((string?)welcome["username"], Is.EqualTo("Ann"));
        });
    }

    [Test]
    public async Task Two_clients_meet_in_a_room()
    {
        await StartAsync();
        JsonClient ann = await ConnectAsync();
        JsonClient ben = await ConnectAsync();
        await ann.JoinAsync("tea");
        JsonObject joined = await ben.JoinAsync("tea");
        JsonObject heard = await ann.ReceiveAsync("client-joined");
        Assert.Multiple(() =>
        {
            Assert.That((string?)joined["clients"]![0], Is.EqualTo(ann.Id));
            Assert.That((string?)joined["ownerId"], Is.EqualTo(ann.Id));
            Assert.That((string?)heard["clientId"], Is.EqualTo(ben.Id));
        });
    }

    [Test]
    public async Task A_signal_arrives_byte_for_byte()
    {
        await StartAsync();
        (JsonClient ann, JsonClient ben) = await MeetAsync();
        string data = """{ "sdp" : "v=0\r\n\u0041ü😀\/" ,"n":1.50e+00, "a":[ ] ,"a":null}""";
        await ann.SendAsync($$"""{"type":"signal-send","room":"tea","targetId":"{{ben.Id}}","data":{{data}}}""");
        Assert.That(
            await ben.ReceiveTextAsync(),
            Is.EqualTo($$"""{"type":"signal-receive","room":"tea","senderId":"{{ann.Id}}","data":{{data}}}"""));
    }

    [Test]
    public async Task Big_messages_pass_in_their_order()
    {
        await StartAsync();
        (JsonClient ann, JsonClient ben) = await MeetAsync();
        for (int i = 0; i < 10; i++)
        {
            string data = new((char)('a' + i), 60_000);
            await ann.SendAsync($$"""{"type":"signal-send","room":"tea","targetId":"{{ben.Id}}","data":"{{data}}"}""");
            await ben.SendAsync($$"""{"type":"signal-send","room":"tea","targetId":"{{ann.Id}}","data":"{{data}}"}""");
        }

        foreach (JsonClient client in (JsonClient[])[ann, ben])
        {
            for (int i = 0; i < 10; i++)
            {
                JsonObject signal = await client.ReceiveAsync("signal-receive");
                Assert.That((string)signal["data"]!, Is.EqualTo(new string((char)('a' + i), 60_000)));
            }
        }
    }

    [Test]
    public async Task A_message_in_fragments_is_one_message()
    {
        await StartAsync();
        JsonClient client = await ConnectAsync();
        byte[] message = Encoding.UTF8.GetBytes("""{"type":"ping","id":"ü"}""");
        for (int i = 0; i < message.Length; i++)
        {
            await client.Socket.SendAsync(
                message.AsMemory(i, 1), WebSocketMessageType.Text, endOfMessage: i == message.Length - 1, CancellationToken.None);
        }

        Assert.That((string?)(await client.ReceiveAsync("pong"))["id"], Is.EqualTo("ü"));
    }

    [Test]
    public async Task A_message_that_is_too_long_closes_with_1009()
    {
        await StartAsync();
        JsonClient client = await ConnectAsync();
        await client.SendAsync(new byte[65_537], WebSocketMessageType.Text);
        Assert.That(await client.ReceiveCloseAsync(), Is.EqualTo(1009));
    }

    [Test]
    public async Task A_binary_message_closes_with_1003()
    {
        await StartAsync();
        JsonClient client = await ConnectAsync();
        await client.SendAsync([1, 2, 3], WebSocketMessageType.Binary);
        Assert.That(await client.ReceiveCloseAsync(), Is.EqualTo(1003));
    }

    [Test]
    public async Task Requests_are_answered_however_many_come_at_once()
    {
        await StartAsync();
        JsonClient client = await ConnectAsync();
        for (int i = 0; i < 500; i++)
        {
            await client.SendAsync($$"""{"type":"ping","id":{{i}}}""");
        }

        for (int i = 0; i < 500; i++)
        {
            Assert.That((int?)(await client.ReceiveAsync("pong"))["id"], Is.EqualTo(i));
        }
    }

    [Test]
    public async Task The_user_of_the_request_becomes_the_principal_of_the_session()
    {
        await StartAsync();
        JsonClient client = Add(await OpenAsync("/signaling", [], [(UserField, "ann")]));
        await client.ReadWelcomeAsync();
        ClaimsPrincipal? user = App.Application.Sessions.Single().User;
        Assert.That(user?.Identity?.Name, Is.EqualTo("ann"));
    }

    [Test]
    public async Task A_request_without_a_user_makes_a_session_without_a_principal()
    {
        await StartAsync();
        await ConnectAsync();
        Assert.That(App.Application.Sessions.Single().User, Is.Null);
    }

    [Test]
    public async Task The_hosts_close_reaches_the_client()
    {
        await StartAsync();
        JsonClient client = await ConnectAsync();
        App.Application.Sessions.Single().Close(new(Sessions.SessionCloseReason.Removed, "Enough"));
        Assert.Multiple(async () =>
        {
            Assert.That(await client.ReceiveCloseAsync(), Is.EqualTo(4001));
            Assert.That(client.Socket.CloseStatusDescription, Is.EqualTo("Enough"));
        });
    }

    [Test]
    public async Task The_apps_stop_closes_with_1001()
    {
        await StartAsync();
        JsonClient ann = await ConnectAsync();
        JsonClient ben = await ConnectAsync();
        Task stopped = App.StopAsync();
        Assert.Multiple(async () =>
        {
            Assert.That(await ann.ReceiveCloseAsync(), Is.EqualTo(1001));
            Assert.That(await ben.ReceiveCloseAsync(), Is.EqualTo(1001));
            Assert.That(ann.Socket.CloseStatusDescription, Does.Contain("try again"));
        });
        await stopped;
        Assert.That(App.Connections.Count, Is.Zero);
    }

    [Test]
    public async Task The_apps_stop_does_not_wait_for_a_client_that_does_not_answer()
    {
        await StartAsync();
        JsonClient client = await ConnectAsync();
        Task stopped = App.StopAsync();
        Assert.That(await client.ReceiveTextAsync(), Does.StartWith("{\"type\":\"goaway\","));
        Assert.That(await client.ReceiveTextAsync(), Is.Null, "A Close was expected.");
        Time.Advance(TimeSpan.FromSeconds(6)); // CloseTimeout, and the second between two looks at the clock.
        await stopped;
        Assert.Multiple(() =>
        {
            Assert.That(App.Connections.Count, Is.Zero);
            Assert.That(client.Socket.State, Is.EqualTo(WebSocketState.CloseReceived), "The client must not have answered.");
        });
    }

    /// <summary>Says how Kestrel listens; <see langword="null"/> for HTTP/1.1 without TLS.</summary>
    protected virtual Action<ListenOptions>? Listen => null;

    /// <summary>Chooses another server than Kestrel.</summary>
    protected virtual void UseServer(WebApplicationBuilder builder)
    {
    }

    /// <summary>Adds middleware.</summary>
    protected virtual void UseMiddleware(WebApplication app)
    {
    }

    /// <summary>Connects a client.</summary>
    protected abstract Task<WebSocket> OpenAsync(string target, string[] subProtocols, (string Name, string Value)[] fields);

    private protected async Task StartAsync(Action<SignalingHostOptions>? options = null)
    {
        Time = new ManualTimeProvider();
        _app = await TestApp.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(Time);
                builder.Services.AddSignaling(options);
                UseServer(builder);
            },
            app =>
            {
                app.Use((context, next) =>
                {
                    if (context.Request.Headers[UserField] is [{ } name])
                    {
                        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "test"));
                    }

                    return next(context);
                });
                UseMiddleware(app);
                app.MapSignaling("/signaling");
            },
            listen: Listen);
    }

    private protected async Task<JsonClient> ConnectAsync()
    {
        JsonClient client = Add(await OpenAsync("/signaling", [], []));
        await client.ReadWelcomeAsync();
        return client;
    }

    private protected async Task<(JsonClient First, JsonClient Second)> MeetAsync()
    {
        JsonClient ann = await ConnectAsync();
        JsonClient ben = await ConnectAsync();
        await ann.JoinAsync("tea");
        await ben.JoinAsync("tea");
        await ann.ReceiveAsync("client-joined");
        return (ann, ben);
    }

    private JsonClient Add(WebSocket socket)
    {
        var client = new JsonClient(socket);
        _clients.Add(client);
        return client;
    }
}
