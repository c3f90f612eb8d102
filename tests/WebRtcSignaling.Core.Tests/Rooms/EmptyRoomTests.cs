using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Rooms;

public sealed class EmptyRoomTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly RoomCommand Tick = new RoomCommand.Tick();

    [Test]
    public void With_no_time_to_wait_the_room_closes_with_its_last_member()
    {
        var room = new RoomScript(new() { EmptyTimeout = TimeSpan.Zero });
        room.Create("ann");
        room.Enter("ben");
        room.Leave("ann");
        Assert.That(room.State.IsClosed, Is.False);
        room.Leave("ben");
        Assert.That(room.State.IsClosed, Is.True);
    }

    [Test]
    public void With_a_time_to_wait_the_room_closes_when_it_is_over_and_not_before()
    {
        var room = new RoomScript(new() { EmptyTimeout = Minute });
        room.Create("ann");
        room.Leave("ann");
        Assert.That(room.State.NextDeadline, Is.EqualTo(room.Now + Minute));

        room.Now += Minute - TimeSpan.FromTicks(1);
        room.Do(Tick);
        Assert.That(room.State.IsClosed, Is.False);

        room.Now += TimeSpan.FromTicks(1);
        room.Do(Tick);
        Assert.That(room.State.IsClosed, Is.True);
    }

    [Test]
    public void Somebody_who_comes_in_time_saves_the_room_and_owns_it()
    {
        var room = new RoomScript(new() { EmptyTimeout = Minute });
        room.Create("ann");
        room.Leave("ann");
        room.Now += Minute / 2;
        room.Enter("ben");
        Assert.Multiple(() =>
        {
            Assert.That(room.State.NextDeadline, Is.Null);
            Assert.That(room.Members, Is.EqualTo([("ben", RoomRole.Owner)]));
        });
        room.Now += Minute;
        room.Do(Tick);
        Assert.That(room.State.IsClosed, Is.False);
    }

    [Test]
    public void A_room_without_a_time_stays_for_ever()
    {
        var room = new RoomScript(new() { EmptyTimeout = null });
        room.Enter("ann");
        room.Leave("ann");
        room.Now += TimeSpan.FromDays(10_000);
        room.Do(Tick);
        Assert.That((room.State.IsClosed, room.State.NextDeadline), Is.EqualTo((false, (DateTimeOffset?)null)));
    }

    [TestCase(LeaveReason.Kicked)]
    [TestCase(LeaveReason.Disconnected)]
    public void It_does_not_matter_how_the_last_member_goes(LeaveReason reason)
    {
        var room = new RoomScript();
        room.Create("ann");
        if (reason == LeaveReason.Kicked)
        {
            room.Kick(null, "ann");
        }
        else
        {
            room.Leave("ann", reason);
        }

        Assert.That(room.State.IsClosed, Is.True);
    }

    [Test]
    public void An_update_of_an_empty_room_starts_the_wait_again_with_the_new_time()
    {
        var room = new RoomScript(new() { EmptyTimeout = Minute });
        room.Enter("ann");
        room.Leave("ann");
        room.Now += Minute / 2;
        room.Update(null, new() { EmptyTimeout = 2 * Minute });
        Assert.That(room.State.NextDeadline, Is.EqualTo(room.Now + (2 * Minute)));
    }
}
