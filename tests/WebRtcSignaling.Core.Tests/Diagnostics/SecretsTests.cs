using WebRtcSignaling.Authorization;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Events;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Diagnostics;

/// <summary>Invariant 7: no password, payload or message body is written to the log, also when what is not ours fails.</summary>
public sealed class SecretsTests
{
    private const string Secret = "hunter2-in-plain-sight";

    private static readonly RoomId Tea = RoomId.Parse("tea");

    [Test]
    public async Task No_log_line_holds_a_secret_whatever_happens()
    {
        using var logs = new CollectedLogs();
        bool fails = false;
        var authorizer = new AskedAuthorizer(_ => fails ? throw new InvalidOperationException("down") : AuthorizationDecision.Allow);
        using var meeting = new Meeting(authorizer: authorizer, iceServers: new FailingIceServers(), logs: logs);
        Peer ann = await meeting.ConnectAsync();
        SignalingSession broken = (await meeting.TryConnectAsync(new ThrowingSink())).Value;
        await ann.CreateAsync("tea");
        await broken.Rooms.JoinAsync(new() { Room = Tea, Password = Secret });
        await ann.Session.Rooms.UpdateAsync(Tea, new() { Password = Secret });
        foreach (bool failing in new[] { false, true })
        {
            fails = failing;
            await DoAllAsync(ann, broken.Id);
        }

        Assert.Multiple(() =>
        {
            Assert.That(logs.Lines, Has.Some.Contains("sink").And.Some.Contains("authorizer").And.Some.Contains("ICE"), "the failures are logged");
            Assert.That(logs.Lines, Has.None.Contains(Secret));
        });
    }

    [Test]
    public void Nothing_that_carries_a_password_shows_it_as_text()
    {
        var setup = new RoomSetup { Password = Secret };
        object[] carriers =
        [
            setup,
            new RoomUpdate { Password = Secret },
            new JoinRoomRequest { Room = Tea, Password = Secret, CreateWith = setup },
            new RoomCommand.Update(null, new() { Password = Secret }, RoomPassword.Hash(Secret)),
            RoomPassword.Hash(Secret),
        ];
        Assert.That(carriers.Select(carrier => carrier.ToString()), Has.None.Contains(Secret));
    }

    [Test]
    public void No_event_shows_its_payload_as_text()
    {
        ReadOnlyMemory<byte> payload = Text.Bytes(Secret);
        object[] events =
        [
            new SignalingEvent.SignalReceived(Tea, SessionId.Parse("ann"), null, SignalKind.Offer, payload),
            new SignalingEvent.MessageReceived(Tea, null, SessionId.Parse("ann"), null, payload),
        ];
        Assert.That(events.Select(one => one.ToString()), Has.None.Contains(Secret));
    }

    private static async Task DoAllAsync(Peer ann, SessionId target)
    {
        SignalingSession session = ann.Session;
        ReadOnlyMemory<byte> secret = Text.Bytes(Secret);
        await session.Rooms.CreateAsync(null, new() { Password = Secret });
        await session.Rooms.JoinAsync(new() { Room = Tea, Password = Secret });
        await session.Rooms.UpdateAsync(Tea, new() { Password = Secret });
        await session.Rooms.SetFieldsAsync(Tea, Fields.Set("a", Secret));
        await session.SendSignalAsync(Tea, target, SignalKind.Offer, secret);
        await session.SendMessageAsync(MessageDestination.ToRoom(Tea), secret);
        await session.Calls.StartAsync(Tea, target, secret);
        await session.GetIceServersAsync();
    }

    private sealed class FailingIceServers : IIceServerProvider
    {
        public ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(IceServerRequest request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("no servers");
    }

    private sealed class ThrowingSink : ISessionSink
    {
        public void OnOpened(SignalingSession session)
        {
        }

        public void OnEvent(SignalingEvent signalingEvent) => throw new InvalidOperationException("broken");

        public void OnSignal(in Signal signal) => throw new InvalidOperationException("broken");

        public void OnClosed(SessionClose close) => throw new InvalidOperationException("broken");
    }
}
