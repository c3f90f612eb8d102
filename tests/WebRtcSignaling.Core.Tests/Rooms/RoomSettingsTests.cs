using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Rooms.Rules;

namespace WebRtcSignaling.Core.Tests.Rooms;

public sealed class RoomSettingsTests
{
    private static readonly RoomOptions Options = new() { MaxMembers = 10, MaxEmptyTimeout = TimeSpan.FromMinutes(5) };

    private static IEnumerable<TestCaseData> Setups()
    {
        yield return Case("name of 64", new() { DisplayName = new('x', 64) }, true);
        yield return Case("name of 65", new() { DisplayName = new('x', 65) }, false);
        yield return Case("name with a line break", new() { DisplayName = "a\nb" }, false);
        yield return Case("capacity 0", new() { Capacity = 0 }, false);
        yield return Case("capacity 1", new() { Capacity = 1 }, true);
        yield return Case("capacity at the limit", new() { Capacity = 10 }, true);
        yield return Case("capacity past the limit", new() { Capacity = 11 }, false);
        yield return Case("capacity below zero", new() { Capacity = int.MinValue }, false);
        yield return Case("empty timeout below zero", new() { EmptyTimeout = TimeSpan.FromTicks(-1) }, false);
        yield return Case("empty timeout at the limit", new() { EmptyTimeout = TimeSpan.FromMinutes(5) }, true);
        yield return Case("empty timeout past the limit", new() { EmptyTimeout = TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1) }, false);
        yield return Case("policy that does not exist", new() { OwnerLeaves = (OwnerLeavesPolicy)3 }, false);
        yield return Case("password of 128", new() { Password = new('x', 128) }, true);
        yield return Case("password of 129", new() { Password = new('x', 129) }, false);
    }

    [TestCaseSource(nameof(Setups))]
    public void A_new_room_is_set_up_within_the_documented_bounds(RoomSetup setup, bool isValid)
    {
        SignalingResult<RoomState> room = Arranging.Create(RoomScript.Room, setup, null, new(Options, new()));
        Assert.That(room.Error?.Code, Is.EqualTo(isValid ? null : SignalingErrorCode.InvalidArgument));
    }

    [TestCaseSource(nameof(Setups))]
    public void A_room_is_changed_within_the_same_bounds_or_stays_as_it_is(RoomSetup setup, bool isValid)
    {
        RoomScript room = RoomScript.WithFour(rooms: Options);
        RoomSettings before = room.State.Settings;
        var changes = new RoomUpdate
        {
            DisplayName = setup.DisplayName,
            Password = setup.Password,
            Capacity = setup.Capacity,
            EmptyTimeout = setup.EmptyTimeout,
            OwnerLeaves = setup.OwnerLeaves,
        };
        Assert.That(room.Update("ann", changes), Is.EqualTo(isValid ? null : SignalingErrorCode.InvalidArgument));
        if (!isValid)
        {
            Assert.That(room.State.Settings, Is.SameAs(before));
        }
    }

    [Test]
    public void What_is_left_out_takes_the_server_s_default()
    {
        var options = new RoomOptions { MaxMembers = 7, OwnerLeaves = OwnerLeavesPolicy.Keep };
        RoomSettings settings = new RoomScript(rooms: options).State.Settings;
        Assert.That(settings, Is.EqualTo(new RoomSettings { Capacity = 7, OwnerLeaves = OwnerLeavesPolicy.Keep, EmptyTimeout = TimeSpan.Zero }));
    }

    [Test]
    public void An_update_changes_what_it_names_and_everybody_hears_all_settings()
    {
        RoomScript room = RoomScript.WithFour(new() { DisplayName = "Tea", Capacity = 5 });
        room.Update("ann", new() { Hidden = true, ServerLedCalls = true, OwnerLeaves = OwnerLeavesPolicy.Close, Capacity = 2 });
        var expected = new RoomSettings
        {
            DisplayName = "Tea",
            Capacity = 2,
            Hidden = true,
            OwnerLeaves = OwnerLeavesPolicy.Close,
            EmptyTimeout = TimeSpan.Zero,
            ServerLedCalls = true,
        };
        Assert.Multiple(() =>
        {
            Assert.That(room.State.Settings, Is.EqualTo(expected));
            Assert.That(
                new[] { "ann", "ben", "cat", "dan" }.Select(room.Heard),
                Is.All.EqualTo(new[] { new SignalingEvent.RoomUpdated(RoomScript.Room, expected) }));
            Assert.That(room.State.Members, Has.Count.EqualTo(4), "members above the capacity stay");
        });
    }

    [Test]
    public void An_empty_display_name_or_password_takes_it_away()
    {
        RoomScript room = RoomScript.WithFour(new() { DisplayName = "Tea" });
        room.Update("ann", new() { Password = "sugar" });
        Assert.That(room.State.Settings.HasPassword, Is.True);
        room.Update("ann", new() { DisplayName = "", Password = "" });
        Assert.Multiple(() =>
        {
            Assert.That((room.State.Settings.DisplayName, room.State.Settings.HasPassword), Is.EqualTo(((string?)null, false)));
            Assert.That(room.State.Password, Is.Null);
            Assert.That(room.State.Members, Has.Count.EqualTo(4), "members stay");
        });
    }

    [Test]
    public void An_update_that_says_nothing_of_the_password_keeps_it()
    {
        RoomPassword password = RoomPassword.Hash("sugar");
        var room = new RoomScript(password: password);
        room.Update(null, new() { Hidden = true });
        Assert.That((room.State.Password, room.State.Settings.HasPassword), Is.EqualTo((password, true)));
    }

    [TestCase("ann", null)]
    [TestCase("ben", null)]
    [TestCase("cat", SignalingErrorCode.NotPermitted)]
    public void By_default_owners_and_moderators_lock(string by, string? refusal)
    {
        RoomScript room = RoomScript.WithFour();
        Assert.That(room.Update(by, new() { Locked = true }), Is.EqualTo(refusal));
        Assert.That(room.State.Settings.Locked, Is.EqualTo(refusal is null));
    }

    private static TestCaseData Case(string name, RoomSetup setup, bool isValid) =>
        new TestCaseData(setup, isValid).SetArgDisplayNames(name);
}
