using WebRtcSignaling.Authorization;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests;

[CancelAfter(60_000)]
public sealed class SignalingServerTests
{
    [Test]
    public async Task A_session_gets_an_unguessable_id_and_the_default_application()
    {
        using var meeting = new Meeting(new() { DefaultApplication = "main" });
        Peer ann = await meeting.ConnectAsync("Ann"), ben = await meeting.ConnectAsync();
        Assert.Multiple(() =>
        {
            Assert.That(ann.Id, Is.Not.EqualTo(ben.Id));
            Assert.That(ann.Id.Value, Does.Match("^[A-Za-z0-9_-]{22}$"));
            Assert.That((ann.Session.Application, meeting.Server.Default.Name), Is.EqualTo(("main", "main")));
            Assert.That((ann.Session.Profile.Username, ben.Session.Profile.Username), Is.EqualTo(("Ann", (string?)null)));
            Assert.That((ann.Openings, meeting.Server.SessionCount), Is.EqualTo((1, 2)));
        });
    }

    [TestCase("", SignalingErrorCode.InvalidArgument)]
    [TestCase("a\nb", SignalingErrorCode.InvalidArgument)]
    public async Task A_username_is_a_name(string username, string refusal)
    {
        using var meeting = new Meeting();
        Assert.That((await meeting.TryConnectAsync(new Peer(), username)).Error?.Code, Is.EqualTo(refusal));
        Assert.That((await meeting.TryConnectAsync(new Peer(), new('x', 64))).Error, Is.Null);
        Assert.That((await meeting.TryConnectAsync(new Peer(), new('x', 65))).Error?.Code, Is.EqualTo(refusal));
    }

    [Test]
    public async Task A_claimed_id_is_taken_until_its_session_ends_and_only_in_its_application()
    {
        using var meeting = new Meeting(new() { Applications = { ["other"] = new() } });
        Peer ann = await meeting.ConnectAsync(id: "me");
        Assert.That((await meeting.TryConnectAsync(new Peer(), id: "me")).Error?.Code, Is.EqualTo(SignalingErrorCode.IdTaken));
        Assert.That(meeting.Server.SessionCount, Is.EqualTo(1));
        await meeting.ConnectAsync(id: "me", application: "other");
        Assert.That(meeting.Server.Default.FindSession(SessionId.Parse("me")), Is.SameAs(ann.Session));
        ann.Session.Dispose();
        await meeting.ConnectAsync(id: "me");
    }

    [Test]
    public async Task Whoever_claims_a_taken_id_gets_no_session_also_when_two_claim_it_at_once(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting();
        await meeting.ConnectAsync(id: "me");
        var late = new Peer();
        await meeting.TryConnectAsync(late, id: "me");
        Assert.That(late.Openings, Is.Zero);
        for (int round = 0; round < 500; round++)
        {
            Peer[] peers = [new(), new()];
            SignalingResult<SignalingSession>[] results = await Task.WhenAll(
                peers.Select(peer => Task.Run(() => meeting.TryConnectAsync(peer, id: "you"), cancellationToken)));
            int winner = results[0].IsSuccess ? 0 : 1;
            Assert.That(results[1 - winner].Error?.Code, Is.EqualTo(SignalingErrorCode.IdTaken));
            Assert.That((peers[winner].Openings, peers[winner].Closes.Count), Is.EqualTo((1, 0)));
            Assert.That(peers[1 - winner].Closes, Has.Count.EqualTo(peers[1 - winner].Openings), "what was opened is closed");
            results[winner].Value.Dispose();
            Assert.That(meeting.Server.SessionCount, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_server_holds_so_many_sessions_in_all_applications_together()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxSessions = 2 }, Applications = { ["other"] = new() } });
        Peer ann = await meeting.ConnectAsync();
        await meeting.ConnectAsync(application: "other");
        var third = new Peer();
        Assert.That((await meeting.TryConnectAsync(third)).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That((third.Openings, meeting.Server.SessionCount), Is.EqualTo((0, 2)));
        ann.Session.Dispose();
        Assert.That((await meeting.TryConnectAsync(third)).Error, Is.Null);
    }

    [TestCase(false, "new", SignalingErrorCode.ApplicationNotExists)]
    [TestCase(true, "new", null)]
    [TestCase(true, "a\nb", SignalingErrorCode.ApplicationNotExists)]
    [TestCase(true, "", SignalingErrorCode.ApplicationNotExists)]
    [TestCase(false, "configured", null)]
    public async Task An_unknown_application_is_created_only_where_that_is_allowed(bool autoCreate, string application, string? refusal)
    {
        using var meeting = new Meeting(new() { AutoCreateApplications = autoCreate, Applications = { ["configured"] = new() } });
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: application)).Error?.Code, Is.EqualTo(refusal));
        Assert.That(meeting.Server.FindApplication(application) is not null, Is.EqualTo(refusal is null));
    }

    [Test]
    public async Task There_are_so_many_applications()
    {
        using var meeting = new Meeting(new() { AutoCreateApplications = true, MaxApplications = 2 });
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "two")).Error, Is.Null);
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "three")).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "two")).Error, Is.Null, "one that exists");
        Assert.That(meeting.Server.Applications, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Stopping_ends_every_session_once_and_takes_no_new_one()
    {
        using var meeting = new Meeting(new() { Applications = { ["other"] = new() } });
        Peer[] peers = [await meeting.ConnectAsync(), await meeting.ConnectAsync(), await meeting.ConnectAsync(application: "other")];
        await peers[0].CreateAsync("tea");
        await peers[1].JoinAsync("tea");
        meeting.Server.Stop();
        meeting.Server.Stop();
        Assert.Multiple(() =>
        {
            Assert.That(peers.Select(peer => peer.Closes), Is.All.Count.EqualTo(1));
            Assert.That((meeting.Server.IsStopping, meeting.Server.SessionCount, meeting.Server.Default.Rooms.Count), Is.EqualTo((true, 0, 0)));
        });
        Assert.That((await meeting.TryConnectAsync(new Peer())).Error?.Code, Is.EqualTo(SignalingErrorCode.ServerStopping));
    }

    [Test]
    public async Task A_session_that_connects_while_the_server_stops_is_refused_and_ends(CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var meeting = new Meeting(authorizer: new AskedAuthorizer(async (_, _) =>
        {
            asked.SetResult();
            await answer.Task;
            return AuthorizationDecision.Allow;
        }));
        var ann = new Peer();
        Task<SignalingResult<SignalingSession>> connecting = meeting.TryConnectAsync(ann);
        await asked.Task.WaitAsync(cancellationToken);
        meeting.Server.Stop();
        answer.SetResult();
        SignalingResult<SignalingSession> result = await connecting.WaitAsync(cancellationToken);
        Assert.Multiple(() =>
        {
            Assert.That(result.Error?.Code, Is.EqualTo(SignalingErrorCode.ServerStopping));
            Assert.That(ann.Closes, Has.Count.EqualTo(ann.Openings), "what was opened is closed");
            Assert.That((meeting.Server.SessionCount, meeting.Server.Default.Sessions.Count), Is.EqualTo((0, 0)));
        });
    }

    [Test]
    public async Task Stopping_ends_the_wait_for_a_decision_that_never_comes(CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var meeting = new Meeting(authorizer: new AskedAuthorizer(async (_, cancelled) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
            return AuthorizationDecision.Allow;
        }));
        Task<SignalingResult<SignalingSession>> connecting = meeting.TryConnectAsync(new Peer());
        await asked.Task.WaitAsync(cancellationToken);
        meeting.Server.Stop();
        Assert.That((await connecting.WaitAsync(cancellationToken)).Error?.Code, Is.EqualTo(SignalingErrorCode.ServerStopping));
    }

    [Test]
    public async Task Storms_of_connecting_while_the_server_stops_leave_no_session(CancellationToken cancellationToken)
    {
        for (int round = 0; round < 200; round++)
        {
            using var meeting = new Meeting();
            Peer[] peers = [.. Enumerable.Range(0, 8).Select(_ => new Peer())];
            Task connecting = Task.WhenAll(peers.Select(peer => Task.Run(() => meeting.TryConnectAsync(peer), cancellationToken)));
            meeting.Server.Stop();
            await connecting.WaitAsync(cancellationToken);
            Assert.That((meeting.Server.SessionCount, meeting.Server.Default.Sessions.Count), Is.EqualTo((0, 0)));
            Assert.That(peers.Select(peer => peer.Closes.Count), Is.EqualTo(peers.Select(peer => peer.Openings)));
        }
    }

    [Test]
    public async Task Disposing_twice_is_as_good_as_once()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        meeting.Server.Dispose();
        Assert.That(meeting.Server.Dispose, Throws.Nothing);
        Assert.That(ann.Closes, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_session_needs_a_request_and_a_sink()
    {
        using var meeting = new Meeting();
        Assert.That(async () => await meeting.Server.ConnectAsync(null!, new Peer()), Throws.ArgumentNullException);
        Assert.That(async () => await meeting.Server.ConnectAsync(new(), null!), Throws.ArgumentNullException);
    }

    [Test]
    public async Task The_server_needs_nothing_else_to_work()
    {
        using var server = new SignalingServer();
        var queue = new SessionEventQueue();
        using SignalingSession session = (await server.ConnectAsync(new(), queue)).Value;
        Assert.That((await session.Rooms.CreateAsync()).IsSuccess, Is.True);
        Assert.That(queue.TryRead(out SignalingEvent? heard), Is.True);
        Assert.That(heard, Is.TypeOf<SignalingEvent.RoomCreated>());
    }
}
