using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Rooms;

public sealed class SpeakingTests
{
    private static readonly ReadOnlyMemory<byte> Hello = Text.Bytes("\"hello\"");
    private static readonly string[] All = ["ann", "ben", "cat", "dan"];

    [TestCase("cat", null, false, new[] { "ann", "ben", "dan" })]
    [TestCase("cat", null, true, new[] { "ann", "ben", "cat", "dan" })]
    [TestCase("cat", "ann", false, new[] { "ann" })]
    [TestCase("cat", "ann", true, new[] { "ann" })]
    [TestCase(null, null, true, new[] { "ann", "ben", "cat", "dan" })]
    [TestCase(null, null, false, new[] { "ann", "ben", "cat", "dan" })]
    [TestCase(null, "dan", false, new[] { "dan" })]
    public void A_message_reaches_those_it_is_for(string? by, string? target, bool echo, string[] hearers)
    {
        RoomScript room = RoomScript.WithFour();
        SessionId? sender = by is null ? null : RoomScript.Id(by), to = target is null ? null : RoomScript.Id(target);
        room.Do(new RoomCommand.SendMessage(sender, to, Hello, echo));
        var expected = new SignalingEvent.MessageReceived(RoomScript.Room, null, sender, to, Hello);
        Assert.Multiple(() =>
        {
            foreach (string name in All)
            {
                Assert.That(room.Heard(name), hearers.Contains(name) ? Is.EqualTo([expected]) : Is.Empty, name);
            }
        });
    }

    [TestCase("cat", "eve", SignalingErrorCode.TargetNotFound)]
    [TestCase("cat", "cat", SignalingErrorCode.TargetNotFound)]
    [TestCase("eve", "cat", SignalingErrorCode.NotInRoom)]
    [TestCase(null, "eve", SignalingErrorCode.TargetNotFound)]
    public void A_message_to_one_takes_another_member(string? by, string target, string refusal)
    {
        RoomScript room = RoomScript.WithFour();
        var command = new RoomCommand.SendMessage(by is null ? null : RoomScript.Id(by), RoomScript.Id(target), Hello, false);
        Assert.That(room.Do(command), Is.EqualTo(refusal));
        Assert.That(room.Error!.TargetId, Is.EqualTo(by == "eve" ? "cat" : target), "the refusal says whom it is about");
    }

    [Test]
    public void A_change_of_media_is_told_once_for_each_resource_to_all()
    {
        RoomScript room = RoomScript.WithFour();
        Show(room, "cat", new() { Media = MediaResources.Audio | MediaResources.Video });
        Show(room, "cat", new() { Media = MediaResources.Video | MediaResources.Screen });
        MediaResources now = MediaResources.Video | MediaResources.Screen;
        Assert.That(All.Select(room.Heard), Is.All.EqualTo(new SignalingEvent[]
        {
            new SignalingEvent.ResourceToggled(RoomScript.Room, RoomScript.Id("cat"), MediaResources.Audio, false, now),
            new SignalingEvent.ResourceToggled(RoomScript.Room, RoomScript.Id("cat"), MediaResources.Screen, true, now),
        }));
    }

    [Test]
    public void A_change_of_presence_is_told_to_all_and_a_repetition_to_nobody()
    {
        RoomScript room = RoomScript.WithFour();
        var presence = new Presence(PresenceShow.Dnd, "On stage");
        Show(room, "cat", new() { Presence = presence });
        Assert.That(
            All.Select(room.Heard),
            Is.All.EqualTo(new[] { new SignalingEvent.PresenceChanged(RoomScript.Room, RoomScript.Id("cat"), presence, room.State.Members[RoomScript.Id("cat")]) }));
        Show(room, "cat", new() { Presence = presence with { } });
        Assert.That(All.Select(room.Heard), Is.All.Empty);
    }

    [Test]
    public void A_newcomer_sees_what_the_others_show()
    {
        RoomScript room = RoomScript.WithFour();
        var profile = new SessionProfile { Media = MediaResources.Screen, Presence = new(PresenceShow.Away) };
        Show(room, "cat", profile);
        room.Enter("eve");
        var joined = (SignalingEvent.RoomJoined)room.Heard("eve").Single();
        Assert.That(joined.Snapshot.Members[2].Profile, Is.EqualTo(profile));
    }

    [Test]
    public void Somebody_who_is_not_in_the_room_shows_nothing_there()
    {
        RoomScript room = RoomScript.WithFour();
        Assert.That(
            room.Do(new RoomCommand.ChangeProfile(RoomScript.Id("eve"), SessionProfile.Empty)),
            Is.EqualTo(SignalingErrorCode.NotInRoom));
    }

    [Test]
    public void Fields_of_the_room_and_of_members_are_kept_apart_and_told_to_all()
    {
        RoomScript room = RoomScript.WithFour();
        room.Do(new RoomCommand.SetRoomFields(RoomScript.Id("ben"), Fields.Set("a", "1")));
        Assert.That(All.Select(room.Heard), Is.All.EqualTo(new[] { new SignalingEvent.RoomFieldsChanged(RoomScript.Room, room.State.Fields) }));
        room.Do(new RoomCommand.SetMemberFields(RoomScript.Id("cat"), Fields.Set("a", "2")));
        FieldMap ofCat = room.State.Members[RoomScript.Id("cat")].Fields;
        Assert.Multiple(() =>
        {
            Assert.That(
                All.Select(room.Heard),
                Is.All.EqualTo(new[] { new SignalingEvent.MemberFieldsChanged(RoomScript.Room, RoomScript.Id("cat"), ofCat, room.State.Members[RoomScript.Id("cat")]) }));
            Assert.That((Fields.Show(room.State.Fields), Fields.Show(ofCat)), Is.EqualTo(("a=1", "a=2")));
            Assert.That(room.State.Members[RoomScript.Id("dan")].Fields, Is.Empty);
        });
    }

    [Test]
    public void Fields_past_the_limit_are_refused_and_the_old_ones_stay()
    {
        RoomScript room = RoomScript.WithFour(rooms: new() { MaxFieldBytes = 4 });
        room.Do(new RoomCommand.SetRoomFields(null, Fields.Set("a", "123")));
        room.Do(new RoomCommand.SetMemberFields(RoomScript.Id("cat"), Fields.Set("a", "123")));
        Assert.Multiple(() =>
        {
            Assert.That(room.Do(new RoomCommand.SetRoomFields(null, Fields.Set("a", "1234"))), Is.EqualTo(SignalingErrorCode.LimitExceeded));
            Assert.That(
                room.Do(new RoomCommand.SetMemberFields(RoomScript.Id("cat"), Fields.Set("b", ""))),
                Is.EqualTo(SignalingErrorCode.LimitExceeded));
            Assert.That(Fields.Show(room.State.Fields), Is.EqualTo("a=123"));
            Assert.That(Fields.Show(room.State.Members[RoomScript.Id("cat")].Fields), Is.EqualTo("a=123"));
        });
    }

    private static void Show(RoomScript room, string name, SessionProfile profile) =>
        room.Do(new RoomCommand.ChangeProfile(RoomScript.Id(name), profile));
}
