using System.Net;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Resumption;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Resumption;

/// <summary>A session whose client is away, comes back, or does not.</summary>
public sealed class SessionResumptionTests
{
    /// <summary>That of the message boxes.</summary>
    private const int OtherTimers = 1;

    private static readonly TimeSpan _timeout = new SessionOptions().ResumeTimeout;
    private static readonly RoomId _tea = RoomId.Parse("tea");

    [Test]
    public async Task A_suspended_session_keeps_its_place_and_the_others_hear_that_it_is_away_and_that_it_is_back()
    {
        using var meeting = new Meeting();
        (Peer ann, Peer ben) = await MeetAsync(meeting);

        Assert.That(ben.Session.Resumption.Suspend().IsSuccess);
        Assert.Multiple(() =>
        {
            Assert.That(ann.Take(), Is.EqualTo(new SignalingEvent[] { new SignalingEvent.ClientSuspended(_tea, ben.Id) }));
            Assert.That(ben.Take(), Is.Empty, "it is not told of itself");
            Assert.That(ben.Session.Resumption.IsSuspended);
            Assert.That(Member(meeting, ben).Profile.IsSuspended);
        });

        Assert.That(ben.Session.Resumption.Resume().IsSuccess);
        meeting.Clock.Advance(2 * _timeout);
        Assert.Multiple(() =>
        {
            Assert.That(ann.Take(), Is.EqualTo(new SignalingEvent[] { new SignalingEvent.ClientResumed(_tea, ben.Id) }));
            Assert.That(ben.Session.IsClosed, Is.False);
            Assert.That(Member(meeting, ben).Profile.IsSuspended, Is.False);
            Assert.That(meeting.Clock.UndisposedTimers, Is.EqualTo(OtherTimers));
        });
    }

    [Test]
    public async Task What_is_meant_for_a_suspended_session_goes_to_its_sink()
    {
        using var meeting = new Meeting();
        (Peer ann, Peer ben) = await MeetAsync(meeting);
        ben.Session.Resumption.Suspend();

        SignalingResult sent = await ann.Session.SendSignalAsync(_tea, ben.Id, SignalKind.Offer, "1"u8.ToArray());

        Assert.That(sent.IsSuccess);
        Assert.That(ben.Take(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task It_ends_when_its_time_is_over_and_not_before([Values] bool asksAgain)
    {
        using var meeting = new Meeting();
        (Peer ann, Peer ben) = await MeetAsync(meeting);
        ben.Session.Resumption.Suspend(SessionCloseReason.HeartbeatTimeout);
        meeting.Clock.Advance(_timeout / 2);
        if (asksAgain)
        {
            ben.Session.Resumption.Suspend();
        }

        meeting.Clock.Advance((_timeout / 2) - TimeSpan.FromTicks(1));
        Assert.That(ben.Session.IsClosed, Is.False);
        meeting.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Multiple(() =>
        {
            Assert.That(ben.Closes.Select(static close => close.Reason), Is.EqualTo([SessionCloseReason.HeartbeatTimeout]));
            Assert.That(ann.Take().Select(static heard => heard.GetType().Name), Is.EqualTo(["ClientSuspended", "ClientLeft"]));
            Assert.That(ben.Session.Resumption.Resume().Error?.Code, Is.EqualTo(SignalingErrorCode.SessionClosed));
            Assert.That(meeting.Server.SessionCount, Is.EqualTo(1));
            Assert.That(meeting.Clock.UndisposedTimers, Is.EqualTo(OtherTimers));
        });
    }

    [Test]
    public async Task Whoever_joins_meanwhile_sees_that_it_is_away()
    {
        using var meeting = new Meeting();
        (_, Peer ben) = await MeetAsync(meeting);
        ben.Session.Resumption.Suspend();
        Peer cat = await meeting.ConnectAsync();

        await cat.JoinAsync("tea");

        RoomSnapshot seen = cat.Take<SignalingEvent.RoomJoined>().Single().Snapshot;
        Assert.That(seen.Members.Where(static member => member.Profile.IsSuspended).Select(static member => member.ClientId), Is.EqualTo([ben.Id]));
    }

    [Test]
    public async Task A_session_that_is_suspended_while_it_joins_is_seen_to_be_away()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        ann.Take();
        ben.Session.Resumption.Suspend();

        await ben.JoinAsync("tea");

        Assert.That(ann.Take<SignalingEvent.ClientJoined>().Single().Member.Profile.IsSuspended);
        ben.Session.Resumption.Resume();
        Assert.That(ann.Take<SignalingEvent.ClientResumed>(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task With_its_token_a_client_finds_its_session_in_its_application()
    {
        using var meeting = new Meeting(new SignalingOptions { AutoCreateApplications = true });
        Peer ben = await meeting.ConnectAsync(application: "games");
        string token = ben.Session.Resumption.IssueToken()!;
        Assert.That((await FindAsync(meeting, token)).Error?.Code, Is.EqualTo(SignalingErrorCode.NotResumable), "in another application");
        Assert.That((await FindAsync(meeting, token, application: "games")).Value, Is.SameAs(ben.Session));
    }

    [Test]
    public async Task A_token_has_192_bits_and_is_not_the_id_s()
    {
        using var meeting = new Meeting();
        Peer ben = await meeting.ConnectAsync();
        string[] tokens = [.. Enumerable.Range(0, 100).Select(_ => ben.Session.Resumption.IssueToken()!)];
        Assert.That(tokens, Is.Unique.And.All.Matches("^[A-Za-z0-9_-]{32}$"));
        Assert.That(tokens, Has.None.Contains(ben.Id.Value));
    }

    [Test]
    public async Task A_token_is_worth_nothing_once_another_one_is_issued()
    {
        using var meeting = new Meeting();
        Peer ben = await meeting.ConnectAsync();
        string first = ben.Session.Resumption.IssueToken()!;
        string second = ben.Session.Resumption.IssueToken()!;
        Assert.That((await FindAsync(meeting, first)).Error?.Code, Is.EqualTo(SignalingErrorCode.NotResumable));
        Assert.That((await FindAsync(meeting, second)).IsSuccess);
    }

    [Test]
    public async Task A_used_token_stays_good_until_the_client_has_shown_that_it_has_the_next_one([Values] bool byUse)
    {
        using var meeting = new Meeting();
        Peer ben = await meeting.ConnectAsync();
        string first = ben.Session.Resumption.IssueToken()!;
        Assert.That((await FindAsync(meeting, first)).IsSuccess);
        ben.Session.Resumption.IssueToken();
        Assert.That((await FindAsync(meeting, first)).IsSuccess, "the second one may have been lost on the way");
        string third = ben.Session.Resumption.IssueToken()!;
        if (byUse)
        {
            Assert.That((await FindAsync(meeting, third)).IsSuccess);
        }
        else
        {
            ben.Session.Resumption.ConfirmToken();
        }

        Assert.That((await FindAsync(meeting, first)).Error?.Code, Is.EqualTo(SignalingErrorCode.NotResumable));
        Assert.That((await FindAsync(meeting, third)).IsSuccess);
    }

    [TestCase("ann", "ann", true)]
    [TestCase("ann", null, true)]
    [TestCase("ann", "ben", false)]
    [TestCase(null, "ben", false)]
    [TestCase(null, null, true)]
    public async Task Another_account_does_not_get_in_by_a_token(string? account, string? comes, bool isFound)
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(account: account);
        SignalingResult<SignalingSession> found = await FindAsync(meeting, ann.Session.Resumption.IssueToken()!, account: comes);
        Assert.That(found.Error?.Code, Is.EqualTo(isFound ? null : SignalingErrorCode.NotResumable));
    }

    [Test]
    public async Task The_host_app_is_asked_again_and_its_no_ends_the_session()
    {
        bool isWelcome = true;
        var authorizer = new AskedAuthorizer(_ => isWelcome ? AuthorizationDecision.Allow : AuthorizationDecision.Deny);
        using var meeting = new Meeting(authorizer: authorizer);
        Peer ben = await meeting.ConnectAsync();
        string token = ben.Session.Resumption.IssueToken()!;
        ben.Session.Resumption.Suspend();
        isWelcome = false;

        SignalingResult<SignalingSession> found = await FindAsync(meeting, token);

        Assert.Multiple(() =>
        {
            Assert.That(found.Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
            Assert.That(authorizer.Asked[^1].Session, Is.SameAs(ben.Session));
            Assert.That(ben.Closes.Select(static close => close.Reason), Is.EqualTo([SessionCloseReason.Removed]));
        });
    }

    [Test]
    public async Task A_client_that_the_host_puts_out_while_it_is_away_hears_of_it_until_its_time_is_over()
    {
        using var meeting = new Meeting();
        Peer ben = await meeting.ConnectAsync();
        string token = ben.Session.Resumption.IssueToken()!;
        ben.Session.Resumption.Suspend();
        ben.Session.Close(new(SessionCloseReason.Removed));

        Assert.That((await FindAsync(meeting, token)).Error?.Code, Is.EqualTo(SignalingErrorCode.SessionClosed));
        meeting.Clock.Advance(_timeout);
        Assert.That((await FindAsync(meeting, token)).Error?.Code, Is.EqualTo(SignalingErrorCode.NotResumable));
        Assert.That(meeting.Clock.UndisposedTimers, Is.EqualTo(OtherTimers));
    }

    [Test]
    public async Task Nothing_is_left_of_tokens_and_timers_when_a_session_ends_or_the_server_stops([Values] bool stops, [Values] bool isPutOut)
    {
        using var meeting = new Meeting();
        Peer ben = await meeting.ConnectAsync();
        string token = ben.Session.Resumption.IssueToken()!;
        ben.Session.Resumption.Suspend();
        if (!stops || isPutOut)
        {
            ben.Session.Close(new(isPutOut ? SessionCloseReason.Removed : SessionCloseReason.Left));
        }

        if (stops || isPutOut)
        {
            meeting.Server.Stop();
        }

        string expected = stops || isPutOut ? SignalingErrorCode.ServerStopping : SignalingErrorCode.NotResumable;
        Assert.That((await FindAsync(meeting, token)).Error?.Code, Is.EqualTo(expected));
        Assert.That(meeting.Clock.UndisposedTimers, Is.EqualTo(OtherTimers));
        Assert.That(ben.Session.Resumption.IssueToken(), Is.Null);
    }

    [Test]
    public async Task With_a_timeout_of_zero_there_are_no_tokens_and_nobody_is_suspended()
    {
        using var meeting = new Meeting(new SignalingOptions { Sessions = new() { ResumeTimeout = TimeSpan.Zero } });
        Peer ben = await meeting.ConnectAsync();
        Assert.Multiple(() =>
        {
            Assert.That(ben.Session.Resumption.IsEnabled, Is.False);
            Assert.That(ben.Session.Resumption.IssueToken(), Is.Null);
            Assert.That(ben.Session.Resumption.Suspend().Error?.Code, Is.EqualTo(SignalingErrorCode.SessionClosed));
            Assert.That(ben.Session.Resumption.IsSuspended, Is.False);
        });
    }

    [TestCase("-00:00:01")]
    [TestCase("01:00:01")]
    public void A_timeout_out_of_bounds_is_named(string timeout) =>
        Assert.That(
            new SignalingOptions { Sessions = new() { ResumeTimeout = TimeSpan.Parse(timeout, null) } }.Validate(),
            Is.EqualTo(["Sessions:ResumeTimeout must be between 0 and 1 h."]));

    [Test]
    public async Task Of_one_address_no_more_are_suspended_at_once_than_may_be()
    {
        using var meeting = new Meeting(new SignalingOptions { Admission = new() { MaxSuspendedPerAddress = 1 } });
        SignalingSession first = await ConnectFromAsync(meeting, "192.0.2.1");
        SignalingSession second = await ConnectFromAsync(meeting, "192.0.2.1");
        SignalingSession elsewhere = await ConnectFromAsync(meeting, "192.0.2.2");

        Assert.That(first.Resumption.Suspend().IsSuccess);
        Assert.That(second.Resumption.Suspend().Error?.Code, Is.EqualTo(SignalingErrorCode.SessionClosed));
        Assert.That(elsewhere.Resumption.Suspend().IsSuccess);
        first.Resumption.Resume();
        Assert.That(second.Resumption.Suspend().IsSuccess, "there is room again");
        second.Close(new(SessionCloseReason.Left));
        Assert.That(first.Resumption.Suspend().IsSuccess, "and once more");
        meeting.Clock.Advance(_timeout);
        Assert.That(meeting.Server.Admission.Suspended.NetworkCount, Is.Zero);
    }

    [Test]
    public async Task In_process_a_reader_that_comes_back_misses_nothing_and_reads_nothing_twice()
    {
        using var meeting = new Meeting();
        var queue = new SessionEventQueue();
        SignalingSession session = (await meeting.TryConnectAsync(queue)).Value;
        string token = session.Resumption.IssueToken()!;
        Peer ann = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await session.Rooms.JoinAsync(new() { Room = _tea });
        await ann.Session.SendSignalAsync(_tea, session.Id, SignalKind.Offer, "1"u8.ToArray());
        Assert.That(queue.TryRead(out SignalingEvent? joined) && joined is SignalingEvent.RoomJoined);
        session.Resumption.Suspend();
        await ann.Session.SendSignalAsync(_tea, session.Id, SignalKind.Candidate, "2"u8.ToArray());

        SignalingSession found = (await FindAsync(meeting, token)).Value;
        found.Resumption.Resume();

        await ann.Session.SendSignalAsync(_tea, session.Id, SignalKind.EndOfCandidates, "3"u8.ToArray());
        Assert.That(found.Sink, Is.SameAs(queue));
        Assert.That(ReadPayloads(queue), Is.EqualTo(["1", "2", "3"]));
    }

    [Test]
    public async Task Whoever_comes_back_is_let_in_and_charged_by_where_it_comes_from_now()
    {
        bool isAllowed = true;
        using var meeting = new Meeting(
            new() { Admission = { FailuresPerAddress = 1 } },
            new AskedAuthorizer(_ => isAllowed ? AuthorizationDecision.Allow : AuthorizationDecision.Deny));
        SignalingSession first = await ConnectFromAsync(meeting, "203.0.113.7"), second = await ConnectFromAsync(meeting, "203.0.113.7");
        string token = first.Resumption.IssueToken()!, other = second.Resumption.IssueToken()!;
        first.Resumption.Suspend();
        second.Resumption.Suspend();
        meeting.Server.Admission.CountFailedAuthentication(IPAddress.Parse("203.0.113.7"));
        Assert.That((await ResumeFromAsync(meeting, token, "203.0.113.7")).Error?.Code, Is.EqualTo(SignalingErrorCode.TooManyAttempts));
        Assert.That((await ResumeFromAsync(meeting, token, "203.0.113.8")).Value, Is.SameAs(first));

        isAllowed = false;
        Assert.That((await ResumeFromAsync(meeting, other, "203.0.113.9")).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        Assert.That(
            new[] { "203.0.113.8", "203.0.113.9" }.Select(address => meeting.Server.Admission.CheckAuthentication(IPAddress.Parse(address))?.Code),
            Is.EqualTo(new[] { null, SignalingErrorCode.TooManyAttempts }));
    }

    private static async Task<SignalingResult<SignalingSession>> ResumeFromAsync(Meeting meeting, string token, string address) =>
        await meeting.Server.FindResumableAsync(new() { Token = token, RemoteAddress = IPAddress.Parse(address) });

    private static async Task<SignalingSession> ConnectFromAsync(Meeting meeting, string address) =>
        (await meeting.Server.ConnectAsync(new SessionRequest { RemoteAddress = IPAddress.Parse(address) }, new SessionEventQueue())).Value;

    private static IEnumerable<string> ReadPayloads(SessionEventQueue queue)
    {
        while (queue.TryRead(out SignalingEvent? heard))
        {
            yield return heard is SignalingEvent.SignalReceived signal ? Text.Of(signal.Payload) : heard.GetType().Name;
        }
    }

    private static async Task<(Peer Ann, Peer Ben)> MeetAsync(Meeting meeting)
    {
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        ann.Take();
        ben.Take();
        return (ann, ben);
    }

    private static RoomMember Member(Meeting meeting, Peer peer) =>
        meeting.Server.Default.Rooms.Single().Members.Single(member => member.ClientId == peer.Id);

    private static async Task<SignalingResult<SignalingSession>> FindAsync(
        Meeting meeting, string token, string? application = null, string? account = null) =>
        await meeting.Server.FindResumableAsync(new ResumeRequest
        {
            Token = token,
            Application = application,
            User = account is null ? null : Meeting.User(account),
        });
}
