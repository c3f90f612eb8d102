using WebRtcSignaling.Authorization;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Authorization;

/// <summary>What a session may do in its rooms once it has proved itself anew.</summary>
[CancelAfter(60_000)]
internal sealed class ReassessmentTests
{
    private static readonly RoomId _tea = RoomId.Parse("tea");

    private readonly HashSet<string> _shutOut = [];
    private AuthorizationDecision _joining = AuthorizationDecision.Allow;
    private AskedAuthorizer _authorizer = null!;
    private Meeting _meeting = null!;
    private Peer _ann = null!;

    [SetUp]
    public async Task MeetAsync()
    {
        _shutOut.Clear();
        _joining = AuthorizationDecision.Allow;
        _authorizer = new AskedAuthorizer(asked =>
            AccountIdentity.Of(asked.User) is { } account && _shutOut.Contains(account) ? AuthorizationDecision.Deny
            : asked.Operation == SignalingOperation.JoinRoom && asked.Room == _tea ? _joining
            : AuthorizationDecision.Allow);
        _meeting = new Meeting(authorizer: _authorizer);
        _ann = await _meeting.ConnectAsync(account: "ann");
        await _ann.CreateAsync("tea");
    }

    [TearDown]
    public void End() => _meeting.Dispose();

    [Test]
    public async Task Every_room_is_asked_about_again_and_nobody_hears_of_what_stays_as_it_was()
    {
        Peer ben = await JoinAsync(AuthorizationDecision.Allow);
        await ben.CreateAsync("milk");
        Clear(ben);
        int before = _authorizer.Asked.Count;
        Assert.That((await ben.Session.ReauthenticateAsync(Text.Bytes("again"))).Error, Is.Null);
        Assert.Multiple(() =>
        {
            Assert.That(
                _authorizer.Asked.Skip(before).Select(asked => (asked.Operation, asked.Room?.Value, asked.IsRenewal, Text.Of(asked.Data))),
                Is.EqualTo(new[]
                {
                    (SignalingOperation.Connect, null, true, "again"),
                    (SignalingOperation.JoinRoom, "tea", true, ""),
                    (SignalingOperation.JoinRoom, "milk", true, ""),
                }));
            Assert.That(_authorizer.Asked.Take(before).Select(asked => asked.IsRenewal), Is.All.False);
            Assert.That(_ann.Take().Concat(ben.Take()), Is.Empty);
            Assert.That(RoleOf(ben, "milk"), Is.EqualTo(RoomRole.Owner), "what the room has given");
        });
    }

    [Test]
    public async Task A_room_that_is_refused_now_is_left_as_after_a_kick()
    {
        Peer ben = await JoinAsync(AuthorizationDecision.Allow);
        _joining = AuthorizationDecision.DenyBecause("The course is over.");
        Assert.That((await ben.Session.ReauthenticateAsync(default)).Error, Is.Null);
        Assert.Multiple(async () =>
        {
            Assert.That(ben.Take(), Is.EqualTo(new[] { new SignalingEvent.RoomLeft(_tea, LeaveReason.Kicked, false, "The course is over.", null) }));
            Assert.That(_ann.Take(), Is.EqualTo(new[] { new SignalingEvent.ClientLeft(_tea, ben.Id, LeaveReason.Kicked) }));
            Assert.That(await ben.JoinAsync("tea"), Is.EqualTo(SignalingErrorCode.NotPermitted));
            Assert.That(ben.Session.IsClosed, Is.False);
        });
    }

    [TestCase(RoomRole.Member, RoomRole.Moderator, RoomRole.Moderator)]
    [TestCase(RoomRole.Moderator, RoomRole.Member, RoomRole.Member)]
    [TestCase(RoomRole.Member, RoomRole.Owner, RoomRole.Moderator, Description = "there is an owner")]
    public async Task Another_role_than_before_is_taken_over(RoomRole before, RoomRole now, RoomRole becomes)
    {
        Peer ben = await JoinAsync(AuthorizationDecision.AllowAs(before));
        _joining = AuthorizationDecision.AllowAs(now);
        await ben.Session.ReauthenticateAsync(default);
        SignalingEvent[] told = [new SignalingEvent.RoleChanged(_tea, ben.Id, becomes)];
        Assert.That(ben.Take(), Is.EqualTo(told));
        Assert.That(_ann.Take(), Is.EqualTo(told));
        Assert.That(RoleOf(ben), Is.EqualTo(becomes));
    }

    [Test]
    public async Task What_the_room_has_given_stays_when_the_app_says_the_same_as_before()
    {
        Peer ben = await JoinAsync(AuthorizationDecision.Allow);
        await _ann.Session.Rooms.SetRoleAsync(_tea, ben.Id, RoomRole.Moderator);
        await ben.Session.ReauthenticateAsync(default);
        await _ann.Session.ReauthenticateAsync(default);
        Assert.That((RoleOf(_ann), RoleOf(ben)), Is.EqualTo((RoomRole.Owner, RoomRole.Moderator)));
    }

    [Test]
    public async Task An_owner_by_the_app_s_word_may_lose_the_part_and_get_it_again()
    {
        AuthorizationDecision decision = AuthorizationDecision.AllowAs(RoomRole.Owner);
        using var meeting = new Meeting(authorizer: new AskedAuthorizer(_ => decision));
        meeting.Server.Default.CreateRoom(_tea, new() { OwnerLeaves = OwnerLeavesPolicy.Keep, EmptyTimeout = null });
        Peer cat = await meeting.ConnectAsync();
        await cat.JoinAsync("tea");
        cat.Take();
        decision = AuthorizationDecision.Allow;
        await cat.Session.ReauthenticateAsync(default);
        Assert.That(cat.Take(), Is.EqualTo(new SignalingEvent[]
        {
            new SignalingEvent.RoleChanged(_tea, cat.Id, RoomRole.Member), new SignalingEvent.OwnerChanged(_tea, null),
        }));
        decision = AuthorizationDecision.AllowAs(RoomRole.Owner);
        await cat.Session.ReauthenticateAsync(default);
        Assert.That(cat.Take(), Is.EqualTo(new SignalingEvent[]
        {
            new SignalingEvent.RoleChanged(_tea, cat.Id, RoomRole.Owner), new SignalingEvent.OwnerChanged(_tea, cat.Id),
        }));
    }

    [Test]
    public async Task A_session_that_turns_out_to_be_of_a_banned_account_is_put_out()
    {
        _meeting.Server.Default.Ban(_tea, new BanRequest { Target = (await JoinAsync(AuthorizationDecision.Allow, "eve")).Id });
        Peer stranger = await JoinAsync(AuthorizationDecision.Allow, account: null);
        await stranger.Session.ReauthenticateAsync(default, Meeting.User("eve"));
        Assert.Multiple(async () =>
        {
            Assert.That(stranger.Take<SignalingEvent.RoomLeft>().Single().Reason, Is.EqualTo(LeaveReason.Banned));
            Assert.That(_ann.Take<SignalingEvent.ClientLeft>().Single().ClientId, Is.EqualTo(stranger.Id));
            Assert.That(await stranger.JoinAsync("tea"), Is.EqualTo(SignalingErrorCode.Banned));
        });
    }

    [Test]
    public async Task A_still_valid_proof_lets_nobody_back_into_a_room_from_which_the_account_is_banned()
    {
        Peer eve = await JoinAsync(AuthorizationDecision.Allow, "eve");
        await _ann.Session.Rooms.BanAsync(_tea, new BanRequest { Target = eve.Id });
        Assert.That((await eve.Session.ReauthenticateAsync(Text.Bytes("valid"))).Error, Is.Null);
        Peer again = await _meeting.ConnectAsync(account: "eve");
        Assert.Multiple(async () =>
        {
            Assert.That(eve.Session.Rooms.Joined, Is.Empty, "proving itself brings nobody back");
            Assert.That(await eve.JoinAsync("tea"), Is.EqualTo(SignalingErrorCode.Banned));
            Assert.That(await again.JoinAsync("tea"), Is.EqualTo(SignalingErrorCode.Banned), "a session of its own does not either");
        });
    }

    [Test]
    public async Task A_kicked_member_is_not_brought_back_by_proving_itself_anew()
    {
        Peer ben = await JoinAsync(AuthorizationDecision.Allow);
        await _ann.KickAsync("tea", ben);
        Clear(ben);
        Assert.That((await ben.Session.ReauthenticateAsync(default)).Error, Is.Null);
        Assert.That(_ann.Take().Concat(ben.Take()), Is.Empty);
        Assert.That(_meeting.Server.Default.FindRoom(_tea)!.Members, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_account_that_the_host_has_removed_and_shut_out_gets_no_session_with_a_valid_proof()
    {
        Peer eve = await JoinAsync(AuthorizationDecision.Allow, "eve");
        _shutOut.Add("eve");
        Assert.That((await eve.Session.ReauthenticateAsync(Text.Bytes("valid"))).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        Assert.That(eve.Session.Rooms.Joined, Has.Count.EqualTo(1), "a refused proof changes nothing: the host decides when to remove it");
        eve.Session.Close(new SessionClose(SessionCloseReason.Removed));
        Assert.That((await _meeting.TryConnectAsync(new Peer(), account: "eve")).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
    }

    private async Task<Peer> JoinAsync(AuthorizationDecision decision, string? account = "ben")
    {
        _joining = decision;
        Peer peer = await _meeting.ConnectAsync(account: account);
        Assert.That(await peer.JoinAsync("tea"), Is.Null);
        Clear(peer);
        return peer;
    }

    private void Clear(Peer peer)
    {
        peer.Take();
        _ann.Take();
    }

    private RoomRole? RoleOf(Peer peer, string room = "tea") =>
        _meeting.Server.Default.FindRoom(RoomId.Parse(room))?.Members.Single(member => member.ClientId == peer.Id).Role;
}
