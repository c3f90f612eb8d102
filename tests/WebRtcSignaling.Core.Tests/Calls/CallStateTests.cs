using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Rooms;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Rooms.Rules;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Calls;

/// <summary>The table above <see cref="Calling"/>, every state with every input, by the party that offers, the one that answers, and an outsider.</summary>
public sealed class CallStateTests
{
    private const string Ok = "";
    private const string NotReady = SignalingErrorCode.CallNotReady;
    private const string NotFound = SignalingErrorCode.CallNotFound;

    private static readonly CallId Call = CallId.Parse("call");

    public enum State
    {
        Ringing,
        Accepted,
        Ended,
    }

    public enum Input
    {
        Accept,
        Reject,
        Busy,
        HangUp,
        TimeOut,
        Leave,
        Vanish,
        Close,
    }

    // ann offers, ben answers, cat is in the same room, eve is not.
    [TestCase(State.Ringing, Input.Accept, "ann", NotReady, State.Ringing)]
    [TestCase(State.Ringing, Input.Accept, "ben", Ok, State.Accepted)]
    [TestCase(State.Ringing, Input.Accept, "cat", NotFound, State.Ringing)]
    [TestCase(State.Ringing, Input.Accept, "eve", NotFound, State.Ringing)]
    [TestCase(State.Ringing, Input.Reject, "ann", NotReady, State.Ringing)]
    [TestCase(State.Ringing, Input.Reject, "ben", Ok, State.Ended)]
    [TestCase(State.Ringing, Input.Reject, "cat", NotFound, State.Ringing)]
    [TestCase(State.Ringing, Input.Busy, "ann", NotReady, State.Ringing)]
    [TestCase(State.Ringing, Input.Busy, "ben", Ok, State.Ended)]
    [TestCase(State.Ringing, Input.HangUp, "ann", Ok, State.Ended)]
    [TestCase(State.Ringing, Input.HangUp, "ben", Ok, State.Ended)]
    [TestCase(State.Ringing, Input.HangUp, "cat", NotFound, State.Ringing)]
    [TestCase(State.Ringing, Input.TimeOut, "", Ok, State.Ended)]
    [TestCase(State.Ringing, Input.Leave, "ann", Ok, State.Ended)]
    [TestCase(State.Ringing, Input.Leave, "ben", Ok, State.Ended)]
    [TestCase(State.Ringing, Input.Leave, "cat", Ok, State.Ringing)]
    [TestCase(State.Ringing, Input.Vanish, "ann", Ok, State.Ended)]
    [TestCase(State.Ringing, Input.Vanish, "ben", Ok, State.Ended)]
    [TestCase(State.Ringing, Input.Close, "", Ok, State.Ended)]
    [TestCase(State.Accepted, Input.Accept, "ann", NotReady, State.Accepted)]
    [TestCase(State.Accepted, Input.Accept, "ben", NotReady, State.Accepted)]
    [TestCase(State.Accepted, Input.Accept, "cat", NotFound, State.Accepted)]
    [TestCase(State.Accepted, Input.Reject, "ann", NotReady, State.Accepted)]
    [TestCase(State.Accepted, Input.Reject, "ben", NotReady, State.Accepted)]
    [TestCase(State.Accepted, Input.Busy, "ben", NotReady, State.Accepted)]
    [TestCase(State.Accepted, Input.HangUp, "ann", Ok, State.Ended)]
    [TestCase(State.Accepted, Input.HangUp, "ben", Ok, State.Ended)]
    [TestCase(State.Accepted, Input.HangUp, "eve", NotFound, State.Accepted)]
    [TestCase(State.Accepted, Input.TimeOut, "", Ok, State.Accepted)]
    [TestCase(State.Accepted, Input.Leave, "ann", Ok, State.Ended)]
    [TestCase(State.Accepted, Input.Leave, "ben", Ok, State.Ended)]
    [TestCase(State.Accepted, Input.Vanish, "ann", Ok, State.Ended)]
    [TestCase(State.Accepted, Input.Vanish, "ben", Ok, State.Ended)]
    [TestCase(State.Accepted, Input.Close, "", Ok, State.Ended)]
    [TestCase(State.Ended, Input.Accept, "ben", NotFound, State.Ended)]
    [TestCase(State.Ended, Input.Reject, "ben", NotFound, State.Ended)]
    [TestCase(State.Ended, Input.Busy, "ben", NotFound, State.Ended)]
    [TestCase(State.Ended, Input.HangUp, "ann", NotFound, State.Ended)]
    [TestCase(State.Ended, Input.HangUp, "ben", NotFound, State.Ended)]
    [TestCase(State.Ended, Input.TimeOut, "", Ok, State.Ended)]
    [TestCase(State.Ended, Input.Leave, "ann", Ok, State.Ended)]
    public void Every_state_takes_every_input(State from, Input input, string by, string refusal, State to)
    {
        RoomScript room = InState(from);
        string? answer = Give(room, input, by);
        Assert.Multiple(() =>
        {
            Assert.That(answer ?? Ok, Is.EqualTo(refusal));
            Assert.That(StateOf(room), Is.EqualTo(to));
            foreach (string party in new[] { "ann", "ben" })
            {
                bool hears = from != State.Ended && to == State.Ended && !(input == Input.Vanish && party == by);
                Assert.That(room.Heard(party).OfType<SignalingEvent.CallEnded>().Count(), Is.EqualTo(hears ? 1 : 0), $"the end, by {party}");
            }

            Assert.That(room.Heard("cat").OfType<SignalingEvent.CallEnded>(), Is.Empty);
            bool accepted = from == State.Ringing && to == State.Accepted;
            Assert.That(room.Heard("ann").Contains(new SignalingEvent.CallAccepted(RoomScript.Room, Call)), Is.EqualTo(accepted));
        });
    }

    [TestCase(Input.Reject, CallEndReason.Rejected, "ben")]
    [TestCase(Input.Busy, CallEndReason.Busy, "ben")]
    [TestCase(Input.HangUp, CallEndReason.Hangup, "ben")]
    [TestCase(Input.TimeOut, CallEndReason.Timeout, null)]
    [TestCase(Input.Leave, CallEndReason.Left, "ben")]
    [TestCase(Input.Vanish, CallEndReason.Left, "ben")]
    [TestCase(Input.Close, CallEndReason.Closed, null)]
    public void Each_end_tells_why_and_who(Input input, CallEndReason reason, string? by)
    {
        RoomScript room = InState(State.Ringing);
        Give(room, input, by ?? "");
        Assert.That(
            room.Heard("ann").OfType<SignalingEvent.CallEnded>(),
            Is.EqualTo([new SignalingEvent.CallEnded(RoomScript.Room, Call, reason, by is null ? null : RoomScript.Id(by))]));
    }

    [Test]
    public void Signals_pass_in_accepted_calls_only_each_party_in_its_part(
        [Values] State state, [Values] SignalKind kind, [Values("ann", "ben", "cat", "eve")] string sender)
    {
        RoomScript room = InState(state);
        SignalingResult<SessionId> routed = default;
        Assert.That(() => routed = Calling.Route(room.State, RoomScript.Id(sender), Call, kind), Throws.Nothing);
        bool isParty = sender is "ann" or "ben";
        bool inPart = kind switch { SignalKind.Offer => sender == "ann", SignalKind.Answer => sender == "ben", _ => true };
        string expected = !isParty || state == State.Ended ? NotFound
            : state == State.Accepted && inPart ? Ok
            : NotReady;
        Assert.That(routed.Error?.Code ?? Ok, Is.EqualTo(expected));
        if (expected == Ok)
        {
            Assert.That(routed.Value, Is.EqualTo(RoomScript.Id(sender == "ann" ? "ben" : "ann")));
        }
    }

    private static RoomScript InState(State state)
    {
        var room = new RoomScript();
        room.Create("ann");
        room.Enter("ben");
        room.Enter("cat");
        room.Do(new RoomCommand.StartCall(RoomScript.Id("ann"), RoomScript.Id("ben"), Call, default, null));
        if (state == State.Accepted)
        {
            Give(room, Input.Accept, "ben");
        }
        else if (state == State.Ended)
        {
            Give(room, Input.HangUp, "ann");
        }

        return room;
    }

    private static string? Give(RoomScript room, Input input, string by)
    {
        switch (input)
        {
            case Input.Accept:
                return room.Do(new RoomCommand.AcceptCall(RoomScript.Id(by), Call));
            case Input.Reject or Input.Busy:
                return room.Do(new RoomCommand.RejectCall(RoomScript.Id(by), Call, input == Input.Busy));
            case Input.HangUp:
                return room.Do(new RoomCommand.HangUp(RoomScript.Id(by), Call));
            case Input.Leave:
                return room.Leave(by);
            case Input.Vanish:
                return room.Leave(by, LeaveReason.Disconnected);
            case Input.Close:
                return room.Do(new RoomCommand.Close(null, null));
            default:
                room.Now += room.State.Rules.Calls.RingTimeout;
                return room.Do(new RoomCommand.Tick());
        }
    }

    private static State StateOf(RoomScript room) => !room.State.Calls.All.TryGetValue(Call, out Call? call) ? State.Ended
        : call.Phase == CallPhase.Accepted ? State.Accepted
        : State.Ringing;
}
