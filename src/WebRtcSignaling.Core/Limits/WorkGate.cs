using WebRtcSignaling.Errors;

namespace WebRtcSignaling.Limits;

/// <summary>
/// Runs what keeps a core busy on the thread pool, so much of it at once and no more: what comes beyond that waits without a thread, in the order in which it came. Safe for
/// concurrent use.
/// </summary>
/// <param name="width">How much at once.</param>
internal sealed class WorkGate(int width)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = [];
    private int _free = width;

    /// <summary>How much waits for its turn.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Runs something when its turn has come.</summary>
    /// <param name="work">What; it ends by itself, since nobody interrupts it.</param>
    /// <param name="closed">Fires when the session ends for which it is; one that waits then leaves, and is not run.</param>
    /// <returns>What came of it, or <c>session-closed</c>.</returns>
    public async ValueTask<SignalingResult<T>> RunAsync<T>(Func<SignalingResult<T>> work, CancellationToken closed)
        where T : notnull
    {
        if (!await EnterAsync(closed).ConfigureAwait(false))
        {
            return SignalingErrors.SessionClosed;
        }

        try
        {
            return await Task.Run(work, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private async ValueTask<bool> EnterAsync(CancellationToken closed)
    {
        LinkedListNode<TaskCompletionSource<bool>> place;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return true;
            }

            place = _waiting.AddLast(new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using CancellationTokenRegistration end = closed.UnsafeRegister(_ => GiveUp(place), state: null);
        return await place.Value.Task.ConfigureAwait(false);
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource<bool>> place)
    {
        lock (_lock)
        {
            if (place.List is null)
            {
                return;
            }

            _waiting.Remove(place);
        }

        place.Value.SetResult(false);
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (_waiting.First is not { } next)
            {
                _free++;
                return;
            }

            _waiting.Remove(next);
            next.Value.SetResult(true);
        }
    }
}
