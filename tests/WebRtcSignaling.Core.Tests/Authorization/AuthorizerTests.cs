using WebRtcSignaling.Applications;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Authorization;

[CancelAfter(60_000)]
internal sealed class AuthorizerTests
{
    private static readonly RoomId Tea = RoomId.Parse("tea");

    private static IEnumerable<TestCaseData> Requests()
    {
        static TestCaseData Case(SignalingOperation operation, Func<Peer, Peer, Task<SignalingError?>> request, bool hasRoom = true) =>
            new TestCaseData(operation, request, hasRoom).SetArgDisplayNames(operation.ToString());

        yield return Case(SignalingOperation.CreateRoom, async (ann, _) => (await ann.Session.Rooms.CreateAsync(RoomId.Parse("new"))).Error);
        yield return Case(SignalingOperation.JoinRoom, async (ann, _) => (await ann.Session.Rooms.JoinAsync(new() { Room = RoomId.Parse("milk") })).Error);
        yield return Case(SignalingOperation.ListRooms, async (ann, _) => (await ann.Session.Rooms.ListAsync()).Error, hasRoom: false);
        yield return Case(SignalingOperation.UpdateRoom, async (ann, _) => (await ann.Session.Rooms.UpdateAsync(Tea, new() { Locked = true })).Error);
        yield return Case(SignalingOperation.CloseRoom, async (ann, _) => (await ann.Session.Rooms.CloseAsync(Tea)).Error);
        yield return Case(SignalingOperation.Kick, async (ann, ben) => (await ann.Session.Rooms.KickAsync(Tea, ben.Id)).Error);
        yield return Case(SignalingOperation.Ban, async (ann, ben) => (await ann.Session.Rooms.BanAsync(Tea, new() { Target = ben.Id })).Error);
        yield return Case(SignalingOperation.Unban, async (ann, ben) => (await ann.Session.Rooms.UnbanAsync(Tea, null, "Eve")).Error);
        yield return Case(SignalingOperation.SetRole, async (ann, ben) => (await ann.Session.Rooms.SetRoleAsync(Tea, ben.Id, RoomRole.Moderator)).Error);
        yield return Case(
            SignalingOperation.SendSignal,
            async (ann, ben) => (await ann.Session.SendSignalAsync(Tea, ben.Id, SignalKind.Plain, default)).Error);
        yield return Case(
            SignalingOperation.SendMessage,
            async (ann, _) => (await ann.Session.SendMessageAsync(MessageDestination.ToRoom(Tea), default)).Error);
        yield return Case(SignalingOperation.Call, async (ann, ben) => (await ann.Session.Calls.StartAsync(Tea, ben.Id)).Error);
        yield return Case(SignalingOperation.SetFields, async (ann, _) => (await ann.Session.Rooms.SetFieldsAsync(Tea, Fields.Set("a", "1"))).Error);
        yield return Case(
            SignalingOperation.SetState, async (ann, _) => (await ann.Session.ToggleAsync(MediaResources.Audio)).Error, hasRoom: false);
        yield return Case(SignalingOperation.JoinGroup, async (ann, _) => (await ann.Session.Groups.JoinAsync("g")).Error, hasRoom: false);
        yield return Case(SignalingOperation.GetIceServers, async (ann, _) => (await ann.Session.GetIceServersAsync()).Error, hasRoom: false);
    }

    [TestCaseSource(nameof(Requests))]
    public async Task Each_operation_is_asked_about_once_and_done_only_if_the_host_app_agrees(
        SignalingOperation operation, Func<Peer, Peer, Task<SignalingError?>> request, bool hasRoom)
    {
        bool allows = false;
        var authorizer = new AskedAuthorizer(asked => asked.Operation != operation || allows
            ? AuthorizationDecision.Allow
            : AuthorizationDecision.DenyBecause("Not on Sundays."));
        using Meeting meeting = WithGroups(authorizer);
        (Peer ann, Peer ben) = await MeetAsync(meeting, () => allows = true);
        allows = false;

        SignalingError? refused = await request(ann, ben);
        Assert.That((refused?.Code, refused?.Message), Is.EqualTo((SignalingErrorCode.NotPermitted, "Not on Sundays.")));
        Assert.That(ben.Take(), Is.Empty, "nothing happened");
        AuthorizationRequest asked = authorizer.Asked[^1];
        Assert.Multiple(() =>
        {
            Assert.That(asked.Operation, Is.EqualTo(operation));
            Assert.That(asked.Session, Is.SameAs(ann.Session));
            Assert.That((asked.User, asked.Username, asked.Application), Is.EqualTo((ann.Session.User, "Ann", "default")));
            Assert.That(asked.Room is not null, Is.EqualTo(hasRoom));
        });

        allows = true;
        int before = authorizer.Asked.Count;
        SignalingError? answer = await request(ann, ben);
        Assert.That(answer?.Code, Is.Null.Or.EqualTo(SignalingErrorCode.NotBanned));
        Assert.That(authorizer.Asked, Has.Count.EqualTo(before + 1));
    }

    [Test]
    public async Task Nobody_can_be_held_by_the_host_app()
    {
        bool allows = true;
        var authorizer = new AskedAuthorizer(_ => allows ? AuthorizationDecision.Allow : AuthorizationDecision.Deny);
        using Meeting meeting = WithGroups(authorizer);
        (Peer ann, Peer ben) = await MeetAsync(meeting, () => allows = true);
        CallId first = (await ann.Session.Calls.StartAsync(Tea, ben.Id)).Value, second = (await ann.Session.Calls.StartAsync(Tea, ben.Id)).Value;
        await ann.Session.Groups.JoinAsync("g");
        allows = false;
        int before = authorizer.Asked.Count;
        Assert.Multiple(() =>
        {
            Assert.That(ben.Session.Calls.Reject(first).Error, Is.Null);
            Assert.That(ann.Session.Calls.HangUp(second).Error, Is.Null);
            Assert.That(ann.Session.Groups.Leave("g").Error, Is.Null);
            Assert.That(ann.Leave("tea"), Is.Null);
            Assert.That(authorizer.Asked, Has.Count.EqualTo(before));
        });
    }

    [Test]
    public async Task Who_joins_while_the_room_comes_and_goes_is_asked_about_each_way_in_once()
    {
        Meeting? meeting = null;
        var authorizer = new AskedAuthorizer(asked =>
        {
            SignalingApplication application = meeting!.Server.Default;
            if (asked.Operation == SignalingOperation.JoinRoom)
            {
                application.CloseRoom(Tea);
            }
            else if (asked.Operation == SignalingOperation.CreateRoom)
            {
                application.CreateRoom(Tea);
            }

            return AuthorizationDecision.Allow;
        });
        using (meeting = new Meeting(authorizer: authorizer))
        {
            meeting.Server.Default.CreateRoom(Tea);
            Peer ann = await meeting.ConnectAsync();

            SignalingResult<RoomSnapshot> joined = await ann.Session.Rooms.JoinAsync(new() { Room = Tea, CreateWith = new() });
            Assert.That(joined.Error, Is.Null, "it closed on the way in, and was there again on the way to create it");
            Assert.That(
                authorizer.Asked.Select(asked => asked.Operation),
                Is.EqualTo([SignalingOperation.Connect, SignalingOperation.JoinRoom, SignalingOperation.CreateRoom]));
        }
    }

    [Test]
    public async Task A_refused_connection_makes_no_session()
    {
        var authorizer = new AskedAuthorizer(_ => AuthorizationDecision.Deny);
        using var meeting = new Meeting(authorizer: authorizer);
        var peer = new Peer();
        SignalingResult<SignalingSession> refused = await meeting.TryConnectAsync(peer, "Ann", "7");
        Assert.Multiple(() =>
        {
            Assert.That(refused.Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
            Assert.That((peer.Openings, meeting.Server.SessionCount), Is.EqualTo((0, 0)));
            AuthorizationRequest asked = authorizer.Asked.Single();
            Assert.That((asked.Operation, asked.Session, asked.Username), Is.EqualTo((SignalingOperation.Connect, (SignalingSession?)null, "Ann")));
            Assert.That(asked.User?.Identity?.IsAuthenticated, Is.True);
        });
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_exception_refuses_is_logged_and_shown_to_nobody(bool synchronously)
    {
        const string Inside = "connection string of the accounts";
        using var logs = new CollectedLogs();
        bool throws = false;
        var authorizer = new AskedAuthorizer(async (_, _) =>
        {
            if (throws && !synchronously)
            {
                await Task.Yield();
            }

            return throws ? throw new InvalidOperationException(Inside) : AuthorizationDecision.Allow;
        });
        using var meeting = new Meeting(authorizer: authorizer, logs: logs);
        Peer ann = await meeting.ConnectAsync();
        throws = true;
        SignalingError? refused = (await ann.Session.Rooms.CreateAsync(Tea)).Error;
        Assert.Multiple(() =>
        {
            Assert.That(refused?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
            Assert.That(refused?.ToString(), Does.Not.Contain(Inside));
            Assert.That(meeting.Server.Default.Rooms, Is.Empty);
            Assert.That(logs.Lines, Has.Exactly(1).Contains(nameof(InvalidOperationException)).And.Exactly(1).Contains("CreateRoom"));
        });
    }

    [Test]
    public async Task A_missing_decision_refuses()
    {
        bool answers = true;
        using var meeting = new Meeting(authorizer: new AskedAuthorizer(_ => answers ? AuthorizationDecision.Allow : null!));
        Peer ann = await meeting.ConnectAsync();
        answers = false;
        Assert.That(await ann.CreateAsync("tea"), Is.EqualTo(SignalingErrorCode.NotPermitted));
    }

    [Test]
    public async Task A_session_s_end_cancels_the_question_and_nothing_is_done(CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool waits = false;
        var authorizer = new AskedAuthorizer(async (_, token) =>
        {
            if (waits)
            {
                asked.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }

            return AuthorizationDecision.Allow;
        });
        using var meeting = new Meeting(authorizer: authorizer);
        Peer ann = await meeting.ConnectAsync();
        waits = true;
        Task<string?> creating = ann.CreateAsync("tea");
        await asked.Task.WaitAsync(cancellationToken);
        ann.Session.Close(new(SessionCloseReason.ConnectionLost));
        Assert.That(await creating.WaitAsync(cancellationToken), Is.EqualTo(SignalingErrorCode.SessionClosed));
        Assert.That(meeting.Server.Default.Rooms, Is.Empty);
    }

    [TestCase("create")]
    [TestCase("join")]
    [TestCase("group")]
    [TestCase("direct signal")]
    [TestCase("direct message")]
    [TestCase("group message")]
    public async Task A_yes_that_comes_after_the_session_s_end_does_nothing(string request, CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool waits = false;
        var authorizer = new AskedAuthorizer(async (_, _) =>
        {
            if (waits)
            {
                asked.SetResult();
                await answer.Task;
            }

            return AuthorizationDecision.Allow;
        });
        using Meeting meeting = WithGroups(authorizer);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ben.CreateAsync("tea");
        meeting.Server.Default.AddToGroup(ben.Id, "h");
        meeting.Server.Default.AddToGroup(ann.Id, "h");
        ben.Take();
        waits = true;
        Task<string?> requesting = request switch
        {
            "create" => ann.CreateAsync("new"),
            "join" => ann.JoinAsync("tea"),
            "direct signal" => ann.SignalAsync(null, ben),
            "direct message" => TellAsync(ann, MessageDestination.ToSession(ben.Id)),
            "group message" => TellAsync(ann, MessageDestination.ToGroup("h")),
            _ => JoinGroupAsync(ann),
        };
        await asked.Task.WaitAsync(cancellationToken);
        ann.Session.Dispose();
        answer.SetResult();
        Assert.That(await requesting.WaitAsync(cancellationToken), Is.EqualTo(SignalingErrorCode.SessionClosed));
        waits = false;
        Assert.That((meeting.Server.Default.Rooms.Count, ben.Take().Count), Is.EqualTo((1, 0)));
    }

    [TestCase(RoomRole.Owner, RoomRole.Moderator)]
    [TestCase(RoomRole.Moderator, RoomRole.Moderator)]
    [TestCase(RoomRole.Member, RoomRole.Member)]
    public async Task The_host_app_says_as_what_somebody_joins(RoomRole role, RoomRole expected)
    {
        var authorizer = new AskedAuthorizer(asked =>
            asked.Operation == SignalingOperation.JoinRoom ? AuthorizationDecision.AllowAs(role) : AuthorizationDecision.Allow);
        using var meeting = new Meeting(authorizer: authorizer);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        ann.Take();
        await ben.JoinAsync("tea");
        Assert.That(ann.Take<SignalingEvent.ClientJoined>().Single().Member.Role, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_yes_does_not_lift_the_room_s_own_rules()
    {
        using var meeting = new Meeting(authorizer: new AskedAuthorizer(_ => AuthorizationDecision.AllowAs(RoomRole.Owner)));
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea", new() { Capacity = 1 });
        Assert.That(await ben.JoinAsync("tea"), Is.EqualTo(SignalingErrorCode.RoomFull));
        Assert.That(await ben.KickAsync("tea", ann), Is.EqualTo(SignalingErrorCode.NotInRoom));
    }

    private static async Task<string?> JoinGroupAsync(Peer peer) => (await peer.Session.Groups.JoinAsync("g")).Error?.Code;

    private static async Task<string?> TellAsync(Peer peer, MessageDestination destination) =>
        (await peer.Session.SendMessageAsync(destination, default)).Error?.Code;

    private static Meeting WithGroups(ISignalingAuthorizer authorizer) =>
        new(
            new()
            {
                Applications = { ["default"] = new() { AllowClientGroups = true, AllowDirectMessages = true, AllowDirectSignals = true } },
            },
            authorizer);

    [Test]
    public async Task In_a_call_it_is_asked_about_the_other_party()
    {
        var authorizer = new AskedAuthorizer(static _ => AuthorizationDecision.Allow);
        using var meeting = new Meeting(authorizer: authorizer);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        CallId call = (await ann.Session.Calls.StartAsync(RoomId.Parse("tea"), ben.Id)).Value;
        await ben.Session.Calls.AcceptAsync(call);
        await ann.Session.Calls.SendSignalAsync(call, SignalKind.Offer, default);
        await ben.Session.Calls.SendSignalAsync(call, SignalKind.Answer, default);
        await ben.Session.Calls.SendSignalAsync(CallId.Create(), SignalKind.Answer, default);
        Assert.That(
            authorizer.Asked.Where(static request => request.Operation is SignalingOperation.Call or SignalingOperation.SendSignal)
                .Select(static request => (request.Operation, request.Target)),
            Is.EqualTo(new (SignalingOperation, SessionId?)[]
            {
                (SignalingOperation.Call, ben.Id),
                (SignalingOperation.Call, ann.Id),
                (SignalingOperation.SendSignal, ben.Id),
                (SignalingOperation.SendSignal, ann.Id),
                (SignalingOperation.SendSignal, null),
            }));
    }

    [Test]
    public async Task Whom_it_refuses_creates_no_application()
    {
        var authorizer = new AskedAuthorizer(static request => request.Operation == SignalingOperation.Connect ? AuthorizationDecision.Deny : AuthorizationDecision.Allow);
        using var meeting = new Meeting(new() { AutoCreateApplications = true }, authorizer);
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "new")).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        Assert.That(meeting.Server.FindApplication("new"), Is.Null);
    }

    private static async Task<(Peer Ann, Peer Ben)> MeetAsync(Meeting meeting, Action allow)
    {
        allow();
        Peer ann = await meeting.ConnectAsync("Ann", "7"), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        await ben.CreateAsync("milk");
        ann.Take();
        ben.Take();
        return (ann, ben);
    }
}
