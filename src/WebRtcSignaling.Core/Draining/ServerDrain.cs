using System.Collections.Concurrent;
using System.Security.Cryptography;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Draining;

/// <summary>
/// How far a server is with sending its sessions away. It begins once and is not taken back. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A session that has been sent away stays in its rooms until all are gone: nobody hears that it left, so those who are still there keep their calls with it, which
/// need no server, and go the same way a moment later.
/// </remarks>
#pragma warning disable CA1001 // The source has no timer and no parent: there is nothing to let go of.
internal sealed class ServerDrain(DrainOptions options, TimeProvider time)
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<SignalingSession> _sentAway = new();
    private readonly CancellationTokenSource _hurrying = new();
    private volatile bool _hasBegun;
    private Task? _run;

    /// <summary>Whether nobody new is taken: no session, no room, no join.</summary>
    public bool HasBegun => _hasBegun;

    /// <summary>Why nobody new is taken.</summary>
    public SignalingError Refusal => SignalingErrors.ServerStopping with { RetryAfter = NextRetryAfter() };

    /// <summary>Takes nobody new from now on.</summary>
    /// <returns>Whether this call was the first.</returns>
    public bool TryBegin() => !Interlocked.Exchange(ref _hasBegun, true);

    /// <summary>A time for one client to stay away: another one for each, so that they do not come back together.</summary>
    public TimeSpan NextRetryAfter()
    {
        int most = (int)options.RetryAfter.TotalMilliseconds;
        return options.RetryAfter + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(most + 1));
    }

    /// <summary>Adds to the end of a session what its client is to be told.</summary>
    public SessionClose Complete(SessionClose close) =>
        close.Reason == SessionCloseReason.ServerStopping && close.RetryAfter is null ? close with { RetryAfter = NextRetryAfter() } : close;

    /// <summary>Sends all away in waves. A second call joins the first.</summary>
    /// <param name="sessions">Those who are there.</param>
    /// <param name="within">The longest time from the first wave to the last.</param>
    /// <param name="finish">Ends whatever is left.</param>
    public Task RunAsync(Func<SignalingSession[]> sessions, TimeSpan within, Action finish)
    {
        lock (_lock)
        {
            // Not on this thread: it calls into sinks, and this holds a lock.
            return _run ??= Task.Run(() => RunOnceAsync(sessions(), within, finish), CancellationToken.None);
        }
    }

    /// <summary>Those who are left go at once.</summary>
    public void Hurry() => _hurrying.Cancel();

    /// <summary>Takes those out of their rooms who have been sent away. Nobody is left to hear it.</summary>
    public void Clear()
    {
        while (_sentAway.TryDequeue(out SignalingSession? session))
        {
            session.LeaveRooms();
        }
    }

    private async Task RunOnceAsync(SignalingSession[] sessions, TimeSpan within, Action finish)
    {
        IReadOnlyList<ArraySegment<SignalingSession>> waves = DrainWaves.Divide(sessions, options, within);
        try
        {
            for (int i = 0; i < waves.Count; i++)
            {
                if (i > 0)
                {
                    await Task.Delay(options.WaveInterval, time, _hurrying.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                // Whoever hurries meets the rest all together, in the last step.
                if (_hurrying.IsCancellationRequested)
                {
                    return;
                }

                SendAway(waves[i]);
            }
        }
        finally
        {
            finish();
        }
    }

    private void SendAway(ArraySegment<SignalingSession> wave)
    {
        foreach (SignalingSession session in wave)
        {
            if (session.BeginClose())
            {
                _sentAway.Enqueue(session);
                session.EndCloseInRooms(new(SessionCloseReason.ServerStopping));
            }
        }
    }
}
