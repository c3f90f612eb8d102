using WebRtcSignaling.Authorization;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Authorization;

/// <summary>What clients say along with their requests reaches the host app, and only it.</summary>
[CancelAfter(60_000)]
internal sealed class CredentialTests
{
    [Test]
    public async Task The_host_app_sees_the_credential_of_whoever_connects()
    {
        var authorizer = new AskedAuthorizer(asked => Says(asked, "right") ? AuthorizationDecision.Allow : AuthorizationDecision.Deny);
        using var meeting = new Meeting(authorizer: authorizer);
        var right = await meeting.Server.ConnectAsync(new SessionRequest { Credential = Text.Bytes("right") }, new Peer());
        var wrong = await meeting.Server.ConnectAsync(new SessionRequest { Credential = Text.Bytes("wrong") }, new Peer());
        var none = await meeting.Server.ConnectAsync(new SessionRequest(), new Peer());
        Assert.That(
            (right.Error?.Code, wrong.Error?.Code, none.Error?.Code),
            Is.EqualTo(((string?)null, SignalingErrorCode.NotPermitted, SignalingErrorCode.NotPermitted)));
    }

    [Test]
    public async Task A_session_may_prove_itself_anew_and_goes_on_in_any_case()
    {
        var authorizer = new AskedAuthorizer(asked => Says(asked, "wrong") ? AuthorizationDecision.Deny : AuthorizationDecision.Allow);
        using var meeting = new Meeting(authorizer: authorizer);
        Peer ann = await meeting.ConnectAsync("Ann");
        Assert.That((await ann.Session.ReauthenticateAsync(Text.Bytes("right"))).Error, Is.Null);
        Assert.That((await ann.Session.ReauthenticateAsync(Text.Bytes("wrong"))).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        Assert.Multiple(() =>
        {
            Assert.That(authorizer.Asked.Select(asked => (asked.Operation, asked.Username)), Is.All.EqualTo((SignalingOperation.Connect, "Ann")));
            Assert.That(authorizer.Asked.Select(asked => asked.Session), Is.EqualTo(new[] { null, ann.Session, ann.Session }));
            Assert.That(ann.Session.IsClosed, Is.False);
        });
        ann.Session.Dispose();
        Assert.That((await ann.Session.ReauthenticateAsync(Text.Bytes("right"))).Error?.Code, Is.EqualTo(SignalingErrorCode.SessionClosed));
    }

    [Test]
    public async Task Nobody_gets_a_name_afterwards_that_the_host_app_would_not_let_it_connect_with()
    {
        var authorizer = new AskedAuthorizer(asked => asked.Username == "admin" && !Says(asked, "right") ? AuthorizationDecision.Deny : AuthorizationDecision.Allow);
        using var meeting = new Meeting(authorizer: authorizer);
        Peer ann = await meeting.ConnectAsync("Ann");
        Assert.That((await ann.Session.SetUsernameAsync("admin")).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        Assert.That(ann.Session.Profile.Username, Is.EqualTo("Ann"));
        Assert.That((await ann.Session.SetUsernameAsync("admin", Text.Bytes("right"))).Error, Is.Null);
        Assert.That(ann.Session.Profile.Username, Is.EqualTo("admin"));
        Assert.That(
            authorizer.Asked.Skip(1).Select(asked => (asked.Operation, asked.Session, asked.IsRenewal)),
            Is.All.EqualTo((SignalingOperation.Connect, ann.Session, true)));
    }

    [Test]
    public async Task A_name_that_is_asked_about_while_its_session_joins_a_room_is_not_taken_there()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<AuthorizationDecision>(TaskCreationOptions.RunContinuationsAsynchronously);
        var authorizer = new AskedAuthorizer(async (request, _) =>
        {
            if (request is not { Operation: SignalingOperation.Connect, IsRenewal: true })
            {
                return AuthorizationDecision.Allow;
            }

            asked.SetResult();
            return await answer.Task;
        });
        using var meeting = new Meeting(authorizer: authorizer);
        Peer ann = await meeting.ConnectAsync("Ann");
        var renaming = ann.Session.SetUsernameAsync("Eve").AsTask();
        await asked.Task;
        await ann.CreateAsync("tea");
        answer.SetResult(AuthorizationDecision.Allow);
        Assert.That((await renaming).Error?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        Assert.That(ann.Session.Profile.Username, Is.EqualTo("Ann"));
    }

    [Test]
    public async Task What_is_said_along_with_a_join_is_seen_when_the_room_is_created_and_when_it_is_joined()
    {
        var authorizer = new AskedAuthorizer(_ => AuthorizationDecision.Allow);
        using var meeting = new Meeting(authorizer: authorizer);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.Session.Rooms.JoinAsync(new() { Room = RoomId.Parse("tea"), CreateWith = new(), Data = Text.Bytes("1") });
        await ben.Session.Rooms.JoinAsync(new() { Room = RoomId.Parse("tea"), Data = Text.Bytes("2") });
        Assert.That(
            authorizer.Asked.Skip(2).Select(asked => (asked.Operation, Text.Of(asked.Data))),
            Is.EqualTo(new[] { (SignalingOperation.CreateRoom, "1"), (SignalingOperation.JoinRoom, "2") }));
    }

    private static bool Says(AuthorizationRequest asked, string text) => Text.Of(asked.Data) == text;
}
