using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Rooms;

public sealed class BanTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public void A_banned_member_is_put_out_and_everybody_else_hears_it()
    {
        RoomScript room = RoomScript.WithFour();
        DateTimeOffset until = room.Now + Minute;
        room.Do(new RoomCommand.Ban(RoomScript.Id("ben"), new(RoomScript.Id("cat"), null, null, "Enough", until)));
        Assert.Multiple(() =>
        {
            Assert.That(room.Heard("cat"), Is.EqualTo([new SignalingEvent.RoomLeft(RoomScript.Room, LeaveReason.Banned, false, "Enough", null)]));
            Assert.That(room.Heard("dan"), Is.EqualTo(new SignalingEvent[]
            {
                new SignalingEvent.ClientLeft(RoomScript.Room, RoomScript.Id("cat"), LeaveReason.Banned),
                new SignalingEvent.ClientBanned(RoomScript.Room, RoomScript.Id("cat"), null, until),
            }));
        });
    }

    [Test]
    public void A_ban_meets_the_session_the_account_and_the_username_of_whoever_was_put_out()
    {
        var room = new RoomScript();
        room.Create("ann");
        room.Enter("cat", username: "Cat", account: "account-7");
        room.Ban("ann", "cat");
        Assert.Multiple(() =>
        {
            Assert.That(room.Enter("cat"), Is.EqualTo(SignalingErrorCode.Banned), "the session");
            Assert.That(room.Enter("cat2", username: "cAT"), Is.EqualTo(SignalingErrorCode.Banned), "the username, whatever its case");
            Assert.That(room.Enter("cat3", account: "account-7"), Is.EqualTo(SignalingErrorCode.Banned), "the account");
            Assert.That(room.Enter("cat4", account: "ACCOUNT-7"), Is.Null, "accounts are compared exactly");
            Assert.That(room.Enter("CAT"), Is.Null, "and so are sessions");
        });
    }

    [Test]
    public void A_ban_of_a_nameless_member_meets_no_other_nameless_one()
    {
        RoomScript room = RoomScript.WithFour();
        room.Ban("ann", "cat");
        Assert.That(room.Enter("eve"), Is.Null);
    }

    [Test]
    public void A_ban_of_a_username_puts_out_all_who_carry_it()
    {
        var room = new RoomScript();
        room.Create("ann");
        room.Enter("cat", username: "Cat");
        room.Enter("dan", username: "Dan");
        room.Enter("eve", username: "CAT");
        room.Do(new RoomCommand.Ban(RoomScript.Id("ann"), new(null, "cat", null, null, null)));
        Assert.Multiple(() =>
        {
            Assert.That(room.Members.Select(member => member.Name), Is.EqualTo(["ann", "dan"]));
            Assert.That(room.Heard("dan"), Is.EqualTo(new SignalingEvent[]
            {
                new SignalingEvent.ClientLeft(RoomScript.Room, RoomScript.Id("cat"), LeaveReason.Banned),
                new SignalingEvent.ClientLeft(RoomScript.Room, RoomScript.Id("eve"), LeaveReason.Banned),
                new SignalingEvent.ClientBanned(RoomScript.Room, null, "cat", null),
            }));
        });
    }

    [Test]
    public void A_ban_of_an_account_puts_out_all_of_its_sessions_and_tells_nobody_which_account()
    {
        var room = new RoomScript();
        room.Create("ann");
        room.Enter("cat", account: "account-7");
        room.Enter("dan");
        room.Do(new RoomCommand.Ban(null, new(null, null, "account-7", null, null)));
        Assert.That(room.Members.Select(member => member.Name), Is.EqualTo(["ann", "dan"]));
        Assert.That(room.Heard("dan")[^1], Is.EqualTo(new SignalingEvent.ClientBanned(RoomScript.Room, null, null, null)));
    }

    [Test]
    public void A_ban_that_would_put_out_an_equal_puts_out_nobody()
    {
        var room = new RoomScript();
        room.Create("ann");
        room.Enter("ben", RoomRole.Moderator, username: "Twin");
        room.Enter("cat", username: "twin");
        Assert.Multiple(() =>
        {
            Assert.That(room.Do(new RoomCommand.Ban(RoomScript.Id("ben"), new(null, "Twin", null, null, null))),
                Is.EqualTo(SignalingErrorCode.NotPermitted));
            Assert.That(room.Members.Count(), Is.EqualTo(3));
            Assert.That(room.State.Bans, Is.Empty);
        });
    }

    [Test]
    public void A_ban_is_over_at_its_time_and_not_before()
    {
        RoomScript room = RoomScript.WithFour();
        room.Ban("ann", "cat", room.Now + Minute);
        room.Now += Minute - TimeSpan.FromTicks(1);
        Assert.That(room.Enter("cat"), Is.EqualTo(SignalingErrorCode.Banned));
        Assert.That(room.Error!.RetryAfter, Is.EqualTo(TimeSpan.FromTicks(1)));
        room.Now += TimeSpan.FromTicks(1);
        Assert.That(room.Enter("cat"), Is.Null);
    }

    [Test]
    public void A_ban_without_an_end_says_nothing_of_coming_back()
    {
        RoomScript room = RoomScript.WithFour();
        room.Ban("ann", "cat");
        room.Now += TimeSpan.FromDays(10_000);
        Assert.That((room.Enter("cat"), room.Error?.RetryAfter), Is.EqualTo((SignalingErrorCode.Banned, (TimeSpan?)null)));
    }

    [Test]
    public void Nobody_is_banned_twice_unless_the_first_ban_is_over()
    {
        RoomScript room = RoomScript.WithFour();
        room.Ban("ann", "cat", room.Now + Minute);
        Assert.That(room.Ban("ann", "cat"), Is.EqualTo(SignalingErrorCode.AlreadyBanned));
        room.Now += Minute;
        Assert.That(room.Ban("ann", "cat"), Is.Null);
        Assert.That(room.State.Bans, Has.Count.EqualTo(1), "the old one is forgotten");
    }

    [TestCase("Cat", "cAT", SignalingErrorCode.AlreadyBanned)]
    [TestCase("Cat", "Dog", null)]
    public void A_username_is_banned_once(string first, string second, string? refusal)
    {
        RoomScript room = RoomScript.WithFour();
        room.Do(new RoomCommand.Ban(null, new(null, first, null, null, null)));
        Assert.That(room.Do(new RoomCommand.Ban(null, new(null, second, null, null, null))), Is.EqualTo(refusal));
    }

    [Test]
    public void A_room_holds_so_many_bans_and_forgets_those_that_are_over()
    {
        RoomScript room = RoomScript.WithFour(rooms: new() { MaxBans = 2 });
        room.Ban("ann", "x", room.Now + Minute);
        Assert.Multiple(() =>
        {
            Assert.That(room.Ban("ann", "y"), Is.Null, "the second of two");
            Assert.That(room.Ban("ann", "cat"), Is.EqualTo(SignalingErrorCode.LimitExceeded), "the third");
            Assert.That(room.Members.Select(member => member.Name), Has.Member("cat"), "and nobody is put out for it");
            room.Now += Minute;
            Assert.That(room.Ban("ann", "cat"), Is.Null, "the first is over");
        });
    }

    [Test]
    public void Unbanning_lets_in_again_and_everybody_hears_it()
    {
        RoomScript room = RoomScript.WithFour();
        room.Ban("ann", "cat");
        Assert.That(room.Do(new RoomCommand.Unban(RoomScript.Id("ben"), RoomScript.Id("cat"), null)), Is.Null);
        Assert.Multiple(() =>
        {
            Assert.That(room.Heard("dan"), Is.EqualTo([new SignalingEvent.ClientUnbanned(RoomScript.Room, RoomScript.Id("cat"), null)]));
            Assert.That(room.Enter("cat"), Is.Null);
        });
    }

    [Test]
    public void Unbanning_a_username_lifts_every_ban_that_meets_it()
    {
        var room = new RoomScript();
        room.Create("ann");
        room.Enter("cat", username: "Cat");
        room.Ban("ann", "cat");
        room.Do(new RoomCommand.Ban(null, new(null, "CAT", null, null, null)));
        Assert.That(room.Do(new RoomCommand.Unban(null, null, "cat")), Is.Null);
        Assert.That(room.State.Bans, Is.Empty);
    }

    [TestCase("eve", null)]
    [TestCase(null, "Eve")]
    [TestCase(null, null)]
    public void Whoever_is_not_banned_cannot_be_unbanned(string? target, string? username)
    {
        RoomScript room = RoomScript.WithFour();
        room.Ban("ann", "cat");
        Assert.That(
            room.Do(new RoomCommand.Unban(null, target is null ? null : RoomScript.Id(target), username)),
            Is.EqualTo(SignalingErrorCode.NotBanned));
    }

    [Test]
    public void A_ban_that_is_over_cannot_be_lifted()
    {
        RoomScript room = RoomScript.WithFour();
        room.Ban("ann", "cat", room.Now + Minute);
        room.Now += Minute;
        Assert.That(room.Do(new RoomCommand.Unban(null, RoomScript.Id("cat"), null)), Is.EqualTo(SignalingErrorCode.NotBanned));
    }
}
