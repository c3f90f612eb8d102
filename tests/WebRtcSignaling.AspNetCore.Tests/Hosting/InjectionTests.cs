using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.AspNetCore.Tests.Hosting;

/// <summary>The app's own code reaches the server by injection: here, the endpoints of a small administration.</summary>
[TestFixture]
public sealed class InjectionTests
{
    private TestApp _app = null!;
    private HttpClient _http = null!;
    private JsonClient _ann = null!;
    private JsonClient _ben = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(map: app =>
        {
            app.MapSignaling();
            app.MapGet("/rooms", (SignalingServer server) => server.Default.Rooms.Select(room => $"{room.Id}: {room.Members.Count}"));
            app.MapGet("/sessions", (SignalingServer server) => server.Default.Sessions.Select(session => session.Id.Value));
            app.MapPost("/rooms/{room}/say", (SignalingServer server, RoomId room) =>
                Answer(server.Default.SendToRoom(room, "{\"text\":\"Closing soon\"}"u8.ToArray())));
            app.MapPost("/rooms/{room}/kick/{client}", (SignalingServer server, RoomId room, SessionId client) =>
                Answer(server.Default.Kick(room, client, "By the house")));
            app.MapPost("/rooms/{room}/close", (SignalingServer server, RoomId room) => Answer(server.Default.CloseRoom(room)));
        });
        _http = new HttpClient { BaseAddress = new Uri($"http://{_app.Address}") };
        _ann = await _app.ConnectAsync();
        _ben = await _app.ConnectAsync();
        await _ann.ReadWelcomeAsync();
        await _ben.ReadWelcomeAsync();
        await _ann.JoinAsync("tea");
        await _ben.JoinAsync("tea");
        await _ann.ReceiveAsync("client-joined");
    }

    [TearDown]
    public async Task StopAsync()
    {
        await Task.WhenAll(_ann.CloseAsync(), _ben.CloseAsync());
        _ann.Dispose();
        _ben.Dispose();
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Test]
    public async Task Rooms_and_sessions_are_listed() => Assert.Multiple(async () =>
    {
        Assert.That(await _http.GetFromJsonAsync<string[]>("/rooms"), Is.EqualTo(new[] { "tea: 2" }));
        Assert.That(await _http.GetFromJsonAsync<string[]>("/sessions"), Is.EquivalentTo(new[] { _ann.Id, _ben.Id }));
    });

    [Test]
    public async Task The_host_speaks_to_a_room()
    {
        await PostAsync("/rooms/tea/say");
        foreach (JsonClient client in (JsonClient[])[_ann, _ben])
        {
            JsonObject message = await client.ReceiveAsync("message-receive");
            Assert.Multiple(() =>
            {
                Assert.That((string?)message["data"]!["text"], Is.EqualTo("Closing soon"));
                Assert.That(message["senderId"], Is.Null);
            });
        }
    }

    [Test]
    public async Task The_host_puts_a_member_out()
    {
        await PostAsync($"/rooms/tea/kick/{_ben.Id}");
        JsonObject left = await _ben.ReceiveAsync("room-left");
        Assert.Multiple(async () =>
        {
            Assert.That((string?)left["reason"], Is.EqualTo("kicked"));
            Assert.That((string?)left["message"], Is.EqualTo("By the house"));
            Assert.That((string?)(await _ann.ReceiveAsync("client-left"))["clientId"], Is.EqualTo(_ben.Id));
        });
    }

    [Test]
    public async Task The_host_closes_a_room()
    {
        await PostAsync("/rooms/tea/close");
        Assert.Multiple(async () =>
        {
            Assert.That((string?)(await _ann.ReceiveAsync("room-left"))["reason"], Is.EqualTo("closed"));
            Assert.That((string?)(await _ben.ReceiveAsync("room-left"))["reason"], Is.EqualTo("closed"));
            Assert.That(await _http.GetFromJsonAsync<string[]>("/rooms"), Is.Empty);
        });
    }

    private static IResult Answer(Errors.SignalingResult result) => result.IsSuccess ? Results.NoContent() : Results.Conflict(result.Error!.Code);

    private async Task PostAsync(string path)
    {
        using HttpResponseMessage response = await _http.PostAsync(new Uri(path, UriKind.Relative), null);
        Assert.That((int)response.StatusCode, Is.EqualTo(204));
    }
}
