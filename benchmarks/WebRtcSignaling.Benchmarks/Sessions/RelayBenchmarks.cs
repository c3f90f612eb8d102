using BenchmarkDotNet.Attributes;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Benchmarks.Sessions;

/// <summary>Relaying one signal of 300 bytes in-process: through a room of two and of a hundred, within a call, and through the application.</summary>
[MemoryDiagnoser]
public class RelayBenchmarks
{
    private static readonly RoomId Tea = RoomId.Parse("tea"), Crowd = RoomId.Parse("crowd");

    private readonly byte[] _payload = new byte[300];
    private SignalingServer _server = null!;
    private SignalingSession _sender = null!;
    private SignalingSession _receiver = null!;
    private CallId _call;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        // Counted like any session's, with more than anybody may send by default.
        var options = new SignalingOptions { Sessions = { Rates = EndlessRates.New() }, Applications = { ["default"] = new() { AllowDirectSignals = true } } };
        _server = new(options);
        _sender = await ConnectAsync();
        _receiver = await ConnectAsync();
        foreach (RoomId room in new[] { Tea, Crowd })
        {
            Require((await _sender.Rooms.CreateAsync(room)).IsSuccess);
            Require((await _receiver.Rooms.JoinAsync(new() { Room = room })).IsSuccess);
        }

        for (int i = 2; i < 100; i++)
        {
            SignalingSession other = await ConnectAsync();
            Require((await other.Rooms.JoinAsync(new() { Room = Crowd })).IsSuccess);
        }

        _call = (await _sender.Calls.StartAsync(Tea, _receiver.Id)).Value;
        Require((await _receiver.Calls.AcceptAsync(_call)).IsSuccess);
    }

    [GlobalCleanup]
    public void Cleanup() => _server.Dispose();

    [Benchmark(Baseline = true)]
    public ValueTask<SignalingResult> RoomOf2() => _sender.SendSignalAsync(Tea, _receiver.Id, SignalKind.Candidate, _payload);

    [Benchmark]
    public ValueTask<SignalingResult> RoomOf100() => _sender.SendSignalAsync(Crowd, _receiver.Id, SignalKind.Candidate, _payload);

    [Benchmark]
    public ValueTask<SignalingResult> Call() => _sender.Calls.SendSignalAsync(_call, SignalKind.Candidate, _payload);

    [Benchmark]
    public ValueTask<SignalingResult> Application() => _sender.SendSignalAsync(null, _receiver.Id, SignalKind.Candidate, _payload);

    private static void Require(bool succeeded)
    {
        if (!succeeded)
        {
            throw new InvalidOperationException("The benchmark's sessions did not get together.");
        }
    }

    private async Task<SignalingSession> ConnectAsync() => (await _server.ConnectAsync(new(), new CopyingSink())).Value;
}
