using BenchmarkDotNet.Attributes;
using WebRtcSignaling.Benchmarks.Sessions;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Benchmarks.Rooms;

/// <summary>One message of 300 bytes to all members of a room: what each further member costs.</summary>
[MemoryDiagnoser]
public class RoomFanOutBenchmarks
{
    private static readonly RoomId Tea = RoomId.Parse("tea");

    private readonly byte[] _data = new byte[300];
    private SignalingServer _server = null!;
    private SignalingSession _sender = null!;

    [Params(2, 10, 100)]
    public int Members { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _server = new(new() { Sessions = { Rates = EndlessRates.New() } });
        _sender = (await _server.ConnectAsync(new(), new CopyingSink())).Value;
        await _sender.Rooms.CreateAsync(Tea);
        for (int i = 1; i < Members; i++)
        {
            SignalingSession other = (await _server.ConnectAsync(new(), new CopyingSink())).Value;
            await other.Rooms.JoinAsync(new() { Room = Tea });
        }

        if (_server.Default.FindRoom(Tea)?.Members.Count != Members)
        {
            throw new InvalidOperationException("The benchmark's sessions did not get together.");
        }
    }

    [GlobalCleanup]
    public void Cleanup() => _server.Dispose();

    [Benchmark]
    public ValueTask<SignalingResult> Message() => _sender.SendMessageAsync(MessageDestination.ToRoom(Tea), _data);
}
