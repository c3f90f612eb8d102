using System.Threading.Channels;

namespace WebRtcSignaling.Testing.Faults;

/// <summary>One direction of a link. What has been read waits in a short queue with the time at which it came, so that a delay costs no throughput.</summary>
internal sealed class Flow(FaultyLink link, LinkEnd from, LinkEnd to, IReadOnlyList<Fault> faults, TimeProvider time)
{
    private const int MaxChunkBytes = 4_096;
    private const int MaxChunks = 16;
    private const int SlicesPerSecond = 10;

    private readonly Channel<(byte[] Bytes, long ReadAt)> _way = Channel.CreateBounded<(byte[] Bytes, long ReadAt)>(MaxChunks);
    private readonly Queue<Fault> _ahead = new(faults.OrderBy(static fault => fault.AtByte));
    private TimeSpan _delay;
    private int _pieceBytes = int.MaxValue;
    private int _bytesPerSecond;
    private long _passed;

    /// <summary>How many bytes have passed, those that have vanished included.</summary>
    public long Passed => Volatile.Read(ref _passed);

    /// <summary>Runs until that direction has ended or the link is cut. Never throws.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(GuardAsync(TakeAsync, stop), GuardAsync(GiveAsync, stop));

    private async Task GuardAsync(Func<CancellationToken, Task> run, CancellationToken stop)
    {
        try
        {
            await run(stop);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One side has reset the connection; the other one hears of it unless nothing gets through.
            if (!link.IsHalfOpen)
            {
                link.BeginCut(Cut.Reset);
            }
        }
        finally
        {
            _way.Writer.TryComplete();
        }
    }

    private async Task TakeAsync(CancellationToken stop)
    {
        byte[] buffer = new byte[MaxChunkBytes];
        int read;
        do
        {
            read = await from.Input.ReadAsync(buffer, stop);
            await _way.Writer.WriteAsync((buffer[..read], time.GetTimestamp()), stop);
        }
        while (read > 0);
    }

    private async Task GiveAsync(CancellationToken stop)
    {
        bool goesOn = await MeetFaultsAsync(stop);
        while (goesOn && await _way.Reader.WaitToReadAsync(stop) && _way.Reader.TryRead(out (byte[] Bytes, long ReadAt) chunk))
        {
            if (chunk.Bytes.Length == 0)
            {
                await WaitAsync(_delay - time.GetElapsedTime(chunk.ReadAt), stop);
                if (!link.IsHalfOpen)
                {
                    to.EndOutput();
                }

                return;
            }

            for (ReadOnlyMemory<byte> rest = chunk.Bytes; goesOn && rest.Length > 0;)
            {
                int count = await PassAsync(rest, chunk.ReadAt, stop);
                rest = rest[count..];
                goesOn = await MeetFaultsAsync(stop);
            }
        }
    }

    /// <returns>How many bytes have passed.</returns>
    private async Task<int> PassAsync(ReadOnlyMemory<byte> bytes, long readAt, CancellationToken stop)
    {
        int most = _bytesPerSecond == 0 ? _pieceBytes : Math.Min(_pieceBytes, Math.Max(1, _bytesPerSecond / SlicesPerSecond));
        int count = (int)Math.Min(Math.Min(bytes.Length, most), _ahead.TryPeek(out Fault? next) ? next.AtByte - Passed : long.MaxValue);
        await WaitAsync(_delay - time.GetElapsedTime(readAt), stop);
        if (!link.IsHalfOpen)
        {
            await to.Output.WriteAsync(bytes[..count], stop);
        }

        Volatile.Write(ref _passed, _passed + count);
        if (_bytesPerSecond > 0)
        {
            await WaitAsync(TimeSpan.FromSeconds((double)count / _bytesPerSecond), stop);
        }

        return count;
    }

    /// <summary>Lets happen what is due at this byte.</summary>
    /// <returns>Whether anything may still pass.</returns>
    private async Task<bool> MeetFaultsAsync(CancellationToken stop)
    {
        while (_ahead.TryPeek(out Fault? fault) && fault.AtByte <= Passed)
        {
            _ahead.Dequeue();
            switch (fault.Kind)
            {
                case FaultKind.Reset:
                    link.BeginCut(Cut.Reset);
                    return false;
                case FaultKind.End:
                    link.BeginCut(Cut.End);
                    return false;
                case FaultKind.HalfOpen:
                    link.HalfOpen();
                    break;
                case FaultKind.Delay:
                    _delay = fault.Time;
                    break;
                case FaultKind.Throttle:
                    _bytesPerSecond = fault.Bytes;
                    break;
                case FaultKind.Split:
                    _pieceBytes = fault.Bytes;
                    break;
                case FaultKind.Stall:
                    await Task.Delay(fault.Time, time, stop);
                    break;
                default:
                    throw new InvalidOperationException($"What is {fault}?");
            }
        }

        return true;
    }

    private Task WaitAsync(TimeSpan span, CancellationToken stop) => span > TimeSpan.Zero ? Task.Delay(span, time, stop) : Task.CompletedTask;
}
