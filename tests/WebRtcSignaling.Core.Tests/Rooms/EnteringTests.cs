using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Rooms;

public sealed class EnteringTests
{
    [Test]
    public void The_creator_is_the_owner_and_hears_that_it_created_the_room()
    {
        var room = new RoomScript(new() { DisplayName = "Tea time" });
        Assert.That(room.Create("ann"), Is.Null);
        var created = (SignalingEvent.RoomCreated)room.Heard("ann").Single();
        Assert.Multiple(() =>
        {
            Assert.That(created.Snapshot.OwnerId, Is.EqualTo(RoomScript.Id("ann")));
            Assert.That(created.Snapshot.Members.Single().Role, Is.EqualTo(RoomRole.Owner));
            Assert.That(created.Snapshot.Members.Single().JoinedAt, Is.EqualTo(room.Now));
            Assert.That(created.Snapshot.Settings.DisplayName, Is.EqualTo("Tea time"));
        });
    }

    [Test]
    public void A_newcomer_hears_the_whole_room_and_the_others_hear_of_the_newcomer()
    {
        RoomScript room = RoomScript.WithFour();
        room.Enter("eve", username: "Eve");
        var joined = (SignalingEvent.RoomJoined)room.Heard("eve").Single();
        Assert.Multiple(() =>
        {
            Assert.That(joined.IsNew, Is.False);
            Assert.That(joined.Snapshot.Members.Select(member => member.ClientId.Value), Is.EqualTo(["ann", "ben", "cat", "dan", "eve"]));
            foreach (string other in new[] { "ann", "ben", "cat", "dan" })
            {
                var told = (SignalingEvent.ClientJoined)room.Heard(other).Single();
                Assert.That((told.Member.ClientId.Value, told.Member.Profile.Username, told.Member.Role), Is.EqualTo(("eve", "Eve", RoomRole.Member)));
            }
        });
    }

    [Test]
    public void Nobody_enters_twice()
    {
        RoomScript room = RoomScript.WithFour();
        Assert.That(room.Enter("cat"), Is.EqualTo(SignalingErrorCode.AlreadyInRoom));
    }

    [Test]
    public void The_capacity_is_the_most_members()
    {
        RoomScript room = RoomScript.WithFour(new() { Capacity = 5 });
        Assert.Multiple(() =>
        {
            Assert.That(room.Enter("eve"), Is.Null, "the fifth of five");
            Assert.That(room.Enter("fay"), Is.EqualTo(SignalingErrorCode.RoomFull), "the sixth");
            room.Leave("eve");
            Assert.That(room.Enter("fay"), Is.Null, "the fifth again");
        });
    }

    [Test]
    public void A_locked_room_lets_nobody_in_but_its_creator()
    {
        var room = new RoomScript(new() { Locked = true });
        Assert.Multiple(() =>
        {
            Assert.That(room.Create("ann"), Is.Null);
            Assert.That(room.Enter("ben"), Is.EqualTo(SignalingErrorCode.RoomLocked));
        });
    }

    // PHPPeerServer's clients see the difference: password, then full, then banned, then locked.
    [TestCase(true, true, true, true, SignalingErrorCode.WrongPassword)]
    [TestCase(false, true, true, true, SignalingErrorCode.RoomFull)]
    [TestCase(false, false, true, true, SignalingErrorCode.Banned)]
    [TestCase(false, false, false, true, SignalingErrorCode.RoomLocked)]
    [TestCase(false, false, false, false, null)]
    public void Of_several_reasons_to_refuse_the_first_in_order_is_told(bool wrong, bool full, bool banned, bool locked, string? expected)
    {
        RoomPassword password = RoomPassword.Hash("sugar");
        var room = new RoomScript(password: password);
        room.EnterWith("ann", password, isRight: true);
        room.EnterWith("ben", password, isRight: true);
        if (banned)
        {
            room.Ban(null, "eve");
        }

        room.Update(null, new() { Locked = locked, Capacity = full ? 2 : 3 });
        Assert.That(room.EnterWith("eve", password, isRight: !wrong), Is.EqualTo(expected));
    }

    [Test]
    public void A_password_that_was_changed_since_the_guess_was_checked_refuses_the_right_guess()
    {
        RoomPassword old = RoomPassword.Hash("sugar");
        var room = new RoomScript(password: old);
        room.Update(null, new() { Password = "milk" });
        Assert.That(room.EnterWith("ann", old, isRight: true), Is.EqualTo(SignalingErrorCode.WrongPassword));
    }

    [Test]
    public void A_password_that_was_taken_away_since_the_guess_was_checked_lets_the_wrong_guess_in()
    {
        RoomPassword old = RoomPassword.Hash("sugar");
        var room = new RoomScript(password: old);
        room.Update(null, new() { Password = "" });
        Assert.That(room.EnterWith("ann", old, isRight: false), Is.Null);
    }

    [Test]
    public void A_password_that_was_set_since_the_guess_was_not_asked_for_refuses_and_gives_back_nothing()
    {
        var room = new RoomScript();
        room.Update(null, new() { Password = "sugar" });
        GuessBucket before = room.State.Guesses;
        Assert.That(room.Enter("ann"), Is.EqualTo(SignalingErrorCode.WrongPassword));
        Assert.That(room.State.Guesses, Is.EqualTo(before));
    }

    [Test]
    public void A_room_with_a_password_lets_its_creator_in_without_a_guess()
    {
        var room = new RoomScript(password: RoomPassword.Hash("sugar"));
        GuessBucket before = room.State.Guesses;
        Assert.That(room.Create("ann"), Is.Null);
        Assert.That(room.State.Guesses, Is.EqualTo(before));
    }

    [Test]
    public void A_room_that_waits_for_an_owner_makes_its_first_member_the_owner()
    {
        var room = new RoomScript();
        room.Enter("ann");
        room.Enter("ben");
        Assert.That(room.Members, Is.EqualTo([("ann", RoomRole.Owner), ("ben", RoomRole.Member)]));
        Assert.That(room.State.OwnerId, Is.EqualTo(RoomScript.Id("ann")));
    }

    [TestCase(OwnerLeavesPolicy.Keep)]
    [TestCase(OwnerLeavesPolicy.Close)]
    public void A_room_that_does_not_hand_over_makes_nobody_the_owner_by_itself(OwnerLeavesPolicy policy)
    {
        var room = new RoomScript(new() { OwnerLeaves = policy });
        room.Enter("ann");
        Assert.That(room.Members, Is.EqualTo([("ann", RoomRole.Member)]));
    }

    [Test]
    public void Nobody_who_joins_members_becomes_the_owner_before_them()
    {
        RoomScript room = RoomScript.WithFour();
        room.SetRole(null, "ann", RoomRole.Member);
        room.Enter("eve");
        Assert.That((room.State.OwnerId, room.State.Members[RoomScript.Id("eve")].Role), Is.EqualTo(((SessionId?)null, RoomRole.Member)));
    }

    [Test]
    public void Members_hear_of_an_owner_that_the_host_app_sends()
    {
        var room = new RoomScript(new() { OwnerLeaves = OwnerLeavesPolicy.Keep });
        room.Enter("ben");
        room.Enter("ann", RoomRole.Owner);
        Assert.That(room.Heard("ben").Skip(1), Is.EqualTo([new SignalingEvent.OwnerChanged(RoomScript.Room, RoomScript.Id("ann"))]));
        Assert.That(room.Heard("ann"), Has.Count.EqualTo(1), "the newcomer sees it in its own join");
    }

    [TestCase(RoomRole.Member, RoomRole.Member)]
    [TestCase(RoomRole.Moderator, RoomRole.Moderator)]
    [TestCase(RoomRole.Owner, RoomRole.Moderator)]
    public void The_host_app_gives_the_role_but_there_is_one_owner_at_most(RoomRole given, RoomRole expected)
    {
        var room = new RoomScript();
        room.Create("ann");
        room.Enter("ben", given);
        Assert.That(room.Members, Is.EqualTo([("ann", RoomRole.Owner), ("ben", expected)]));
    }

    [Test]
    public void The_host_app_may_send_the_owner_into_a_room_that_has_none()
    {
        var room = new RoomScript(new() { OwnerLeaves = OwnerLeavesPolicy.Keep });
        room.Enter("ann", RoomRole.Owner);
        Assert.That(room.Members, Is.EqualTo([("ann", RoomRole.Owner)]));
    }

    [Test]
    public void With_server_led_calls_each_older_member_offers_to_the_newcomer_in_order()
    {
        RoomScript room = RoomScript.WithFour(new() { ServerLedCalls = true });
        room.Enter("eve");
        SignalingEvent.CallStarted[] calls = [.. room.Heard("eve").Skip(1).Cast<SignalingEvent.CallStarted>()];
        Assert.Multiple(() =>
        {
            Assert.That(room.Heard("eve")[0], Is.TypeOf<SignalingEvent.RoomJoined>(), "first of all it hears who is there");
            Assert.That(calls.Select(call => call.PeerId.Value), Is.EqualTo(["ann", "ben", "cat", "dan"]));
            Assert.That(calls.Select(call => (call.Part, call.Phase)), Is.All.EqualTo((CallPart.Answer, CallPhase.Accepted)));
            foreach (SignalingEvent.CallStarted call in calls)
            {
                IReadOnlyList<SignalingEvent> older = room.Heard(call.PeerId.Value);
                Assert.That(older[0], Is.TypeOf<SignalingEvent.ClientJoined>(), "nobody hears of a call before its peer joined");
                Assert.That(older[1], Is.EqualTo(call with { PeerId = RoomScript.Id("eve"), Part = CallPart.Offer }));
                Assert.That(older, Has.Count.EqualTo(2));
            }
        });
    }

    [Test]
    public void A_join_past_the_room_s_server_led_calls_finds_the_room_full()
    {
        var calls = new CallOptions { MaxServerLedCallsPerRoom = 3 };
        var room = new RoomScript(new() { ServerLedCalls = true }, calls: calls);
        room.Create("ann");
        Assert.Multiple(() =>
        {
            Assert.That(room.Enter("ben"), Is.Null, "1 call");
            Assert.That(room.Enter("cat"), Is.Null, "3 calls");
            Assert.That(room.Enter("dan"), Is.EqualTo(SignalingErrorCode.RoomFull), "6 calls");
            room.Leave("cat");
            Assert.That(room.Enter("dan"), Is.Null, "3 calls again");
        });
    }

    [Test]
    public void Calls_that_members_started_leave_the_room_for_server_led_ones()
    {
        var room = new RoomScript(new() { ServerLedCalls = true }, calls: new() { MaxServerLedCallsPerRoom = 1 });
        room.Create("ann");
        room.Enter("ben");
        room.Do(new RoomCommand.StartCall(RoomScript.Id("ann"), RoomScript.Id("ben"), CallId.Create(), default, null));
        room.Leave("ben");
        Assert.That((room.State.Calls.All.Count, room.State.Calls.ServerLed, room.Enter("ben")), Is.EqualTo((0, 0, (string?)null)));
    }
}
