using System.Globalization;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.Invariants;

/// <summary>A peer that does not read costs itself its session, and the others nothing.</summary>
[CancelAfter(60_000)]
public sealed class Invariant5SlowPeerTests
{
    private const int Messages = 5_000;

    private static readonly RoomId Tea = RoomId.Parse("tea");

    [Test]
    public async Task The_others_hear_everything_while_the_slow_one_is_put_out(CancellationToken cancellationToken)
    {
        using var meeting = new Meeting(Floods.Allowing());
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        var queue = new SessionEventQueue(maxBytes: 10_000);
        SignalingSession slow = (await meeting.TryConnectAsync(queue)).Value;
        await slow.Rooms.JoinAsync(new() { Room = Tea }, cancellationToken: cancellationToken);
        ben.Take();
        for (int i = 0; i < Messages; i++)
        {
            Assert.That(await ann.SayAsync("tea", i.ToString(CultureInfo.InvariantCulture)), Is.Null);
        }

        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = slow.Closed.Register(closed.SetResult);
        await closed.Task.WaitAsync(cancellationToken);
        int queued = 0;
        while (queue.TryRead(out _))
        {
            queued++;
        }

        IReadOnlyList<SignalingEvent> heard = ben.Take();
        Assert.Multiple(() =>
        {
            Assert.That(queue.Close?.Reason, Is.EqualTo(SessionCloseReason.SlowConsumer));
            Assert.That(queued, Is.LessThanOrEqualTo(10_000 / 64), "what waited for it was bounded");
            Assert.That(
                heard.OfType<SignalingEvent.MessageReceived>().Select(message => int.Parse(Text.Of(message.Data), CultureInfo.InvariantCulture)),
                Is.EqualTo(Enumerable.Range(0, Messages)));
            Assert.That(
                heard.OfType<SignalingEvent.ClientLeft>(), Is.EqualTo([new SignalingEvent.ClientLeft(Tea, slow.Id, LeaveReason.Disconnected)]));
        });
    }

    [Test]
    public async Task A_host_app_that_never_answers_holds_only_the_one_it_was_asked_about(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var meeting = new Meeting(authorizer: new AskedAuthorizer(async (asked, token) =>
        {
            if (asked is { Username: "Slow", Operation: SignalingOperation.JoinRoom })
            {
                await never.Task.WaitAsync(token);
            }

            return AuthorizationDecision.Allow;
        }));
        Peer ann = await meeting.ConnectAsync(), slow = await meeting.ConnectAsync("Slow");
        await ann.CreateAsync("tea");
        Task<string?> waiting = slow.JoinAsync("tea");
        Assert.That(await ann.SayAsync("tea", "1", echo: true), Is.Null);
        Assert.That(waiting.IsCompleted, Is.False);
        slow.Session.Dispose();
        Assert.That(await waiting.WaitAsync(cancellationToken), Is.Not.Null);
    }
}
