namespace WebRtcSignaling.AspNetCore.Hosting;

/// <summary>Counts the connections that are served, so that the app's end can wait for them and, in the end, abort them. Safe for concurrent use.</summary>
internal sealed class OpenConnections : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _aborting = new();
    private TaskCompletionSource? _empty;
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Fires when all of them are to end at once.</summary>
    public CancellationToken Aborting => _aborting.Token;

    public void Enter()
    {
        lock (_lock)
        {
            _count++;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (--_count == 0)
            {
                _empty?.TrySetResult();
                _empty = null;
            }
        }
    }

    /// <summary>Completes once there is none.</summary>
    public Task WhenNone()
    {
        lock (_lock)
        {
            if (_count == 0)
            {
                return Task.CompletedTask;
            }

            _empty ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _empty.Task;
        }
    }

    public Task AbortAllAsync() => _aborting.CancelAsync();

    public void Dispose() => _aborting.Dispose();
}
