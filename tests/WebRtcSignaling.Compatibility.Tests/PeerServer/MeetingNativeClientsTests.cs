using System.Text;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.Tests.PeerServer;

/// <summary>A session of another kind in one room with a client of PHPPeerServer.</summary>
internal sealed class MeetingNativeClientsTests : PeerServerFixture
{
    private SessionEventQueue _queue = null!;

    [SetUp]
    public void OpenQueue() => _queue = new SessionEventQueue();

    [Test]
    public async Task Both_hear_of_each_other_and_what_the_other_says()
    {
        RoomId room = RoomId.Parse(await CreateAsync(A, "\"n\",null"));
        using SignalingSession native = await ConnectAsync();
        Assert.That((await native.Rooms.JoinAsync(new JoinRoomRequest { Room = room })).IsSuccess, Is.True);
        string[] heard = A.Take();
        string call = CallIn(heard[0]);
        Assert.That(heard[1], Is.EqualTo("""["r_joined",{"id":"N"}]"""));

        await native.SendMessageAsync(MessageDestination.ToRoom(room), "{\"a\": 1}"u8.ToArray());
        await A.EmitAsync("""["message",[1, 2]]""");
        await A.EmitAsync($$"""["offer","{{call}}",{"sdp":"o"}]""");
        await native.Calls.SendSignalAsync(CallId.Parse(call), SignalKind.Answer, "{\"sdp\":\"a\"}"u8.ToArray());
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
            Assert.That(
                all.OfType<SignalingEvent.MessageReceived>().Select(e => Encoding.UTF8.GetString(e.Data.Span)),
                Is.EqualTo(new[] { "[1, 2]" }));
            Assert.That(
                all.OfType<SignalingEvent.SignalReceived>().Select(e => Encoding.UTF8.GetString(e.Payload.Span)),
                Is.EqualTo(new[] { """{"sdp":"o"}""" }));
            Assert.That(all.OfType<SignalingEvent.ClientLeft>().Select(e => e.ClientId.Value), Is.EqualTo(new[] { "A" }));
            Assert.That(all.OfType<SignalingEvent.OwnerChanged>().Select(e => e.OwnerId), Is.EqualTo(new[] { native.Id }));
        });
    }

    [Test]
    public async Task In_a_room_without_led_calls_members_are_heard_at_once()
    {
        using SignalingSession native = await ConnectAsync();
        RoomId room = (await native.Rooms.CreateAsync()).Value.Id;
        await A.EmitAsync($"""["join","{room}",null]""");
        await B.EmitAsync($"""["join","{room}",null]""");
        SignalingResult banned = await native.Rooms.BanAsync(room, new BanRequest { Target = SessionId.Parse("B") });
        SignalingResult closed = await native.Rooms.CloseAsync(room);
        Assert.That((banned, closed), Is.EqualTo((SignalingResult.Success, SignalingResult.Success)));
        string[] expected =
        [
            $"""["joined",{Room(room.Value)}]""",
            """["r_joined",{"id":"A"}]""",
            """["r_joined",{"id":"B"}]""",
            """["r_banned",{"id":"B"}]""",
            $"""["left",{Room(room.Value)}]""",
        ];
        Assert.Multiple(() =>
        {
            Assert.That(A.Take(), Is.EqualTo(expected));
            Assert.That(B.Take().Last(), Is.EqualTo($"""["banned",{Room(room.Value)}]"""));
        });
    }

    [Test]
    public async Task Calls_that_a_native_client_starts_end_unheard_since_these_clients_cannot_accept()
    {
        using SignalingSession native = await ConnectAsync();
        RoomId room = (await native.Rooms.CreateAsync()).Value.Id;
        await A.EmitAsync($"""["join","{room}",null]""");
        A.Take();
        SignalingResult<CallId> call = await native.Calls.StartAsync(room, SessionId.Parse("A"));
        await native.SendSignalAsync(room, SessionId.Parse("A"), SignalKind.Offer, "{}"u8.ToArray());
        native.Calls.HangUp(call.Value);
        Heard(A);
    }

    [Test]
    public async Task Who_bans_or_lifts_a_ban_of_a_name_is_heard_only_where_it_puts_members_out()
    {
        using SignalingSession native = await ConnectAsync();
        RoomId room = (await native.Rooms.CreateAsync(setup: new RoomSetup { DisplayName = "n" })).Value.Id;
        await A.EmitAsync($"""["join","{room}",null]""");
        A.Take();
        await native.Rooms.BanAsync(room, new BanRequest { Username = "Eve" });
        await native.Rooms.UnbanAsync(room, null, "Eve");
        Heard(A);
    }

    [Test]
    public async Task A_room_that_is_renamed_or_closed_is_told_as_it_is_by_then()
    {
        using SignalingSession native = await ConnectAsync();
        RoomId room = (await native.Rooms.CreateAsync(setup: new RoomSetup { DisplayName = "n" })).Value.Id;
        await A.EmitAsync($"""["join","{room}",null]""");
        A.Take();
        await native.Rooms.UpdateAsync(room, new RoomUpdate { DisplayName = "m", ServerLedCalls = true });
        await B.EmitAsync($"""["join","{room}",null]""");
        string[] heard = A.Take();
        string call = CallIn(heard[0]);
        Assert.That(heard[1..], Is.EqualTo(new[] { """["r_joined",{"id":"B"}]""" }));
        Server.Default.CloseRoom(room);
        Heard(A, $"""["hangup","{call}"]""", $"""["left",{Room(room.Value, "\"m\"")}]""");
    }

    [Test]
    public async Task A_locked_room_is_full_and_one_that_the_host_forbids_is_banned()
    {
        using SignalingSession native = await ConnectAsync();
        RoomId room = (await native.Rooms.CreateAsync(setup: new RoomSetup { Locked = true })).Value.Id;
        await A.EmitAsync($"""["join","{room}",null]""");
        Heard(A, """["join_full"]""");
        Open(new SignalingServer(authorizer: new DoorKeeper()));
        string forbidden = await CreateAsync(A);
        await B.EmitAsync($"""["join","{forbidden}",null]""");
        Heard(B, """["join_banned"]""");
    }

    [Test]
    public async Task A_room_that_is_about_to_close_and_a_server_that_is_drained_take_nobody_else()
    {
        string closing = await CreateAsync(A);
        Server.Default.DrainRoom(RoomId.Parse(closing));
        await B.EmitAsync($"""["join","{closing}",null]""");
        Assert.That(B.Take()[^1], Is.EqualTo("""["join_full"]"""));
        string last = await CreateAsync(B);
        B.Take();
        Server.BeginDrain();
        await A.EmitAsync($"""["join","{last}",null]""");
        Assert.That(A.Take()[^1], Is.EqualTo("""["join_full"]"""));
    }

    private async Task<SignalingSession> ConnectAsync() =>
        (await Server.ConnectAsync(new SessionRequest { Id = SessionId.Parse("N") }, _queue)).Value;

    private SignalingEvent[] TakeAll()
    {
        var events = new List<SignalingEvent>();
        while (_queue.TryRead(out SignalingEvent? next))
        {
            events.Add(next);
        }

        return [.. events];
    }

    private sealed class DoorKeeper : ISignalingAuthorizer
    {
        public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken) =>
            new(request.Operation == SignalingOperation.JoinRoom ? AuthorizationDecision.Deny : AuthorizationDecision.Allow);
    }
}
