using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>All sessions of a server, by name, and who looks after them. Safe for concurrent use.</summary>
internal sealed class EngineSessions : IDisposable
{
    private readonly ConcurrentDictionary<string, EngineSession> _sessions = new(StringComparer.Ordinal);
    private readonly AdmissionControl _admission;
    private readonly TimeProvider _time;
    private readonly Ticker _ticker;
    private readonly long _startedAt;
    private int _count;
    private volatile bool _isStopping;

    public EngineSessions(EngineSettings settings, AdmissionControl admission, TimeProvider time, ILogger logger)
    {
        _admission = admission;
        Rates = new MessageRates(settings.Rates, time);
        Settings = settings;
        Logger = logger;
        _time = time;
        _startedAt = time.GetTimestamp();
        _ticker = new Ticker(time, logger, () => Count > 0, Tick);
    }

    public EngineSettings Settings { get; }

    public ILogger Logger { get; }

    /// <summary>How much each session may send.</summary>
    public MessageRates Rates { get; }

    /// <summary>The time by which that is counted.</summary>
    public long Timestamp => _time.GetTimestamp();

    /// <summary>The time since this table was made.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_startedAt);

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether there are as many as may be.</summary>
    public bool IsFull => Count >= Settings.MaxSessions;

    /// <summary>Whether no new ones are taken any more.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Opens a session.</summary>
    /// <param name="opening">What the client asked for.</param>
    /// <param name="socket">The WebSocket it begins on; <see langword="null"/> if it begins with polls.</param>
    /// <returns>The session; <see langword="null"/> if there are too many, in all or from the client's address, or the server is stopping.</returns>
    public EngineSession? Open(SessionOpening opening, IDialectConnection? socket = null)
    {
        if (Interlocked.Increment(ref _count) > Settings.MaxSessions || _isStopping || !_admission.TryEnter(opening.RemoteAddress))
        {
            Interlocked.Decrement(ref _count);
            return null;
        }

        var session = new EngineSession(SessionId.Create().Value, opening, this, socket);
        _sessions[session.Id] = session;
        _ticker.Wake();
        session.Start();

        // Stop may have looked for sessions before this one was among them.
        if (_isStopping)
        {
            session.Close(new SessionClose(SessionCloseReason.ServerStopping));
        }

        return session;
    }

    /// <summary>Finds the session that a request names.</summary>
    /// <param name="id">The name.</param>
    /// <param name="application">Who is asked; a session of somebody else is unknown.</param>
    public EngineSession? Find(string id, IEngineApplication application) =>
        Find(id) is { } session && session.Opening.Application == application ? session : null;

    /// <summary>Finds a session, whoever speaks in it.</summary>
    public EngineSession? Find(string id) => _sessions.GetValueOrDefault(id);

    /// <summary>Takes a session that is over out of the table.</summary>
    public void Forget(EngineSession session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            Interlocked.Decrement(ref _count);
            _admission.Leave(session.Opening.RemoteAddress);
        }
    }

    /// <summary>Takes no new sessions from now on, and ends all there are; clients hear that they may come back.</summary>
    public void Stop()
    {
        _isStopping = true;
        foreach ((_, EngineSession session) in _sessions)
        {
            session.Close(new SessionClose(SessionCloseReason.ServerStopping));
        }
    }

    /// <summary>Stops, and looks after nobody any more.</summary>
    public void Dispose()
    {
        Stop();
        _ticker.Dispose();
    }

    private void Tick()
    {
        foreach ((_, EngineSession session) in _sessions)
        {
            _ticker.Visit(session, static session => session.Tick());
        }
    }
}
