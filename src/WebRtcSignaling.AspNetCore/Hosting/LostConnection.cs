namespace WebRtcSignaling.AspNetCore.Hosting;

/// <summary>
/// Says when a connection is to end at once: when the app ends it, or a moment after the web server has noticed that the client is gone. Normally the
/// connection reads that end itself, behind all that had come before; the moment passes only when it cannot, because a request still waits for
/// the app's code. Without this, such a session would stay in its rooms until that code is done.
/// </summary>
internal sealed class LostConnection : IDisposable
{
    private static readonly TimeSpan _moment = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private ITimer? _timer;

    /// <param name="time">The clock.</param>
    /// <param name="clientGone">Fires when the web server has noticed that the client is gone.</param>
    /// <param name="aborting">Fires when the app ends all connections.</param>
    public LostConnection(TimeProvider time, CancellationToken clientGone, CancellationToken aborting)
    {
        _time = time;
        _source = CancellationTokenSource.CreateLinkedTokenSource(aborting);
        _registration = clientGone.UnsafeRegister(static lost => ((LostConnection)lost!).OnClientGone(), this);
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _timer?.Dispose();
        _source.Dispose();
    }

    private void OnClientGone() => _timer = _time.CreateTimer(
        static lost => ((LostConnection)lost!).OnMomentOver(), this, _moment, Timeout.InfiniteTimeSpan);

    private void OnMomentOver()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection ended at the same moment.
        }
    }
}
