using BenchmarkDotNet.Attributes;
using WebRtcSignaling.Benchmarks.Sessions;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Benchmarks.Rooms;

/// <summary>One session joins a room that so many are in, and leaves it again; all of them hear both.</summary>
[MemoryDiagnoser]
public class RoomJoinBenchmarks
{
    private static readonly RoomId Tea = RoomId.Parse("tea");
    private static readonly JoinRoomRequest Request = new() { Room = Tea };

    private SignalingServer _server = null!;
    private SignalingSession _session = null!;

    [Params(10, 100, 1_000)]
    public int Members { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        // Counted like any session's, with more than anybody may send or join by default.
        _server = new(new()
        {
            Rooms = { MaxMembers = 2_000 },
            Sessions = { Rates = EndlessRates.New(), JoinBurst = 1_000_000, JoinInterval = TimeSpan.FromTicks(1) },
        });
        _server.Default.CreateRoom(Tea);
        for (int i = 0; i < Members; i++)
        {
            SignalingSession other = (await _server.ConnectAsync(new(), new CopyingSink())).Value;
            await other.Rooms.JoinAsync(Request);
        }

        _session = (await _server.ConnectAsync(new(), new CopyingSink())).Value;
    }

    [GlobalCleanup]
    public void Cleanup() => _server.Dispose();

    [Benchmark]
    public async Task<SignalingResult> JoinAndLeave()
    {
        SignalingResult<RoomSnapshot> joined = await _session.Rooms.JoinAsync(Request);
        return joined.IsSuccess ? _session.Rooms.Leave(Tea) : throw new InvalidOperationException(joined.Error.Message);
    }
}
