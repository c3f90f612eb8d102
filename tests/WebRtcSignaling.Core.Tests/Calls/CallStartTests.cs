using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Core.Tests.Rooms;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Calls;

public sealed class CallStartTests
{
    [Test]
    public void Both_parties_hear_the_same_call_each_from_its_side()
    {
        RoomScript room = RoomScript.WithFour();
        CallId call = CallId.Create();
        ReadOnlyMemory<byte> data = Text.Bytes("1");
        object correlation = new();
        room.Do(new RoomCommand.StartCall(RoomScript.Id("ann"), RoomScript.Id("ben"), call, data, correlation));
        Assert.Multiple(() =>
        {
            Assert.That(room.Heard("ann"), Is.EqualTo(
                [new SignalingEvent.CallStarted(RoomScript.Room, call, RoomScript.Id("ben"), CallPart.Offer, CallPhase.Ringing, default, correlation)]));
            Assert.That(room.Heard("ben"), Is.EqualTo(
                [new SignalingEvent.CallStarted(RoomScript.Room, call, RoomScript.Id("ann"), CallPart.Answer, CallPhase.Ringing, data, null)]));
            Assert.That(room.Heard("cat"), Is.Empty, "a call is between two");
        });
    }

    [TestCase("ann", "ann", SignalingErrorCode.TargetNotFound)]
    [TestCase("ann", "eve", SignalingErrorCode.TargetNotFound)]
    [TestCase("eve", "ann", SignalingErrorCode.NotInRoom)]
    public void A_call_takes_two_members(string by, string target, string refusal)
    {
        RoomScript room = RoomScript.WithFour();
        Assert.That(Start(room, by, target), Is.EqualTo(refusal));
        Assert.That(room.State.Calls.All, Is.Empty);
    }

    [Test]
    public void A_member_is_in_so_many_client_led_calls_at_once_as_caller_or_called()
    {
        RoomScript room = RoomScript.WithFour(calls: new() { MaxCallsPerMember = 2 });
        room.Enter("eve");
        Assert.Multiple(() =>
        {
            Assert.That(Start(room, "ann", "ben"), Is.Null);
            Assert.That(Start(room, "cat", "ann"), Is.Null, "the second of two");
            Assert.That(Start(room, "ann", "dan"), Is.EqualTo(SignalingErrorCode.LimitExceeded), "the caller's third");
            Assert.That(Start(room, "dan", "ann"), Is.EqualTo(SignalingErrorCode.TargetBusy), "the called one's third");
            room.Leave("cat");
            Assert.That(Start(room, "dan", "ann"), Is.Null, "one has ended");
        });
    }

    [Test]
    public void Server_led_calls_do_not_count_as_a_member_s_own()
    {
        RoomScript room = RoomScript.WithFour(new() { ServerLedCalls = true }, calls: new() { MaxCallsPerMember = 1 });
        Assert.That(Start(room, "ann", "ben"), Is.Null);
        Assert.That(Start(room, "ann", "cat"), Is.EqualTo(SignalingErrorCode.LimitExceeded));
    }

    [Test]
    public void Each_call_rings_for_its_own_time()
    {
        RoomScript room = RoomScript.WithFour();
        TimeSpan ring = room.State.Rules.Calls.RingTimeout;
        DateTimeOffset start = room.Now;
        Start(room, "ann", "ben");
        room.Now += TimeSpan.FromSeconds(1);
        Start(room, "cat", "dan");
        Assert.That(room.State.NextDeadline, Is.EqualTo(start + ring));

        room.Now = start + ring - TimeSpan.FromTicks(1);
        room.Do(new RoomCommand.Tick());
        Assert.That(room.State.Calls.All, Has.Count.EqualTo(2));

        room.Now = start + ring;
        room.Do(new RoomCommand.Tick());
        Assert.Multiple(() =>
        {
            Assert.That(room.Heard("ben"), Has.Count.EqualTo(1));
            Assert.That(room.Heard("dan"), Is.Empty);
            Assert.That(room.State.NextDeadline, Is.EqualTo(start + ring + TimeSpan.FromSeconds(1)));
        });
    }

    [Test]
    public void Whatever_ends_a_call_leaves_nothing_of_it()
    {
        RoomScript room = RoomScript.WithFour();
        for (int i = 0; i < 3; i++)
        {
            Start(room, "ann", "ben");
        }

        foreach (CallId call in room.State.Calls.All.Keys)
        {
            room.Do(new RoomCommand.HangUp(RoomScript.Id("ann"), call));
        }

        Assert.That(
            (room.State.Calls.All.Count, room.State.Calls.CountClientLed(RoomScript.Id("ann")), room.State.NextDeadline),
            Is.EqualTo((0, 0, (DateTimeOffset?)null)));
    }

    private static string? Start(RoomScript room, string by, string target) =>
        room.Do(new RoomCommand.StartCall(RoomScript.Id(by), RoomScript.Id(target), CallId.Create(), default, null));
}
