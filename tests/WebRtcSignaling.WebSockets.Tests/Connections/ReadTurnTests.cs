using System.Buffers;
using System.IO.Pipelines;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>A client that sends as fast as it is read does not keep the thread.</summary>
public sealed class ReadTurnTests
{
    private static readonly TimeSpan _short = ReadTurn.Pause - TimeSpan.FromMicroseconds(1);

    [Test]
    public void A_turn_is_over_when_reads_have_followed_each_other_for_its_length()
    {
        var time = new ManualTimeProvider();
        var turn = new ReadTurn(time);
        int reads = 0;
        time.Advance(ReadTurn.Pause);
        TimeSpan took = ReadTurn.Length / 4;
        bool isOver;
        do
        {
            turn.Read(time.GetTimestamp());
            time.Advance(took);
            isOver = turn.IsOver();
            time.Advance(_short);
            reads++;
        }
        while (!isOver);

        Assert.That(reads, Is.EqualTo(4), "pauses that are too short count");
        turn.Read(time.GetTimestamp());
        Assert.That(turn.IsOver(), Is.False, "another turn has begun");
    }

    [Test]
    public void A_pause_begins_another_turn()
    {
        var time = new ManualTimeProvider();
        var turn = new ReadTurn(time);
        for (int i = 0; i < 100; i++)
        {
            time.Advance(ReadTurn.Pause);
            turn.Read(time.GetTimestamp());
            time.Advance(ReadTurn.Length - TimeSpan.FromMicroseconds(1));
            Assert.That(turn.IsOver(), Is.False);
        }
    }

    [Test]
    public async Task A_client_that_sends_without_end_keeps_no_thread()
    {
        await using var server = new MemoryServer();
        var endless = new EndlessReader(server.Time);
        var transport = new MemoryTransport();
        Task<ConnectionEnd>? served = null;

        // Were its turn never over, this call would never return.
        await Task.Run(() => { served = server.Endpoint.ServeAsync(new Ends(endless, transport.Server.Output), new(), CancellationToken.None); })
            .WaitAsync(Eventually.Bound);

        Assert.That(served!.IsCompleted, Is.False);
        await Eventually.TrueAsync(() => endless.Threads > 1, "it goes on on another thread");
        endless.End();
        await served.WaitAsync(Eventually.Bound);
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    /// <summary>There is always something to read, and dealing with it takes a tenth of a turn.</summary>
    private sealed class EndlessReader(ManualTimeProvider time) : PipeReader
    {
        /// <summary>Fragments without a byte in them: no message ever ends, so no limit on messages counts them.</summary>
        private readonly ReadOnlySequence<byte> _fragment = new((byte[])[0x00, 0x80, 0, 0, 0, 0]);

        private readonly ReadOnlySequence<byte> _first = new((byte[])[0x01, 0x80, 0, 0, 0, 0]);
        private readonly HashSet<int> _threads = [];
        private bool _hasBegun;
        private volatile bool _isOver;
        private volatile int _threadCount;

        public int Threads => _threadCount;

        public void End() => _isOver = true;

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            _threads.Add(Environment.CurrentManagedThreadId);
            _threadCount = _threads.Count;
            var result = new ReadResult(_hasBegun ? _fragment : _first, isCanceled: false, isCompleted: _isOver);
            _hasBegun = true;
            return new(result);
        }

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => time.Advance(ReadTurn.Length / 10);

        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override bool TryRead(out ReadResult result) => throw new NotSupportedException();

        public override void CancelPendingRead() => _isOver = true;

        public override void Complete(Exception? exception = null)
        {
        }
    }
}
