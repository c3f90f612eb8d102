using WebRtcSignaling.Compatibility.EasyRtc;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

/// <summary>Rooms: joining, leaving, listing, and what the others hear of it.</summary>
internal sealed class RoomTests
{
    private const string BadRoom = "Message rejected. Requested room is invalid or does not exist.";
    private const string BadStructure = "Message rejected. The provided structure is improper.";
    private const string BadData = "Message rejected. The provided msgData is improper.";

    [Test]
    public async Task A_joiner_finds_itself_and_the_others_and_they_hear_of_it()
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        Assert.That(await a.JoinAsync("red"), Is.EqualTo(EasyRtcPeer.RoomData(EasyRtcPeer.Joined("red", a.Listed()))));
        world.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(
            await b.JoinAsync("red"),
            Is.EqualTo(EasyRtcPeer.RoomData(EasyRtcPeer.Joined("red", a.Listed(), b.Listed(joined: 1767268805000)))));
        Assert.That(a.Heard().Single(), Does.Contain(b.Listed(joined: 1767268805000)));
        Assert.That(b.Heard(), Is.Empty, "who moves is told by the answer alone");
    }

    [Test]
    public async Task Several_rooms_are_joined_at_once()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(
            await a.JoinAsync("one", "two"),
            Is.EqualTo(EasyRtcPeer.RoomData(EasyRtcPeer.Joined("one", a.Listed()), EasyRtcPeer.Joined("two", a.Listed()))));
    }

    [Test]
    public async Task Joining_again_tells_the_same_again()
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        world.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(await b.JoinAsync("default"), Is.EqualTo(EasyRtcPeer.RoomData(EasyRtcPeer.Joined("default", a.Listed(), b.Listed()))));
        Assert.That(a.Heard(), Is.Empty, "nothing has changed for the others");
    }

    [Test]
    public async Task A_failure_among_several_rooms_fails_the_answer_and_the_others_are_joined()
    {
        using var world = new EasyRtcWorld(new EasyRtcOptions { MaxRoomMembers = 1 });
        EasyRtcPeer a = await world.EnterAsync("full"), b = await world.EnterAsync("mine");
        Assert.That(await b.JoinAsync("one", "full", "two"), Is.EqualTo(b.Error("MSG_REJECT_BAD_ROOM", BadRoom)));
        Assert.That(b.Session.Rooms.Joined.Select(room => room.Value), Is.EquivalentTo(new[] { "mine", "one", "two" }));
        Assert.That(a.Heard(), Is.Empty);
    }

    [Test]
    public async Task A_room_takes_a_hundred_members_by_default()
    {
        using var world = new EasyRtcWorld();
        for (int i = 0; i < 100; i++)
        {
            await world.EnterAsync("busy");
        }

        EasyRtcPeer late = await world.EnterAsync("elsewhere");
        Assert.That(await late.JoinAsync("busy"), Is.EqualTo(late.Error("MSG_REJECT_BAD_ROOM", BadRoom)));
        EasyRtcPeer later = world.Connect();
        string reply = await later.AuthenticateAsync("""{"apiVersion":"1","roomJoin":{"busy":{"roomName":"busy"}}}""");
        Assert.That(reply, Is.EqualTo(later.Error("LOGIN_GEN_FAIL", "Authentication failed. Socket will be disconnected.")));
        Assert.That(later.Wire.Closed?.Reason, Is.EqualTo(SessionCloseReason.Removed));
    }

    [Test]
    public async Task Whoever_is_in_a_full_room_may_join_it_again()
    {
        using var world = new EasyRtcWorld(new EasyRtcOptions { MaxRoomMembers = 1 });
        EasyRtcPeer a = await world.EnterAsync("full");
        Assert.That(await a.JoinAsync("full"), Is.EqualTo(EasyRtcPeer.RoomData(EasyRtcPeer.Joined("full", a.Listed()))));
    }

    [Test]
    public async Task Where_rooms_are_not_created_by_clients_only_those_that_exist_are_joined()
    {
        using var world = new EasyRtcWorld(new EasyRtcOptions { AutoCreateRooms = false });
        world.Server.Default.CreateRoom(RoomId.Parse("lobby"), new RoomSetup { EmptyTimeout = null });
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.JoinAsync("lobby"), Does.Contain("\"lobby\""));
        Assert.That(await a.JoinAsync("other"), Is.EqualTo(a.Error("MSG_REJECT_BAD_ROOM", BadRoom)));
        EasyRtcPeer b = world.Connect();
        Assert.That(
            await b.AuthenticateAsync("""{"apiVersion":"1","roomJoin":{"other":{"roomName":"other"}}}"""),
            Is.EqualTo(b.Error("LOGIN_BAD_ROOM", "Requested room is invalid or does not exist. Socket will be disconnected.")));
    }

    [Test]
    public async Task Leaving_is_answered_and_the_others_hear_it()
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        Assert.That(await b.LeaveAsync("default"), Is.EqualTo("""{"msgType":"roomData","msgData":{"roomData":{"default":{"roomName":"default","roomStatus":"leave"}}}}"""));
        Assert.That(a.Heard(), Is.EqualTo(new[] { b.Removed("default") }));
        Assert.That(b.Heard(), Is.Empty);
    }

    [Test]
    public async Task Leaving_where_one_is_not_is_as_good()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.LeaveAsync("x", "y"), Is.EqualTo("""
            {"msgType":"roomData","msgData":{"roomData":{"x":{"roomName":"x","roomStatus":"leave"},"y":{"roomName":"y","roomStatus":"leave"}}}}
            """));
        Assert.That(await a.LeaveAsync(), Is.EqualTo("""{"msgType":"roomData","msgData":{"roomData":{}}}"""));
    }

    [Test]
    public async Task Whoever_vanishes_is_removed_from_every_room()
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync("one", "two"), b = await world.EnterAsync("two", "one");
        a.Heard();
        b.Wire.Vanish();
        Assert.That(a.Heard(), Is.EquivalentTo(new[] { b.Removed("one"), b.Removed("two") }));
        Assert.That(world.Server.SessionCount, Is.EqualTo(1));
    }

    [Test]
    public async Task The_list_has_all_rooms_of_the_application_the_empty_ones_too()
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        EasyRtcPeer other = world.Connect();
        await other.AuthenticateAsync("""{"apiVersion":"1","applicationName":"other","roomJoin":{"secret":{"roomName":"secret"}}}""");
        await b.JoinAsync("left");
        await b.LeaveAsync("left");
        Assert.That(await a.CommandAsync("""{"msgType":"getRoomList"}"""), Is.AnyOf(
            """{"msgType":"roomList","msgData":{"roomList":{"default":{"roomName":"default","numberClients":2},"left":{"roomName":"left","numberClients":0}}}}""",
            """{"msgType":"roomList","msgData":{"roomList":{"left":{"roomName":"left","numberClients":0},"default":{"roomName":"default","numberClients":2}}}}"""));
        world.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.That(
            await a.CommandAsync("""{"msgType":"getRoomList"}"""),
            Is.EqualTo("""{"msgType":"roomList","msgData":{"roomList":{"default":{"roomName":"default","numberClients":2}}}}"""));
    }

    [TestCase("{}")]
    [TestCase("null")]
    public async Task Asking_for_the_list_with_data_is_refused(string data)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.CommandAsync("getRoomList", data), Is.EqualTo(a.Error("MSG_REJECT_BAD_DATA", BadData)));
    }

    [TestCase("""{"roomJoin":{}}""")]
    [TestCase("""{"roomJoin":null}""")]
    [TestCase("""{"roomJoin":[]}""")]
    [TestCase("{}")]
    [TestCase("""{"roomJoin":{"a":{"roomName":"b"}}}""")]
    [TestCase("""{"roomJoin":{"a":"a"}}""")]
    [TestCase("""{"roomJoin":{"a/b":{"roomName":"a/b"}}}""")]
    [TestCase("""{"roomJoin":{"":{"roomName":""}}}""")]
    [TestCase("""{"roomJoin":{"a23456789012345678901234567890123":{"roomName":"a23456789012345678901234567890123"}}}""")]
    [TestCase("""{"roomJoin":{"a":{"roomName":"a","roomParameter":7}}}""")]
    public async Task Joining_in_the_wrong_form_is_refused(string data)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.CommandAsync("roomJoin", data), Is.EqualTo(a.Error("MSG_REJECT_BAD_STRUCTURE", BadStructure)));
        Assert.That(a.Session.Rooms.Joined, Has.Count.EqualTo(1));
    }

    [TestCase("roomJoin", "null")]
    [TestCase("roomJoin", "\"x\"")]
    [TestCase("roomLeave", "null")]
    [TestCase("roomLeave", "[]")]
    public async Task Data_that_is_no_object_is_refused(string type, string data)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.CommandAsync(type, data), Is.EqualTo(a.Error("MSG_REJECT_BAD_DATA", BadData)));
        Assert.That(await a.CommandAsync($$"""{"msgType":"{{type}}"}"""), Is.EqualTo(a.Error("MSG_REJECT_BAD_DATA", BadData)));
    }

    [TestCase("{}")]
    [TestCase("""{"roomLeave":"default"}""")]
    [TestCase("""{"roomLeave":{"default":{}}}""")]
    [TestCase("""{"roomLeave":{"a b":{"roomName":"a b"}}}""")]
    public async Task Leaving_in_the_wrong_form_is_refused(string data)
    {
        using var world = new EasyRtcWorld();
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.CommandAsync("roomLeave", data), Is.EqualTo(a.Error("MSG_REJECT_BAD_STRUCTURE", BadStructure)));
        Assert.That(a.Session.Rooms.Joined, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_room_parameter_may_carry_the_password()
    {
        using var world = new EasyRtcWorld();
        world.Server.Default.CreateRoom(RoomId.Parse("safe"), new RoomSetup { Password = "secret", EmptyTimeout = null });
        EasyRtcPeer a = await world.EnterAsync();
        Assert.That(await a.JoinAsync("safe"), Is.EqualTo(a.Error("MSG_REJECT_BAD_ROOM", BadRoom)));
        Assert.That(
            await a.CommandAsync("roomJoin", """{"roomJoin":{"safe":{"roomName":"safe","roomParameter":{"password":"secret"}}}}"""),
            Is.EqualTo(EasyRtcPeer.RoomData(EasyRtcPeer.Joined("safe", a.Listed()))));
    }

    [Test]
    public async Task Whoever_is_put_out_and_whose_room_is_closed_hears_that_it_left()
    {
        using var world = new EasyRtcWorld();
        (EasyRtcPeer a, EasyRtcPeer b) = await world.EnterTwoAsync();
        world.Server.Default.Kick(RoomId.Parse("default"), SessionId.Parse(b.Id));
        Assert.That(b.Heard(), Is.EqualTo(new[] { """easyrtcCmd {"msgType":"roomData","msgData":{"roomData":{"default":{"roomName":"default","roomStatus":"leave"}}}}""" }));
        Assert.That(a.Heard(), Is.EqualTo(new[] { b.Removed("default") }));
        world.Server.Default.CloseRoom(RoomId.Parse("default"));
        Assert.That(a.Heard(), Is.EqualTo(new[] { """easyrtcCmd {"msgType":"roomData","msgData":{"roomData":{"default":{"roomName":"default","roomStatus":"leave"}}}}""" }));
    }
}
