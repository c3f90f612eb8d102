using System.Text.Json;
using WebRtcSignaling.Compatibility.EasyRtc;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

/// <summary>What one client could take away from all others.</summary>
internal sealed class StrangerTests
{
    private static readonly RoomId _room = RoomId.Parse("default");

    [Test]
    public async Task Nobody_uses_up_the_applications_by_coming_and_going()
    {
        using var world = new EasyRtcWorld(server: new SignalingOptions { MaxApplications = 3, Applications = { ["kept"] = new() } });
        for (int i = 0; i < 5; i++)
        {
            EasyRtcPeer peer = world.Connect();
            Assert.That(await peer.AuthenticateAsync($$"""{"apiVersion":"1","applicationName":"app{{i}}"}"""), Does.StartWith("""{"msgType":"token","""));
            peer.Wire.Vanish();
        }

        Assert.That(world.Server.FindApplication("kept"), Is.Not.Null);
        Assert.That(world.Server.FindApplication("default"), Is.Not.Null);
    }

    [TestCase("default")]
    [TestCase("new")]
    public async Task Nobody_can_take_the_default_room(string application)
    {
        using var world = new EasyRtcWorld(server: new SignalingOptions { AutoCreateApplications = true });
        var events = new SessionEventQueue();
        SignalingSession stranger = (await world.Server.ConnectAsync(new SessionRequest { Application = application }, events)).Value;
        SignalingResult<RoomSnapshot> taken = await stranger.Rooms.CreateAsync(_room, new RoomSetup { Locked = true, Password = "mine" });
        Assert.That(taken.Error?.Code, Is.EqualTo(SignalingErrorCode.RoomExists));
        SignalingResult<RoomSnapshot> joined = await stranger.Rooms.JoinAsync(
            new JoinRoomRequest { Room = _room, CreateWith = new RoomSetup { Locked = true } });
        Assert.That(joined.Value.OwnerId, Is.Null);
        Assert.That(joined.Value.Settings.Locked, Is.False);

        string token = await world.Connect().AuthenticateAsync($$"""{"apiVersion":"1","applicationName":"{{application}}"}""");
        Assert.That(token, Does.StartWith("""{"msgType":"token","""));
    }

    [Test]
    public async Task The_default_room_is_listed_from_the_first_client_until_it_has_been_empty_for_long()
    {
        using var world = new EasyRtcWorld(new EasyRtcOptions { EmptyRoomTimeout = TimeSpan.FromMinutes(1) });
        EasyRtcPeer a = await world.EnterAsync("other");
        Assert.That(await ListAsync(a), Is.EqualTo("other 1"));
        EasyRtcPeer b = await world.EnterAsync();
        Assert.That(await ListAsync(a), Is.EqualTo("default 1, other 1"));
        b.Wire.Vanish();
        Assert.That(await ListAsync(a), Is.EqualTo("default 0, other 1"));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await ListAsync(a), Is.EqualTo("other 1"));
    }

    /// <summary>The rooms that a client is told of, and how many are in them.</summary>
    private static async Task<string> ListAsync(EasyRtcPeer peer)
    {
        string? reply = await peer.CommandAsync("""{"msgType":"getRoomList"}""");
        using var document = JsonDocument.Parse(reply!);
        JsonElement list = document.RootElement.GetProperty("msgData").GetProperty("roomList");
        return string.Join(", ", list.EnumerateObject().Select(static room => $"{room.Name} {room.Value.GetProperty("numberClients")}").Order());
    }
}
