using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Sessions;

public sealed class ProfileTests
{
    [Test]
    public async Task What_a_session_shows_is_heard_in_all_its_rooms_and_by_itself()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync(), cat = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ann.CreateAsync("milk");
        await ben.JoinAsync("tea");
        await cat.JoinAsync("milk");
        Clear(ann, ben, cat);

        await ann.Session.ToggleAsync(MediaResources.Video);
        SignalingEvent.ResourceToggled In(string room) =>
            new(RoomId.Parse(room), ann.Id, MediaResources.Video, true, MediaResources.Video);
        Assert.Multiple(() =>
        {
            Assert.That(ann.Take(), Is.EqualTo([In("tea"), In("milk")]));
            Assert.That(ben.Take(), Is.EqualTo([In("tea")]));
            Assert.That(cat.Take(), Is.EqualTo([In("milk")]));
        });
    }

    [TestCase(new[] { true, true }, 1, true)]
    [TestCase(new[] { false }, 0, false)]
    [TestCase(new[] { true, false }, 2, false)]
    public async Task Setting_what_is_set_already_is_silent(bool[] settings, int heard, bool isOn)
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        foreach (bool enabled in settings)
        {
            Assert.That((await ann.Session.ToggleAsync(MediaResources.Screen, enabled)).IsSuccess, Is.True);
        }

        Assert.That(ann.Take<SignalingEvent.ResourceToggled>(), Has.Count.EqualTo(heard));
        Assert.That(ann.Session.Profile.Media, Is.EqualTo(isOn ? MediaResources.Screen : MediaResources.None));
    }

    [Test]
    public async Task Toggling_flips_each_resource_alone()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        await ann.Session.ToggleAsync(MediaResources.Audio);
        await ann.Session.ToggleAsync(MediaResources.Video);
        await ann.Session.ToggleAsync(MediaResources.Audio);
        Assert.That(ann.Session.Profile.Media, Is.EqualTo(MediaResources.Video));
    }

    [TestCase(MediaResources.None)]
    [TestCase(MediaResources.Audio | MediaResources.Video)]
    [TestCase((MediaResources)16)]
    public async Task Toggling_takes_one_resource(MediaResources resource)
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        Assert.That((await ann.Session.ToggleAsync(resource)).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
        Assert.That(ann.Session.Profile.Media, Is.EqualTo(MediaResources.None));
    }

    [Test]
    public async Task Presence_takes_one_of_the_four_words()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        Assert.That((await ann.Session.SetPresenceAsync(new((PresenceShow)4))).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
        Assert.That(ann.Session.Profile.Presence, Is.Null);
    }

    [TestCase(255, null)]
    [TestCase(256, SignalingErrorCode.InvalidArgument)]
    public async Task A_status_is_a_line_of_up_to_255_characters(int length, string? refusal)
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        Assert.That(await PresentAsync(ann, new('x', length)), Is.EqualTo(refusal));
        Assert.That(await PresentAsync(ann, "two\nlines"), Is.EqualTo(SignalingErrorCode.InvalidArgument));
        Assert.That(await PresentAsync(ann, ""), Is.Null);
    }

    [Test]
    public async Task A_session_s_fields_are_bounded_and_told_to_all_its_rooms()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxFieldBytes = 4 } });
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        Clear(ann, ben);
        Assert.That((await ann.Session.SetFieldsAsync(Fields.Set("a", "1234"))).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That((await ann.Session.SetFieldsAsync(Fields.Set("a", "123"))).IsSuccess, Is.True);
        SignalingEvent[] expected = [new SignalingEvent.SessionFieldsChanged(RoomId.Parse("tea"), ann.Id, ann.Session.Profile.Fields)];
        Assert.That(new[] { ann.Take(), ben.Take() }, Is.All.EqualTo(expected));
        Assert.That(Fields.Show(ann.Session.Profile.Fields), Is.EqualTo("a=123"));
    }

    [Test]
    public async Task The_username_changes_only_outside_of_rooms()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync("Ann");
        Assert.That((await ann.Session.SetUsernameAsync("Anna")).IsSuccess, Is.True);
        await ann.CreateAsync("tea");
        Assert.That((await ann.Session.SetUsernameAsync("Eve")).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        Assert.That(ann.Session.Rooms.Find(RoomId.Parse("tea"))!.Members.Single().Profile.Username, Is.EqualTo("Anna"));
        ann.Leave("tea");
        Assert.That((await ann.Session.SetUsernameAsync("Eve")).IsSuccess, Is.True);
        Assert.That((await ann.Session.SetUsernameAsync("a\0")).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
    }

    [Test]
    public async Task A_newcomer_s_own_profile_goes_with_it()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync("Ben");
        await ann.CreateAsync("tea");
        await ben.Session.ToggleAsync(MediaResources.Microphone);
        await ben.Session.SetPresenceAsync(new(PresenceShow.Xa, "Soon"));
        await ben.Session.SetFieldsAsync(Fields.Set("color", "1"));
        ann.Take();
        await ben.JoinAsync("tea");
        Assert.That(ann.Take<SignalingEvent.ClientJoined>().Single().Member.Profile, Is.EqualTo(new SessionProfile
        {
            Username = "Ben",
            Media = MediaResources.Microphone,
            Presence = new(PresenceShow.Xa, "Soon"),
            Fields = ben.Session.Profile.Fields,
        }));
    }

    private static void Clear(params Peer[] peers)
    {
        foreach (Peer peer in peers)
        {
            peer.Take();
        }
    }

    private static async Task<string?> PresentAsync(Peer peer, string status) =>
        (await peer.Session.SetPresenceAsync(new(PresenceShow.Chat, status))).Error?.Code;
}
