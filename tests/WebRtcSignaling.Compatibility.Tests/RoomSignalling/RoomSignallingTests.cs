using System.Text;
using WebRtcSignaling.Compatibility.RoomSignalling;
using WebRtcSignaling.Compatibility.Tests.EventDialects;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.Tests.RoomSignalling;

/// <summary>Both documents of the room-signalling server, event by event.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RoomSignallingTests : IDisposable
{
    private readonly SignalingServer _server = new();
    private readonly RoomSignallingDialect _dialect = new();

    public void Dispose() => _server.Dispose();

    [Test]
    public async Task The_normal_flow_is_that_of_the_document()
    {
        FakePeer a = Connect(), b = Connect();
        await a.EmitAsync("""["room-create","party"]""");
        Heard(a, """["room-created","party"]""");
        await b.EmitAsync("""["room-join","party"]""");
        Heard(b, $"""["room-joined","party","{a.Id}",["{a.Id}"]]""");
        Heard(a, $"""["client-joined","party","{b.Id}"]""");
        await a.EmitAsync($$$"""["signal-send","party","{{{b.Id}}}",{"description":{"sdp":"v=0\r\n","type":"offer"}}]""");
        Heard(b, $$$"""["signal-receive","party","{{{a.Id}}}",{"description":{"sdp":"v=0\r\n","type":"offer"}}]""");
        Heard(a);
        await b.EmitAsync($$$"""["signal-send","party","{{{a.Id}}}",{}]""");
        Heard(a, $$$"""["signal-receive","party","{{{b.Id}}}",{}]""");
        await a.EmitAsync("""["room-leave","party"]""");
        Heard(a, """["room-left","party",false]""");
        Heard(b, """["room-left","party",true]""");
        await b.EmitAsync("""["room-join","party"]""");
        Heard(b, """["room-not-exists","party"]""");
    }

    [Test]
    public async Task A_member_that_leaves_or_vanishes_is_reported_to_the_others()
    {
        FakePeer a = Connect(), b = Connect(), c = Connect();
        await MeetAsync(a, b, c);
        await b.EmitAsync("""["room-leave","party"]""");
        Heard(b, """["room-left","party",false]""");
        Heard(a, $"""["client-left","party","{b.Id}"]""");
        Heard(c, $"""["client-left","party","{b.Id}"]""");
        c.Vanish();
        Heard(a, $"""["client-left","party","{c.Id}"]""");
    }

    [Test]
    public async Task An_owner_that_vanishes_closes_the_room_for_all()
    {
        FakePeer a = Connect(), b = Connect(), c = Connect();
        await MeetAsync(a, b, c);
        a.Vanish();
        Heard(b, """["room-left","party",true]""");
        Heard(c, """["room-left","party",true]""");
        await b.EmitAsync("""["room-create","party"]""");
        Heard(b, """["room-created","party"]""");
    }

    [Test]
    public async Task A_room_that_exists_cannot_be_created()
    {
        FakePeer a = Connect(), b = Connect();
        await MeetAsync(a);
        await b.EmitAsync("""["room-create","party"]""");
        Heard(b, """["room-exists","party"]""");
        await a.EmitAsync("""["room-create","party"]""");
        Heard(a, """["room-exists","party"]""");
    }

    [Test]
    public async Task Whoever_is_not_in_a_room_can_neither_leave_it_nor_signal_in_it()
    {
        FakePeer a = Connect(), b = Connect();
        await MeetAsync(a);
        await b.EmitAsync("""["room-leave","party"]""");
        await b.EmitAsync($$$"""["signal-send","party","{{{a.Id}}}",{}]""");
        await b.EmitAsync($$$"""["signal-send","party","{{{b.Id}}}",{}]""");
        Heard(b, """["not-in-room","party"]""", """["not-in-room","party"]""", """["not-in-room","party"]""");
        Heard(a);
    }

    [Test]
    public async Task A_signal_to_a_stranger_finds_no_target_and_one_to_oneself_is_dropped()
    {
        FakePeer a = Connect(), stranger = Connect();
        await MeetAsync(a);
        await stranger.EmitAsync("""["room-create","elsewhere"]""");
        stranger.Take();
        await a.EmitAsync($$$"""["signal-send","party","{{{stranger.Id}}}",{}]""");
        await a.EmitAsync($$$"""["signal-send","party","{{{a.Id}}}",{}]""");
        Heard(a, $"""["target-not-found","party","{stranger.Id}"]""");
        Heard(stranger);
    }

    [Test]
    public async Task Joining_again_tells_the_room_again_and_nobody_else_hears_of_it()
    {
        FakePeer a = Connect(), b = Connect();
        await MeetAsync(a, b);
        await b.EmitAsync("""["room-join","party"]""");
        Heard(b, $"""["room-joined","party","{a.Id}",["{a.Id}"]]""");
        Heard(a);
    }

    [Test]
    public async Task A_client_may_own_and_join_several_rooms_at_once()
    {
        FakePeer a = Connect(), b = Connect();
        await a.EmitAsync("""["room-create","one"]""");
        await b.EmitAsync("""["room-create","two"]""");
        await a.EmitAsync("""["room-join","two"]""");
        await b.EmitAsync("""["room-join","one"]""");
        Heard(a, """["room-created","one"]""", $"""["room-joined","two","{b.Id}",["{b.Id}"]]""", $"""["client-joined","one","{b.Id}"]""");
        await a.EmitAsync("""["room-leave","one"]""");
        Assert.That(b.Take()[^1], Is.EqualTo("""["room-left","one",true]"""));
        await a.EmitAsync($$$"""["signal-send","two","{{{b.Id}}}",1]""");
        Heard(b, $"""["signal-receive","two","{a.Id}",1]""");
    }

    [TestCase("""["room-create"]""")]
    [TestCase("""["room-create",null]""")]
    [TestCase("""["room-join",7]""")]
    [TestCase("""["room-leave",{}]""")]
    [TestCase("""["room-create",""]""")]
    [TestCase("""["room-create","\u0007"]""")]
    [TestCase("""["room-create","\ud800"]""")]
    [TestCase("""["signal-send","party"]""")]
    [TestCase("""["signal-send","party",null,{}]""")]
    [TestCase("""["signal-send","party",["x"],{}]""")]
    public async Task Arguments_of_the_wrong_form_give_an_error_and_the_client_goes_on(string eventArray)
    {
        FakePeer a = Connect();
        await MeetAsync(a);
        await a.EmitAsync(eventArray);
        Assert.That(a.Take(), Has.Length.EqualTo(1).And.All.StartsWith("""["error","A """));
        await a.EmitAsync("""["room-leave","party"]""");
        Heard(a, """["room-left","party",false]""");
    }

    [TestCase("""["signal-send","party","TARGET"]""", "null")]
    [TestCase("""["signal-send","party","TARGET",null]""", "null")]
    [TestCase("""["signal-send","party","TARGET",{"a":1e400, "a":2}]""", """{"a":1e400, "a":2}""")]
    public async Task Data_arrives_as_it_was_sent(string eventArray, string data)
    {
        FakePeer a = Connect(), b = Connect();
        await MeetAsync(a, b);
        await a.EmitAsync(eventArray.Replace("TARGET", b.Id, StringComparison.Ordinal));
        Heard(b, $"""["signal-receive","party","{a.Id}",{data}]""");
    }

    [Test]
    public async Task A_room_with_a_password_refuses_with_an_error_since_these_clients_have_none()
    {
        _server.Default.CreateRoom(RoomId.Parse("safe"), new RoomSetup { Password = "secret" });
        FakePeer a = Connect();
        await a.EmitAsync("""["room-join","safe"]""");
        Heard(a, """["error","The password is missing or wrong."]""");
    }

    [Test]
    public async Task They_meet_clients_of_other_dialects_in_one_room()
    {
        FakePeer a = Connect();
        await MeetAsync(a);
        var heard = new SessionEventQueue();
        using SignalingSession other = (await _server.ConnectAsync(new SessionRequest(), heard)).Value;
        await other.Rooms.JoinAsync(new JoinRoomRequest { Room = RoomId.Parse("party") });
        Heard(a, $"""["client-joined","party","{other.Id}"]""");
        await other.SendSignalAsync(RoomId.Parse("party"), SessionId.Parse(a.Id), SignalKind.Offer, Encoding.UTF8.GetBytes("{\"sdp\":1}"));
        Heard(a, $$$"""["signal-receive","party","{{{other.Id}}}",{"sdp":1}]""");
        a.Vanish();
        Assert.That(Read(heard), Has.Some.InstanceOf<SignalingEvent.RoomLeft>());
    }

    [Test]
    public async Task A_session_that_the_host_removes_closes_the_client()
    {
        FakePeer a = Connect();
        await MeetAsync(a);
        _server.Default.FindSession(SessionId.Parse(a.Id))!.Close(new SessionClose(SessionCloseReason.Removed));
        Assert.That(a.Closed?.Reason, Is.EqualTo(SessionCloseReason.Removed));
    }

    private static void Heard(FakePeer peer, params string[] events) => Assert.That(peer.Take(), Is.EqualTo(events));

    private static List<SignalingEvent> Read(SessionEventQueue queue)
    {
        var events = new List<SignalingEvent>();
        while (queue.TryRead(out SignalingEvent? next))
        {
            events.Add(next);
        }

        return events;
    }

    private static async Task MeetAsync(FakePeer owner, params FakePeer[] others)
    {
        await owner.EmitAsync("""["room-create","party"]""");
        foreach (FakePeer other in others)
        {
            await other.EmitAsync("""["room-join","party"]""");
        }

        foreach (FakePeer peer in others.Append(owner))
        {
            peer.Take();
        }
    }

    private FakePeer Connect() => new(_server, _dialect);
}
