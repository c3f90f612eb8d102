using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Sessions;

/// <summary>An id that is claimed again by a secret.</summary>
public sealed class ReclaimTests
{
    [Test]
    public async Task With_the_same_secret_the_new_session_takes_the_place_of_the_old_one()
    {
        using var meeting = new Meeting();
        Peer old = new(), young = new();
        Assert.That((await ClaimAsync(meeting, old, "secret")).Value.IsReclaimed, Is.False);
        Peer ben = await meeting.ConnectAsync();
        await old.CreateAsync("tea", new RoomSetup { OwnerLeaves = OwnerLeavesPolicy.HandOver });
        await ben.JoinAsync("tea");
        ben.Take();
        SignalingResult<SignalingSession> again = await ClaimAsync(meeting, young, "secret");
        Assert.Multiple(() =>
        {
            Assert.That(again.Value.IsReclaimed, Is.True);
            Assert.That(old.Closes.Select(static close => close.Reason), Is.EqualTo([SessionCloseReason.Replaced]));
            Assert.That(ben.Take<SignalingEvent.ClientLeft>(), Has.Count.EqualTo(1), "the old one leaves its rooms");
            Assert.That(meeting.Server.Default.FindSession(SessionId.Parse("ann")), Is.SameAs(again.Value));
            Assert.That(meeting.Server.SessionCount, Is.EqualTo(2));
        });
    }

    [TestCase("secret", "Secret")]
    [TestCase("secret", null)]
    [TestCase(null, "secret")]
    [TestCase(null, null)]
    [TestCase("", "")]
    public async Task With_another_secret_or_none_the_id_is_taken(string? first, string? second)
    {
        using var meeting = new Meeting();
        Peer old = new();
        await ClaimAsync(meeting, old, first);
        Assert.That((await ClaimAsync(meeting, new Peer(), second)).Error?.Code, Is.EqualTo(SignalingErrorCode.IdTaken));
        Assert.That(old.Closes, Is.Empty);
    }

    [Test]
    public async Task An_id_that_has_been_given_up_is_free_for_any_secret()
    {
        using var meeting = new Meeting();
        Peer old = new();
        await ClaimAsync(meeting, old, "secret");
        old.Session.Dispose();
        Assert.That((await ClaimAsync(meeting, new Peer(), "other")).Value.IsReclaimed, Is.False);
    }

    [Test]
    public async Task A_full_server_lets_a_client_come_back()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxSessions = 1 } });
        await ClaimAsync(meeting, new Peer(), "secret");
        Assert.That((await ClaimAsync(meeting, new Peer(), "secret")).IsSuccess, Is.True);
        Assert.That(meeting.Server.SessionCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Of_many_claims_at_once_one_stays()
    {
        using var meeting = new Meeting();
        Peer[] peers = [.. Enumerable.Range(0, 50).Select(static _ => new Peer())];
        await Task.WhenAll(peers.Select(peer => Task.Run(() => ClaimAsync(meeting, peer, "secret"))));
        Assert.That(peers.Count(static peer => peer.Closes.Count == 0), Is.EqualTo(1));
        Assert.That(peers.Select(static peer => peer.Closes.Count), Is.All.LessThanOrEqualTo(1));
        Assert.That(meeting.Server.SessionCount, Is.EqualTo(1));
        Assert.That(meeting.Server.Default.Sessions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task One_that_is_leaving_keeps_its_id_until_it_has_left_and_is_not_replaced()
    {
        using var meeting = new Meeting();
        using var leaving = new SemaphoreSlim(0);
        using var mayLeave = new SemaphoreSlim(0);
        Peer old = new(), young = new();
        await ClaimAsync(meeting, old, "secret");
        await old.CreateAsync("tea", new RoomSetup { OwnerLeaves = OwnerLeavesPolicy.HandOver });
        using SignalingSession slow = (await meeting.TryConnectAsync(new SlowSink(leaving, mayLeave))).Value;
        await slow.Rooms.JoinAsync(new() { Room = RoomId.Parse("tea") });
        Task end = Task.Run(old.Session.Dispose);
        await leaving.WaitAsync();
        Task<SignalingResult<SignalingSession>> claim = Task.Run(() => ClaimAsync(meeting, young, "secret"));
        Assert.That((await ClaimAsync(meeting, new Peer(), "other")).Error?.Code, Is.EqualTo(SignalingErrorCode.IdTaken));
        Assert.That(claim.IsCompleted, Is.False);
        mayLeave.Release();
        await end;
        Assert.That((await claim).Value.IsReclaimed, Is.False);
        Assert.That(old.Closes.Select(static close => close.Reason), Is.EqualTo([SessionCloseReason.Left]));
    }

    [Test]
    public void A_request_does_not_show_its_secret() =>
        Assert.That(new SessionRequest { ReclaimSecret = "hidden" }.ToString(), Does.Not.Contain("hidden"));

    private static async Task<SignalingResult<SignalingSession>> ClaimAsync(Meeting meeting, Peer peer, string? secret) =>
        await meeting.Server.ConnectAsync(new() { Id = SessionId.Parse("ann"), ReclaimSecret = secret }, peer);

    /// <summary>Holds up whoever leaves a room that it is in, as no sink should.</summary>
    private sealed class SlowSink(SemaphoreSlim leaving, SemaphoreSlim mayLeave) : ISessionSink
    {
        public void OnOpened(SignalingSession session)
        {
        }

        public void OnEvent(SignalingEvent signalingEvent)
        {
            if (signalingEvent is SignalingEvent.ClientLeft)
            {
                leaving.Release();
                Assert.That(mayLeave.Wait(TimeSpan.FromSeconds(30)), Is.True);
            }
        }

        public void OnSignal(in Signal signal)
        {
        }

        public void OnClosed(SessionClose close)
        {
        }
    }
}
