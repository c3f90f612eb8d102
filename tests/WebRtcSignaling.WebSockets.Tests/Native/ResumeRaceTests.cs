using System.Text.Json.Nodes;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Native;
using WebRtcSignaling.WebSockets.Tests.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>Coming back to a session just when something else happens to it.</summary>
public sealed class ResumeRaceTests
{
    [Test]
    public async Task A_connection_that_was_taken_over_while_it_waited_makes_no_token_that_would_end_the_other_one_s()
    {
        var iceServers = new SlowOnce();
        await using var room = await ResumeRoom.CreateAsync(iceServers: iceServers);
        await room.LoseBenAsync();
        iceServers.IsSlow = true;
        WireClient first = room.Server.Connect(new ConnectionRequest { AnnouncesHello = true });
        await first.SendAsync(room.Hello(1));
        await iceServers.Asked.Task.WaitAsync(Eventually.Bound);
        (WireClient second, JsonObject resumed) = await room.ComeBackAsync(1);
        Assert.That((await first.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4000));
        await first.EndAsync();
        iceServers.Gate.SetResult();
        await Eventually.TrueAsync(() => room.Server.Endpoint.ConnectionCount == 2, "the first is over");

        await second.AskAsync("""{"type":"ping"}""");
        await second.EndAsync();
        await Eventually.TrueAsync(() => room.Server.Endpoint.ConnectionCount == 1, "the second is lost");
        WireClient third = room.Server.Connect(new ConnectionRequest { AnnouncesHello = true });
        third.Numbers.Last = second.Numbers.Last;
        JsonObject again = await third.AskAsync($$"""{"type":"hello","resume":"{{resumed["resume"]!["token"]}}","ack":{{second.Numbers.Last}}}""");
        Assert.That(((bool?)again["recovered"], (string?)again["clientId"]), Is.EqualTo(((bool?)true, room.BenId)));
    }

    [Test]
    public async Task A_connection_that_was_taken_over_keeps_the_token_that_it_came_with()
    {
        await using var room = await ResumeRoom.CreateAsync();
        var sink = (ResumableSink)room.Server.Server.Default.FindSession(SessionId.Parse(room.BenId))!.Sink;
        using var connections = new BareConnections();
        using WebSocketConnection other = connections.Make();

        // It may be the one that the client still listens to: without a token, the client could not come back to its session.
        Assert.That(sink.IssueToken(other, "the old one"), Is.EqualTo("the old one"));
        await room.LoseBenAsync();
        (_, JsonObject resumed) = await room.ComeBackAsync(1);
        Assert.That((bool?)resumed["recovered"], Is.True);
    }

    [Test]
    public async Task A_session_that_ends_at_the_moment_when_its_client_comes_back_is_not_gone_on_with()
    {
        await using var room = await ResumeRoom.CreateAsync();
        var sink = (ResumableSink)room.Server.Server.Default.FindSession(SessionId.Parse(room.BenId))!.Sink;
        await room.LoseBenAsync();

        // As far as another thread has come that ends the session, right behind the question whether it lives.
        sink.OnClosed(new SessionClose(SessionCloseReason.Removed));

        (_, JsonObject answer) = await room.ComeBackAsync(1);
        Assert.That((bool?)answer["recovered"], Is.False);
        Assert.That((string?)answer["clientId"], Is.Not.EqualTo(room.BenId));
    }

    /// <summary>A host app that takes its time for the first client that asks once it is slow, whatever becomes of that client.</summary>
    private sealed class SlowOnce : IIceServerProvider
    {
        private int _asked;

        public bool IsSlow { get; set; }

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(IceServerRequest request, CancellationToken cancellationToken)
        {
            if (IsSlow && Interlocked.Increment(ref _asked) == 1)
            {
                Asked.SetResult();
                await Gate.Task;
            }

            return [];
        }
    }
}
