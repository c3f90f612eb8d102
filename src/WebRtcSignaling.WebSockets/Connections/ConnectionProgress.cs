namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>How far a connection has come, and since when. Safe for concurrent use; it is its own lock.</summary>
internal sealed class ConnectionProgress : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended = new();
    private volatile ConnectionPhase _phase;
    private long _since;

    public ConnectionProgress(TimeProvider time)
    {
        _time = time;
        _since = time.GetTimestamp();
        Ended = _ended.Token;
    }

    public ConnectionPhase Phase => _phase;

    /// <summary>For how long it has been in its phase.</summary>
    public TimeSpan InPhase => _time.GetElapsedTime(Interlocked.Read(ref _since));

    /// <summary>Fires when the connection is open no more.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Completes when all that waited for <see cref="Ended"/> has been told. May fail: it may be code of the host app.</summary>
    public Task Ending { get; private set; } = Task.CompletedTask;

    /// <summary>Goes on to a phase, unless it has come as far already.</summary>
    public void MoveTo(ConnectionPhase phase)
    {
        lock (this)
        {
            if (phase <= _phase)
            {
                return;
            }

            if (_phase == ConnectionPhase.Open)
            {
                // Runs callbacks elsewhere, not under this lock.
                Ending = _ended.CancelAsync();
            }

            Interlocked.Exchange(ref _since, _time.GetTimestamp());
            _phase = phase;
        }
    }

    public void Dispose() => _ended.Dispose();
}
