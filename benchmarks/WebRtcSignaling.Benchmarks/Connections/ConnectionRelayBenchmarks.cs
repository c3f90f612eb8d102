using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using WebRtcSignaling.Benchmarks.Frames;
using WebRtcSignaling.Benchmarks.Native;
using WebRtcSignaling.Benchmarks.Sessions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.Benchmarks.Connections;

/// <summary>
/// A signal from one client's bytes to another's, through two whole connections over pipes in memory: frame, message, request, room, outbox, flush.
/// One by one, each waiting for the last, which is mostly the hand-over between threads; and in bursts, as they come under load. With sessions that can be resumed
/// and without; the receiver never acknowledges, so that as much is kept for it as may be.
/// </summary>
[MemoryDiagnoser]
public class ConnectionRelayBenchmarks
{
    private const int Signals = 1_000;

    private readonly Pipe _annUp = NewPipe();
    private readonly Pipe _annDown = NewPipe();
    private readonly Pipe _benUp = NewPipe();
    private readonly Pipe _benDown = NewPipe();
    private SignalingServer _server = null!;
    private readonly Task[] _served = new Task[2];
    private WebSocketEndpoint _endpoint = null!;
    private byte[] _burst = [];
    private long _received;

    [Params(300, 6_000)]
    public int MessageBytes { get; set; }

    [Params(1, 10)]
    public int Burst { get; set; }

    [Params(false, true)]
    public bool Resumable { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        var options = new SignalingOptions();
        options.Sessions.ResumeTimeout = Resumable ? options.Sessions.ResumeTimeout : TimeSpan.Zero;
        options.Sessions.Rates = EndlessRates.New();
        _server = new SignalingServer(options);
        _endpoint = new WebSocketEndpoint(_server, new WebSocketOptions { Rates = EndlessRates.New() });
        _served[0] = _endpoint.ServeAsync(new End(_annUp.Reader, _annDown.Writer), new ConnectionRequest(), CancellationToken.None);
        _served[1] = _endpoint.ServeAsync(new End(_benUp.Reader, _benDown.Writer), new ConnectionRequest(), CancellationToken.None);
        await ReceiveAsync(_annDown.Reader);
        string ben = (await ReceiveAsync(_benDown.Reader)).GetProperty("clientId").GetString()!;
        foreach ((Pipe up, Pipe down) in ((Pipe, Pipe)[])[(_annUp, _annDown), (_benUp, _benDown)])
        {
            await up.Writer.WriteAsync(MaskedFrame.Of(Opcode.Text, """{"type":"room-join","room":"tea","create":true}"""u8));
            await ReceiveAsync(down.Reader);
        }

        byte[] message = NativeMessages.SignalSend(ben, MessageBytes);
        byte[] frame = MaskedFrame.Of(Opcode.Text, message);
        _burst = [.. Enumerable.Repeat(frame, Burst).SelectMany(bytes => bytes)];
        _ = DiscardAsync(_annDown.Reader);

        _ = CountAsync(_benDown.Reader);
    }

    [Benchmark(OperationsPerInvoke = Signals)]
    public async Task Relay()
    {
        long expected = Volatile.Read(ref _received);
        for (int sent = 0; sent < Signals; sent += Burst)
        {
            await _annUp.Writer.WriteAsync(_burst);
            expected += Burst;
            var spin = default(SpinWait);
            while (Volatile.Read(ref _received) < expected)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    [GlobalCleanup]
    public async Task Cleanup()
    {
        await _annUp.Writer.CompleteAsync();
        await _benUp.Writer.CompleteAsync();
        await Task.WhenAll(_served);
        await _annDown.Writer.CompleteAsync();
        await _benDown.Writer.CompleteAsync();
        _endpoint.Dispose();
        _server.Dispose();
    }

    private static Pipe NewPipe() => new(new PipeOptions(useSynchronizationContext: false));

    /// <summary>One short message, the only one there is.</summary>
    private static async Task<JsonElement> ReceiveAsync(PipeReader input)
    {
        ReadResult result = await input.ReadAsync();
        string text = Encoding.UTF8.GetString(result.Buffer);
        input.AdvanceTo(result.Buffer.End);
        using JsonDocument json = JsonDocument.Parse(text[text.IndexOf('{', StringComparison.Ordinal)..]);
        return json.RootElement.Clone();
    }

    private static async Task DiscardAsync(PipeReader input)
    {
        ReadResult result;
        do
        {
            result = await input.ReadAsync();
            input.AdvanceTo(result.Buffer.End);
        }
        while (!result.IsCompleted);
    }

    private async Task CountAsync(PipeReader input)
    {
        ReadResult result;
        do
        {
            result = await input.ReadAsync();
            ReadOnlySequence<byte> buffer = result.Buffer;
            int whole = ServerFrames.TakeWhole(ref buffer);
            input.AdvanceTo(buffer.Start, buffer.End);
            Interlocked.Add(ref _received, whole);
        }
        while (!result.IsCompleted);
    }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
