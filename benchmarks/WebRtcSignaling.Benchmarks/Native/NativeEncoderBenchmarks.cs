using BenchmarkDotNet.Attributes;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;
using WebRtcSignaling.WebSockets.Native;

namespace WebRtcSignaling.Benchmarks.Native;

/// <summary>
/// From events and signals to the bytes of a message. A signal is written into memory that is used again; an event is encoded once for all who hear it
/// and allocates its bytes.
/// </summary>
[MemoryDiagnoser]
public class NativeEncoderBenchmarks
{
    private readonly NativeEncoder _encoder = new();
    private readonly RoomId _room = RoomId.Parse(NativeMessages.Room);
    private readonly SessionId _sender = SessionId.Create();
    private readonly byte[] _candidate = NativeMessages.SignalSend("x", 230);
    private readonly byte[] _description = NativeMessages.SignalSend("x", 5_930);
    private SignalingEvent.ClientLeft _left = null!;
    private SignalingEvent.RoomJoined _joined = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        _left = new SignalingEvent.ClientLeft(_room, _sender, LeaveReason.Left);
        using var server = new SignalingServer();
        RoomSnapshot? snapshot = null;
        for (int member = 0; member < 8; member++)
        {
            var session = await server.ConnectAsync(new() { Username = $"member {member}" }, new SessionEventQueue());
            snapshot = (await session.Value.Rooms.JoinAsync(new() { Room = _room, CreateWith = new() })).Value;
        }

        _joined = new SignalingEvent.RoomJoined(snapshot!, IsNew: false, Correlation: null);
    }

    [Benchmark(Baseline = true)]
    public int Signal300() => Encode(_candidate);

    [Benchmark]
    public int Signal6000() => Encode(_description);

    [Benchmark]
    public int ClientLeft() => _encoder.Encode(_left).Length;

    [Benchmark]
    public int RoomJoinedOf8() => _encoder.Encode(_joined).Length;

    private int Encode(byte[] payload)
    {
        var signal = new Signal { Room = _room, Sender = _sender, Kind = SignalKind.Plain, Payload = payload };
        return NativeEncoder.Encode(in signal).Length;
    }
}
