using WebRtcSignaling.Applications;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Groups;

public sealed class GroupTests
{
    private const string Night = "night shift";

    [Test]
    public async Task Clients_group_themselves_only_where_the_application_allows_it()
    {
        using var meeting = new Meeting(new() { Applications = { ["open"] = new() { AllowClientGroups = true } } });
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync(application: "open");
        Assert.That((await ann.Session.Groups.JoinAsync(Night)).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        Assert.That((await ben.Session.Groups.JoinAsync(Night)).IsSuccess, Is.True);
        Assert.That(ann.Session.Groups.Joined, Is.Empty);
        Assert.That(ben.Session.Groups.Joined, Is.EqualTo([Night]));
    }

    [Test]
    public async Task Whoever_asks_for_a_session_s_groups_at_once_gets_the_same_ones()
    {
        using var meeting = new Meeting();
        for (int round = 0; round < 200; round++)
        {
            Peer ann = await meeting.ConnectAsync();
            var asked = new SessionGroups[4];
            Parallel.For(0, asked.Length, i => asked[i] = ann.Session.Groups);
            Assert.That(asked, Is.All.SameAs(ann.Session.Groups));
        }
    }

    [TestCase(false, 2)]
    [TestCase(true, 3)]
    public async Task A_message_reaches_the_group_and_the_sender_only_as_an_echo(bool echo, int hearers)
    {
        using var meeting = new Meeting();
        Peer[] peers = [await meeting.ConnectAsync(), await meeting.ConnectAsync(), await meeting.ConnectAsync()];
        Peer outsider = await meeting.ConnectAsync();
        foreach (Peer peer in peers)
        {
            Assert.That(meeting.Server.Default.AddToGroup(peer.Id, Night).IsSuccess, Is.True);
        }

        Assert.That(await TellAsync(peers[0], "1", echo), Is.Null);
        IReadOnlyList<SignalingEvent>[] heard = [.. peers.Select(peer => peer.Take())];
        var expected = new SignalingEvent.MessageReceived(null, Night, peers[0].Id, null, Text.Bytes("1"));
        Assert.Multiple(() =>
        {
            Assert.That(heard.Count(events => events.Count == 1), Is.EqualTo(hearers));
            Assert.That(heard[0], Has.Count.EqualTo(echo ? 1 : 0));
            var message = (SignalingEvent.MessageReceived)heard[1].Single();
            Assert.That(message with { Data = expected.Data }, Is.EqualTo(expected));
            Assert.That(Text.Of(message.Data), Is.EqualTo("1"));
            Assert.That(heard[2].Single(), Is.SameAs(message), "one object, so that it is encoded once");
            Assert.That(outsider.Take(), Is.Empty);
        });
    }

    [Test]
    public async Task Whoever_is_not_in_the_group_says_nothing_there()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        meeting.Server.Default.AddToGroup(ann.Id, Night);
        Assert.That(await TellAsync(ben, "1"), Is.EqualTo(SignalingErrorCode.NotInGroup));
        meeting.Server.Default.AddToGroup(ben.Id, Night);
        Assert.That(ben.Session.Groups.Leave(Night).IsSuccess, Is.True);
        Assert.That(await TellAsync(ben, "1"), Is.EqualTo(SignalingErrorCode.NotInGroup));
        Assert.That(ben.Session.Groups.Leave(Night).Error?.Code, Is.EqualTo(SignalingErrorCode.NotInGroup));
        Assert.That(ann.Take(), Is.Empty);
    }

    [Test]
    public async Task A_session_is_in_so_many_groups()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxGroups = 2 } });
        Peer ann = await meeting.ConnectAsync();
        SignalingApplication host = meeting.Server.Default;
        Assert.Multiple(() =>
        {
            Assert.That(host.AddToGroup(ann.Id, "a").Error, Is.Null);
            Assert.That(host.AddToGroup(ann.Id, "b").Error, Is.Null);
            Assert.That(host.AddToGroup(ann.Id, "c").Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
            Assert.That(host.AddToGroup(ann.Id, "b").Error, Is.Null, "it is in there already");
            Assert.That(host.RemoveFromGroup(ann.Id, "a").Error, Is.Null);
            Assert.That(host.AddToGroup(ann.Id, "c").Error, Is.Null);
        });
    }

    [TestCase("")]
    [TestCase("a\nb")]
    public async Task A_group_s_name_is_a_name(string group)
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        Assert.That(meeting.Server.Default.AddToGroup(ann.Id, group).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
        Assert.That(ann.Session.Groups.Leave(group).Error?.Code, Is.EqualTo(SignalingErrorCode.NotInGroup));
    }

    [Test]
    public async Task Groups_of_two_applications_share_nothing_but_the_name()
    {
        using var meeting = new Meeting(new() { Applications = { ["other"] = new() } });
        Peer ann = await meeting.ConnectAsync(), far = await meeting.ConnectAsync(application: "other");
        SignalingApplication other = meeting.Server.FindApplication("other")!;
        meeting.Server.Default.AddToGroup(ann.Id, Night);
        other.AddToGroup(far.Id, Night);
        meeting.Server.Default.SendToGroup(Night, Text.Bytes("1"));
        Assert.That((ann.Take().Count, far.Take().Count), Is.EqualTo((1, 0)));
        Assert.That(other.AddToGroup(ann.Id, Night).Error?.Code, Is.EqualTo(SignalingErrorCode.TargetNotFound));
        Assert.That(other.RemoveFromGroup(ann.Id, Night).Error?.Code, Is.EqualTo(SignalingErrorCode.TargetNotFound));
    }

    [Test]
    public async Task A_session_that_has_ended_is_in_no_group()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        meeting.Server.Default.AddToGroup(ann.Id, Night);
        meeting.Server.Default.AddToGroup(ben.Id, Night);
        ann.Session.Dispose();
        Assert.That(await TellAsync(ben, "1"), Is.Null);
        meeting.Server.Default.SendToGroup(Night, Text.Bytes("2"));
        Assert.That((ann.Take().Count, ben.Take().Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task Messages_of_the_host_come_from_nobody()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        meeting.Server.Default.AddToGroup(ann.Id, Night);
        meeting.Server.Default.SendToGroup(Night, Text.Bytes("1"));
        meeting.Server.Default.SendToGroup("nobody's", Text.Bytes("1"));
        Assert.That(ann.Take<SignalingEvent.MessageReceived>().Single().SenderId, Is.Null);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Joining_and_leaving_at_once_leave_the_session_in_or_out_and_not_between(CancellationToken cancellationToken)
    {
        const int Rounds = 200_000;
        using var meeting = new Meeting();
        SignalingApplication host = meeting.Server.Default;
        Peer ann = await meeting.ConnectAsync();
        int between = 0;
        using var barrier = new Barrier(2, _ =>
        {
            host.SendToGroup(Night, Text.Bytes("1"));
            between += ann.Take().Count == ann.Session.Groups.Joined.Count ? 0 : 1;
            host.RemoveFromGroup(ann.Id, Night);
        });
        void Repeat(Action step)
        {
            for (int i = 0; i < Rounds; i++)
            {
                step();
                barrier.SignalAndWait(cancellationToken);
            }
        }

        await Task.WhenAll(
            Task.Run(() => Repeat(() => host.AddToGroup(ann.Id, Night)), cancellationToken),
            Task.Run(() => Repeat(() => host.RemoveFromGroup(ann.Id, Night)), cancellationToken));
        Assert.That(between, Is.Zero);
    }

    private static async Task<string?> TellAsync(Peer sender, string data, bool echo = false) =>
        (await sender.Session.SendMessageAsync(MessageDestination.ToGroup(Night), Text.Bytes(data), echo)).Error?.Code;
}
