using WebRtcSignaling.Applications;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Applications;

public sealed class UserSessionTests
{
    [Test]
    public async Task An_account_that_has_as_many_sessions_as_it_may_is_refused_until_one_ends()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxPerUser = 2 } });
        Peer first = await meeting.ConnectAsync(account: "ann");
        await meeting.ConnectAsync(account: "ann");
        Assert.That((await meeting.TryConnectAsync(new Peer(), account: "ann")).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That((await meeting.TryConnectAsync(new Peer(), account: "ben")).Error, Is.Null, "another account");
        first.Session.Dispose();
        Assert.That((await meeting.TryConnectAsync(new Peer(), account: "ann")).Error, Is.Null);
        Assert.That((await meeting.TryConnectAsync(new Peer(), account: "ann")).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
    }

    [Test]
    public async Task With_replace_the_oldest_session_goes_each_time()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxPerUser = 2, WhenUserIsFull = UserLimitPolicy.Replace } });
        Peer[] peers = [.. await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => meeting.ConnectAsync(account: "ann"))),
            await meeting.ConnectAsync(account: "ann"), await meeting.ConnectAsync(account: "ann")];
        Assert.That(peers.Select(peer => peer.Closes.SingleOrDefault()?.Reason), Is.EqualTo(new SessionCloseReason?[]
        {
            SessionCloseReason.Replaced, SessionCloseReason.Replaced, null, null,
        }));
    }

    [Test]
    public async Task Nobody_known_is_not_counted_and_applications_share_nothing()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxPerUser = 1 }, Applications = { ["other"] = new() } });
        for (int i = 0; i < 5; i++)
        {
            await meeting.ConnectAsync();
        }

        await meeting.ConnectAsync(account: "ann");
        await meeting.ConnectAsync(account: "ann", application: "other");
    }

    [Test]
    public async Task A_session_that_does_not_begin_keeps_no_place()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxPerUser = 1 } });
        Peer holder = await meeting.ConnectAsync(id: "cat");
        for (int i = 0; i < 3; i++)
        {
            Assert.That((await meeting.TryConnectAsync(new Peer(), account: "ann", id: "cat")).Error?.Code, Is.EqualTo(SignalingErrorCode.IdTaken));
        }

        holder.Session.Dispose();
        Assert.That((await meeting.TryConnectAsync(new Peer(), account: "ann", id: "cat")).Error, Is.Null);
    }

    [Test]
    public async Task Whoever_claims_its_own_id_again_takes_its_own_place()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxPerUser = 1 } });
        var request = new SessionRequest { Id = SessionId.Parse("cat"), ReclaimSecret = "s", User = Meeting.User("ann") };
        Assert.That((await meeting.Server.ConnectAsync(request, new Peer())).Error, Is.Null);
        Assert.That((await meeting.Server.ConnectAsync(request, new Peer())).Error, Is.Null);
        Assert.That(meeting.Server.SessionCount, Is.EqualTo(1));
    }

    [TestCase(UserLimitPolicy.Reject)]
    [TestCase(UserLimitPolicy.Replace)]
    public async Task However_many_come_at_once_no_more_stay_than_may(UserLimitPolicy policy)
    {
        using var meeting = new Meeting(new() { Sessions = { MaxPerUser = 3, WhenUserIsFull = policy } });
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => meeting.TryConnectAsync(new Peer(), account: "ann"))));
        Assert.That(meeting.Server.SessionCount, Is.EqualTo(3));
    }

    [Test]
    public async Task An_application_may_have_fewer_rooms_than_others()
    {
        using var meeting = new Meeting(new() { Rooms = { MaxRooms = 5 }, Applications = { ["small"] = new ApplicationOptions { MaxRooms = 1 } } });
        Peer ann = await meeting.ConnectAsync(application: "small"), ben = await meeting.ConnectAsync();
        Assert.That((await ann.CreateAsync("a"), await ann.CreateAsync("b")), Is.EqualTo(((string?)null, SignalingErrorCode.LimitExceeded)));
        Assert.That((await ben.CreateAsync("a"), await ben.CreateAsync("b")), Is.EqualTo(((string?)null, (string?)null)));
        ann.Leave("a");
        Assert.That(await ann.CreateAsync("b"), Is.Null);
    }

    [Test]
    public async Task A_session_that_gets_its_account_later_counts_from_then_on()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxPerUser = 1 } });
        Peer first = await meeting.ConnectAsync(), second = await meeting.ConnectAsync();
        Assert.That((await first.Session.ReauthenticateAsync(default, Meeting.User("ann"))).Error, Is.Null);
        Assert.That((await second.Session.ReauthenticateAsync(default, Meeting.User("ann"))).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That(second.Session.User, Is.Null, "nothing has changed");
        Assert.That((await meeting.TryConnectAsync(new Peer(), account: "ann")).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That((await first.Session.ReauthenticateAsync(default, Meeting.User("ann"))).Error, Is.Null, "it is counted once");

        first.Session.Dispose();
        Assert.That((await second.Session.ReauthenticateAsync(default, Meeting.User("ann"))).Error, Is.Null);
    }

    [Test]
    public async Task With_replace_a_session_that_gets_its_account_later_puts_the_oldest_out()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxPerUser = 1, WhenUserIsFull = UserLimitPolicy.Replace } });
        Peer first = await meeting.ConnectAsync(account: "ann"), second = await meeting.ConnectAsync();
        Assert.That((await second.Session.ReauthenticateAsync(default, Meeting.User("ann"))).Error, Is.Null);
        Assert.That(first.Closes.Single().Reason, Is.EqualTo(SessionCloseReason.Replaced));
        Assert.That(second.Closes, Is.Empty);
    }
}
