using System.Net;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Authorization;

/// <summary>Whoever goes away while the host app is asked is refused nothing, whatever the host app's database throws when it is canceled.</summary>
internal sealed class AbandonedQuestionTests
{
    private static readonly IPAddress Here = IPAddress.Parse("203.0.113.7");

    private SignalingOperation? _abandoned;
    private Action _abandon = () => { };
    private CollectedLogs _logs = null!;
    private Meeting _meeting = null!;

    [SetUp]
    public void Start()
    {
        _abandoned = null;
        _logs = new();
        _meeting = new(
            authorizer: new AskedAuthorizer(
                (asked, token) => asked.Operation == _abandoned ? throw Failure(token) : ValueTask.FromResult(AuthorizationDecision.Allow)),
            iceServers: new Provider(token => _abandoned == SignalingOperation.GetIceServers ? throw Failure(token) : []),
            logs: _logs);
    }

    [TearDown]
    public void End()
    {
        _meeting.Dispose();
        _logs.Dispose();
    }

    [Test]
    public async Task Clients_that_leave_while_they_connect_do_not_bar_their_address()
    {
        _abandoned = SignalingOperation.Connect;
        for (int i = 0; i < 25; i++)
        {
            using var left = new CancellationTokenSource();
            _abandon = left.Cancel;
            SignalingResult<SignalingSession> result = await _meeting.Server.ConnectAsync(new() { RemoteAddress = Here }, new Peer(), left.Token);
            Assert.That(result.Error?.Code, Is.EqualTo(SignalingErrorCode.SessionClosed));
        }

        _abandoned = null;
        Assert.That((await _meeting.Server.ConnectAsync(new() { RemoteAddress = Here }, new Peer())).Error, Is.Null);
        Assert.That(_logs.Lines, Has.None.StartsWith("Error"));
    }

    [Test]
    public async Task A_session_outlives_a_connection_that_is_lost_while_it_is_resumed()
    {
        Peer ann = await _meeting.ConnectAsync();
        string token = ann.Session.Resumption.IssueToken()!;
        ann.Session.Resumption.Suspend();
        using var lost = new CancellationTokenSource();
        (_abandoned, _abandon) = (SignalingOperation.Connect, lost.Cancel);
        SignalingResult<SignalingSession> found = await _meeting.Server.FindResumableAsync(new() { Token = token }, lost.Token);
        Assert.That((found.Error?.Code, ann.Session.IsClosed), Is.EqualTo((SignalingErrorCode.SessionClosed, false)));

        _abandoned = null;
        Assert.That((await _meeting.Server.FindResumableAsync(new() { Token = token })).Value, Is.SameAs(ann.Session));
    }

    [Test]
    public async Task A_member_whose_client_goes_away_while_its_rooms_are_asked_about_stays_in_them()
    {
        Peer ann = await _meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        using var lost = new CancellationTokenSource();
        (_abandoned, _abandon) = (SignalingOperation.JoinRoom, lost.Cancel);
        await ann.Session.ReauthenticateAsync(Text.Bytes("again"), lost.Token);
        Assert.That(ann.Session.Rooms.Joined, Is.EqualTo([RoomId.Parse("tea")]));
    }

    [Test]
    public async Task Nobody_waits_for_ice_servers_of_a_session_that_has_ended()
    {
        Peer ann = await _meeting.ConnectAsync();
        (_abandoned, _abandon) = (SignalingOperation.GetIceServers, ann.Session.Dispose);
        Assert.That((await _meeting.Server.Default.RefreshIceServersAsync(ann.Id)).Error?.Code, Is.EqualTo(SignalingErrorCode.SessionClosed));
        Assert.That(_logs.Lines, Has.None.StartsWith("Error"));
    }

    /// <summary>What a database client throws when it is canceled.</summary>
    private InvalidOperationException Failure(CancellationToken token)
    {
        _abandon();
        Assert.That(token.IsCancellationRequested, Is.True, "who is asked hears of it");
        return new("The connection was reset.");
    }

    private sealed class Provider(Func<CancellationToken, IReadOnlyList<IceServer>> answer) : IIceServerProvider
    {
        public ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(IceServerRequest request, CancellationToken cancellationToken) =>
            new(answer(cancellationToken));
    }
}
