using System.Security.Claims;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Authorization;

/// <summary>An authentication that holds for a while.</summary>
[CancelAfter(60_000)]
internal sealed class ExpiryTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly SignalingOptions _options = new();
    private AuthorizationDecision _decision = AuthorizationDecision.Allow;
    private Meeting _meeting = null!;
    private int _timersBefore;

    [SetUp]
    public void Meet()
    {
        _options.Sessions.CloseOnExpiry = true;
        _decision = AuthorizationDecision.Allow;
        _meeting = new Meeting(_options, new AskedAuthorizer(_ => _decision));
        _timersBefore = _meeting.Clock.UndisposedTimers;
    }

    [TearDown]
    public void End() => _meeting.Dispose();

    private DateTimeOffset Now => _meeting.Clock.GetUtcNow();

    /// <summary>How many more timers there are than without sessions.</summary>
    private int Timers => _meeting.Clock.UndisposedTimers - _timersBefore;

    [Test]
    public async Task A_session_ends_when_its_authentication_expires()
    {
        Peer ann = await ConnectForAsync(_minute);
        Assert.That(ann.Session.AuthenticationExpiresAt, Is.EqualTo(Now + _minute));
        _meeting.Clock.Advance(_minute - TimeSpan.FromTicks(1));
        Assert.That(ann.Session.IsClosed, Is.False);
        _meeting.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(ann.Closes, Is.EqualTo(new[] { new SessionClose(SessionCloseReason.AuthenticationExpired) }));
        Assert.That(Timers, Is.Zero);
    }

    [Test]
    public async Task One_that_proves_itself_anew_goes_on_until_the_new_time()
    {
        Peer ann = await ConnectForAsync(_minute);
        _meeting.Clock.Advance(_minute / 2);
        _decision = AuthorizationDecision.Allow with { ExpiresAt = Now + (2 * _minute) };
        Assert.That((await ann.Session.ReauthenticateAsync(Text.Bytes("x"))).Error, Is.Null);
        Assert.That(ann.Session.AuthenticationExpiresAt, Is.EqualTo(Now + (2 * _minute)));
        _meeting.Clock.Advance(_minute);
        Assert.That(ann.Session.IsClosed, Is.False);
        _meeting.Clock.Advance(_minute);
        Assert.That(ann.Session.IsClosed, Is.True);
    }

    [Test]
    public async Task A_refused_proof_and_one_without_a_time_leave_the_time_as_it_is()
    {
        Peer ann = await ConnectForAsync(_minute);
        DateTimeOffset? before = ann.Session.AuthenticationExpiresAt;
        _decision = AuthorizationDecision.Deny;
        Assert.That((await ann.Session.ReauthenticateAsync(default)).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        _decision = AuthorizationDecision.Allow;
        Assert.That((await ann.Session.ReauthenticateAsync(default)).Error, Is.Null);
        Assert.That(ann.Session.AuthenticationExpiresAt, Is.EqualTo(before));
        _meeting.Clock.Advance(_minute);
        Assert.That(ann.Session.IsClosed, Is.True);
    }

    [Test]
    public async Task A_time_that_has_passed_is_a_refusal()
    {
        _decision = AuthorizationDecision.Allow with { ExpiresAt = Now };
        var late = new Peer();
        Assert.That((await _meeting.TryConnectAsync(late)).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        Assert.That((late.Openings, _meeting.Server.SessionCount), Is.EqualTo((0, 0)));
        Peer ann = await ConnectForAsync(_minute);
        _decision = AuthorizationDecision.Allow with { ExpiresAt = Now };
        Assert.That((await ann.Session.ReauthenticateAsync(default)).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
    }

    [Test]
    public async Task The_app_s_time_outranks_that_of_the_request()
    {
        var request = new SessionRequest { AuthenticationExpiresAt = Now + _minute };
        SignalingSession own = (await _meeting.Server.ConnectAsync(request, new Peer())).Value;
        _decision = AuthorizationDecision.Allow with { ExpiresAt = Now + (5 * _minute) };
        SignalingSession given = (await _meeting.Server.ConnectAsync(request, new Peer())).Value;
        _meeting.Clock.Advance(_minute);
        Assert.That((own.IsClosed, given.IsClosed), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Where_it_is_off_the_time_is_told_and_nothing_ends()
    {
        _options.Sessions.CloseOnExpiry = false;
        Peer ann = await ConnectForAsync(_minute);
        _meeting.Clock.Advance(2 * _minute);
        Assert.That((ann.Session.IsClosed, ann.Session.AuthenticationExpiresAt), Is.EqualTo((false, (DateTimeOffset?)(Now - _minute))));
        Assert.That(Timers, Is.Zero);
    }

    [Test]
    public async Task A_session_that_never_expires_has_no_timer_and_one_that_ends_leaves_none()
    {
        Peer ann = await _meeting.ConnectAsync();
        Assert.That((ann.Session.AuthenticationExpiresAt, Timers), Is.EqualTo(((DateTimeOffset?)null, 0)));
        Peer ben = await ConnectForAsync(_minute);
        Assert.That(Timers, Is.EqualTo(1));
        ben.Session.Dispose();
        Assert.That(Timers, Is.Zero);
    }

    [Test]
    public async Task A_time_further_off_than_a_timer_can_wait_is_met()
    {
        Peer ann = await ConnectForAsync(TimeSpan.FromDays(100));
        _meeting.Clock.Advance(TimeSpan.FromDays(99));
        Assert.That(ann.Session.IsClosed, Is.False);
        _meeting.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(ann.Session.IsClosed, Is.True);
    }

    [Test]
    public async Task The_app_may_say_whose_the_session_is_and_renew_its_claims_but_not_change_its_account()
    {
        _decision = AuthorizationDecision.Allow with { User = Meeting.User("ann") };
        Peer ann = await _meeting.ConnectAsync();
        Assert.That(AccountIdentity.Of(ann.Session.User), Is.EqualTo("ann"));
        var teacher = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "ann"), new(ClaimTypes.Role, "teacher")], "test"));
        _decision = AuthorizationDecision.Allow with { User = teacher };
        Assert.That((await ann.Session.ReauthenticateAsync(default)).Error, Is.Null);
        Assert.That(ann.Session.User, Is.SameAs(teacher));
        _decision = AuthorizationDecision.Allow with { User = Meeting.User("ben") };
        Assert.That((await ann.Session.ReauthenticateAsync(default)).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        _decision = AuthorizationDecision.Allow;
        Assert.That((await ann.Session.ReauthenticateAsync(default, Meeting.User("ben"))).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        Assert.That(ann.Session.User, Is.SameAs(teacher));
    }

    private async Task<Peer> ConnectForAsync(TimeSpan time)
    {
        _decision = AuthorizationDecision.Allow with { ExpiresAt = Now + time };
        return await _meeting.ConnectAsync();
    }
}
