using System.Net;
using System.Text.Json.Nodes;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Http;

/// <summary>The first request of a session, and all that is none.</summary>
internal sealed class HandshakeTests
{
    [Test]
    public async Task Version_4_gets_its_session_in_a_bare_packet_with_all_it_has_to_know()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using HttpClient http = app.CreateHttpClient();
        using HttpResponseMessage response = await http.GetAsync("/socket.io/?EIO=4&transport=polling&t=abc");
        string body = await response.Content.ReadAsStringAsync();
        JsonNode open = JsonNode.Parse(body[1..])!;
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/plain; charset=UTF-8"));
            Assert.That(response.Headers.CacheControl!.NoStore);
            Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
            Assert.That(body[0], Is.EqualTo('0'));
            Assert.That((string)open["sid"]!, Does.Match("^[A-Za-z0-9_-]{22}$"));
            Assert.That(open["upgrades"]!.ToJsonString(), Is.EqualTo("""["websocket"]"""));
            Assert.That((int)open["pingInterval"]!, Is.EqualTo(25_000));
            Assert.That((int)open["pingTimeout"]!, Is.EqualTo(20_000));
            Assert.That((int)open["maxPayload"]!, Is.EqualTo(1_000_000));
        });
    }

    [Test]
    public async Task Version_3_gets_its_session_framed_and_is_connected_at_once()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using HttpClient http = app.CreateHttpClient();
        string body = await http.GetStringAsync("/socket.io/?EIO=3&transport=polling&t=abc&b64=1");
        Assert.That(body, Does.Match(
            """^99:0\{"sid":"[A-Za-z0-9_-]{22}","upgrades":\["websocket"\],"pingInterval":25000,"pingTimeout":20000\}2:40$"""));
    }

    [Test]
    public async Task The_path_is_served_with_a_slash_at_its_end_and_without([Values("/socket.io", "/socket.io/")] string path)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using HttpClient http = app.CreateHttpClient();
        Assert.That(await http.GetStringAsync(path + "?EIO=4&transport=polling"), Does.StartWith("0{"));
    }

    [Test]
    public async Task A_session_on_a_WebSocket_has_nothing_to_upgrade_to()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using SocketClient v3 = await app.OpenSocketAsync(3);
        using SocketClient v4 = await app.OpenSocketAsync(4);
        string open3 = await v3.ReceiveAsync();
        string connected = await v3.ReceiveAsync();
        string open4 = await v4.ReceiveAsync();
        Assert.Multiple(() =>
        {
            Assert.That(open3, Does.StartWith("""0{"sid":""").And.Contain("\"upgrades\":[],"));
            Assert.That(connected, Is.EqualTo("40"));
            Assert.That(open4, Does.StartWith("""0{"sid":""").And.Contain("\"upgrades\":[],"));
        });
    }

    [TestCase("", "400 0")]
    [TestCase("EIO=4", "400 0")]
    [TestCase("EIO=4&transport=abc", "400 0")]
    [TestCase("EIO=4&transport=", "400 0")]
    [TestCase("EIO=4&transport=POLLING", "400 0")]
    [TestCase("EIO=4&transport=polling&j=0", "400 0")]
    [TestCase("EIO=3&transport=polling&j=0", "400 0")]
    [TestCase("EIO=4&transport=polling&transport=polling", "400 3")]
    [TestCase("EIO=4&EIO=4&transport=polling", "400 3")]
    [TestCase("EIO=4&transport=polling&sid=a&sid=a", "400 3")]
    [TestCase("EIO=4&transport=polling&sid=unknown", "400 1")]
    [TestCase("EIO=4&transport=polling&sid=", "400 1")]
    [TestCase("EIO=4&transport=websocket&sid=unknown", "400 1")]
    [TestCase("EIO=4&transport=websocket", "400 3")]
    [TestCase("transport=polling", "400 5")]
    [TestCase("EIO=abc&transport=polling", "400 5")]
    [TestCase("EIO=2&transport=polling", "400 5")]
    [TestCase("EIO=5&transport=polling", "400 5")]
    [TestCase("EIO=&transport=polling", "400 5")]
    public async Task A_query_that_makes_no_sense_is_refused_with_its_code(string query, string refusal)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using HttpClient http = app.CreateHttpClient();
        using HttpResponseMessage response = await http.GetAsync("/socket.io/?" + query);
        Assert.That(await Refusal.ReadAsync(response), Is.EqualTo(refusal));
        Assert.That(app.Sessions.Count, Is.Zero);
    }

    [TestCase("POST", "400 2")]
    [TestCase("PUT", "400 2")]
    [TestCase("DELETE", "400 2")]
    public async Task Only_a_GET_begins_a_session(string method, string refusal)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using HttpClient http = app.CreateHttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/socket.io/?EIO=4&transport=polling");
        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.That(await Refusal.ReadAsync(response), Is.EqualTo(refusal));
    }

    [Test]
    public async Task Only_GET_and_POST_go_on_with_one()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await app.OpenPollingAsync(4);
        using var request = new HttpRequestMessage(HttpMethod.Put, client.Query);
        using HttpResponseMessage response = await client.Http.SendAsync(request);
        Assert.That(await Refusal.ReadAsync(response), Is.EqualTo("400 3"));
    }

    [Test]
    public async Task There_are_no_more_sessions_than_may_be()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(options => options.MaxSessions = 1);
        using PollingClient client = await app.OpenPollingAsync(4);
        using HttpClient http = app.CreateHttpClient();
        using HttpResponseMessage response = await http.GetAsync("/socket.io/?EIO=4&transport=polling");
        Assert.That(await Refusal.ReadAsync(response), Is.EqualTo("503 3"));
        Assert.That(response.Headers.RetryAfter, Is.Not.Null);
        Assert.ThrowsAsync<InvalidOperationException>(() => app.OpenSocketAsync(4));

        await client.PostAsync("1");
        using PollingClient next = await app.OpenPollingAsync(4);
        Assert.That(next.Sid, Is.Not.Empty);
    }

    [Test]
    public async Task A_server_that_stops_takes_no_sessions_and_lets_go_of_those_it_has()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await app.OpenPollingAsync(4);
        using SocketClient socket = await app.OpenSocketAsync(3);
        await socket.ReceiveAsync(2);
        Task<string[]> poll = client.PollAsync();
        await app.WhenPollIsHeldAsync(client.Sid);
        app.Sessions.Stop();
        using HttpClient http = app.CreateHttpClient();
        using HttpResponseMessage response = await http.GetAsync("/socket.io/?EIO=4&transport=polling");
        Assert.That(await Refusal.ReadAsync(response), Is.EqualTo("503 3"));
        Assert.That(await poll, Is.EqualTo(new[] { "1" }), "no disconnect packet, after which clients would not come back");
        Assert.That(await socket.ReceiveAsync(), Is.EqualTo("close:1001"));
    }

    [Test]
    public async Task The_sessions_of_one_endpoint_are_unknown_to_another()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(map: static web => Microsoft.AspNetCore.Builder
            .SocketIOEndpointRouteBuilderExtensions.MapSocketIO(web, "/signalling-server/socket.io"));
        using PollingClient client = await app.OpenPollingAsync(4);
        using HttpResponseMessage response = await client.Http.GetAsync("/signalling-server" + client.Query);
        Assert.That(await Refusal.ReadAsync(response), Is.EqualTo("400 1"));
        Assert.That(
            await client.Http.GetStringAsync("/signalling-server/socket.io/?EIO=4&transport=polling"), Does.StartWith("0{"));
    }
}
