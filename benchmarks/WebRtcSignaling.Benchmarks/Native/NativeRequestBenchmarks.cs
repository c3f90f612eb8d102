using System.Text;
using BenchmarkDotNet.Attributes;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Native;

namespace WebRtcSignaling.Benchmarks.Native;

/// <summary>
/// From the bytes of a message to what a request asks for: a signal of a candidate's size (300 B) and of a session description's (6 kB), both
/// without garbage; a join, which has more members; and what it costs to refuse text that is no JSON.
/// </summary>
[MemoryDiagnoser]
public class NativeRequestBenchmarks
{
    private static readonly ReadOnlyMemory<byte> _candidate = NativeMessages.SignalSend("k3Jd82mZqP0aXcVbNtRf5w", 300);
    private static readonly ReadOnlyMemory<byte> _description = NativeMessages.SignalSend("k3Jd82mZqP0aXcVbNtRf5w", 6_000);
    private static readonly ReadOnlyMemory<byte> _broken = Encoding.UTF8.GetBytes("""{"type":"ping",}""");
    private static readonly ReadOnlyMemory<byte> _join = Encoding.UTF8.GetBytes(
        """{"type":"room-join","id":12,"room":"tea","password":"sesame","create":true,"name":"Tea time","capacity":4,"hidden":true}""");

    [Benchmark(Baseline = true)]
    public int Signal300() => ReadSignal(_candidate);

    [Benchmark]
    public int Signal6000() => ReadSignal(_description);

    [Benchmark]
    public int Join()
    {
        var request = new NativeRequest(_join);
        RoomId room = request.GetRoom();
        string? password = request.GetString(NativeMember.Password);
        long? capacity = request.GetInteger(NativeMember.Capacity);
        return request.Problem is null ? room.Value.Length + password!.Length + (int)capacity! : -1;
    }

    [Benchmark]
    public bool NoJson() => new NativeRequest(_broken).Problem is not null;

    private static int ReadSignal(ReadOnlyMemory<byte> message)
    {
        var request = new NativeRequest(message);
        RoomId room = request.GetRoom();
        SessionId target = request.GetTarget();
        int data = request.GetRequiredRaw(NativeMember.Data).Length;
        return request.Problem is null ? room.Value.Length + target.Value.Length + data : -1;
    }
}
