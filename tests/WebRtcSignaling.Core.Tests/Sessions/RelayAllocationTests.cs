using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.Sessions;

/// <summary>Relaying is what the server does most: in steady state it allocates nothing, so that no collector has to stop for it.</summary>
[NonParallelizable]
public sealed class RelayAllocationTests
{
    private const int Signals = 10_000;

    private static readonly RoomId Tea = RoomId.Parse("tea");

    [TestCase("room")]
    [TestCase("call")]
    [TestCase("application")]
    public async Task A_signal_that_is_relayed_allocates_nothing(string way)
    {
        using var meeting = new Meeting(Floods.Allowing(new() { Applications = { ["default"] = new() { AllowDirectSignals = true } } }));
        var sink = new CopyingSink();
        SignalingSession receiver = (await meeting.TryConnectAsync(sink)).Value;
        Peer sender = await meeting.ConnectAsync();
        await sender.CreateAsync("tea");
        await receiver.Rooms.JoinAsync(new() { Room = Tea });
        CallId call = (await sender.Session.Calls.StartAsync(Tea, receiver.Id)).Value;
        await receiver.Calls.AcceptAsync(call);
        byte[] payload = new byte[300];
        ValueTask<SignalingResult> SendAsync() => way switch
        {
            "room" => sender.Session.SendSignalAsync(Tea, receiver.Id, SignalKind.Candidate, payload),
            "call" => sender.Session.Calls.SendSignalAsync(call, SignalKind.Candidate, payload),
            _ => sender.Session.SendSignalAsync(null, receiver.Id, SignalKind.Candidate, payload),
        };

        for (int i = 0; i < Signals; i++)
        {
            Assert.That((await SendAsync()).IsSuccess, Is.True);
        }

        sink.Count = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Signals; i++)
        {
            await SendAsync();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That((sink.Count, allocated), Is.EqualTo((Signals, 0L)));
    }

    /// <summary>Copies each payload to the same place, as an outbox does.</summary>
    private sealed class CopyingSink : ISessionSink
    {
        private readonly byte[] _buffer = new byte[4_096];

        public int Count { get; set; }

        public void OnOpened(SignalingSession session)
        {
        }

        public void OnEvent(SignalingEvent signalingEvent)
        {
        }

        public void OnSignal(in Signal signal)
        {
            signal.Payload.CopyTo(_buffer);
            Count++;
        }

        public void OnClosed(SessionClose close)
        {
        }
    }
}
