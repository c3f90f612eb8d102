using System.Text;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.Tests.PeerServer;

/// <summary>A session of another kind in one room with a client of PHPPeerServer.</summary>
internal sealed class MeetingNativeClientsTests : PeerServerFixture
{
    private readonly SessionEventQueue _queue = new();

    [Test]
    public async Task Both_hear_of_each_other_and_what_the_other_says()
    {
        RoomId room = RoomId.Parse(await CreateAsync(A, "\"n\",null"));
        SignalingSession native = (await Server.ConnectAsync(new SessionRequest { Id = SessionId.Parse("N") }, _queue)).Value;
        Assert.That((await native.Rooms.JoinAsync(new JoinRoomRequest { Room = room })).IsSuccess, Is.True);
        string[] heard = A.Take();
        string call = CallIn(heard[0]);
        Assert.That(heard[1], Is.EqualTo("""["r_joined",{"id":"N"}]"""));

        await native.SendMessageAsync(MessageDestination.ToRoom(room), "{\"a\": 1}"u8.ToArray());
        await A.EmitAsync("""["message",[1, 2]]""");
        await A.EmitAsync($$"""["offer","{{call}}",{"sdp":"o"}]""");
        await native.Calls.SendSignalAsync(Calls.CallId.Parse(call), SignalKind.Answer, "{\"sdp\":\"a\"}"u8.ToArray());
        await A.EmitAsync("""["leave"]""");
        SignalingEvent[] all = TakeAll();
        Assert.Multiple(() =>
        {
            Assert.That(A.Take(), Is.EqualTo(new[]
            {
                """["r_message",{"id":"N"},{"a": 1}]""",
                """["r_message",{"id":"A"},[1, 2]]""",
                $$"""["answer","{{call}}",{"sdp":"a"}]""",
                $"""["hangup","{call}"]""",
                $"""["left",{Room(room.Value, "\"n\"")}]""",
            }));
            Assert.That(all.OfType<SignalingEvent.MessageReceived>().Select(e => Encoding.UTF8.GetString(e.Data.Span)), Is.EqualTo(new[] { "[1, 2]" }));
            Assert.That(all.OfType<SignalingEvent.SignalReceived>().Select(e => Encoding.UTF8.GetString(e.Payload.Span)), Is.EqualTo(new[] { """{"sdp":"o"}""" }));
            Assert.That(all.OfType<SignalingEvent.ClientLeft>().Select(e => e.ClientId.Value), Is.EqualTo(new[] { "A" }));
            Assert.That(all.OfType<SignalingEvent.OwnerChanged>().Select(e => e.OwnerId), Is.EqualTo(new[] { native.Id }));
        });
    }

    [Test]
    public async Task In_a_room_without_led_calls_members_are_heard_at_once()
    {
        SignalingSession native = (await Server.ConnectAsync(new SessionRequest { Id = SessionId.Parse("N") }, _queue)).Value;
        RoomId room = (await native.Rooms.CreateAsync()).Value.Id;
        await A.EmitAsync($"""["join","{room}",null]""");
        await B.EmitAsync($"""["join","{room}",null]""");
        await native.Rooms.BanAsync(room, new BanRequest { Target = SessionId.Parse("B") });
        await native.Rooms.CloseAsync(room);
        string[] expected = [$"""["joined",{Room(room.Value)}]""", """["r_joined",{"id":"A"}]""", """["r_joined",{"id":"B"}]""", """["r_banned",{"id":"B"}]""", $"""["left",{Room(room.Value)}]"""];
        Assert.Multiple(() =>
        {
            Assert.That(A.Take(), Is.EqualTo(expected));
            Assert.That(B.Take().Last(), Is.EqualTo($"""["banned",{Room(room.Value)}]"""));
        });
    }

    private SignalingEvent[] TakeAll()
    {
        var events = new List<SignalingEvent>();
        while (_queue.TryRead(out SignalingEvent? next))
        {
            events.Add(next);
        }

        return [.. events];
    }
}
