using Microsoft.Extensions.Logging.Abstractions;
using WebRtcSignaling.Compatibility.EngineIO;
using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Compatibility.SocketIO;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Sessions;

/// <summary>How all sessions are looked after.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EngineSessionsTests : IDisposable
{
    private static readonly EngineSettings _small = new SocketIOOptions { MaxBufferedBytes = 1_500 }.ToEngineSettings();

    private readonly ManualTimeProvider _time = new();
    private readonly SignalingServer _server = new();
    private readonly EngineSessions _sessions;

    public EngineSessionsTests() => _sessions = new EngineSessions(TestSettings.Engine, _server.Admission, _time, NullLogger.Instance);

    public void Dispose()
    {
        _sessions.Dispose();
        _server.Dispose();
    }

    [Test]
    public void Without_sessions_no_timer_is_set()
    {
        Assert.That(_time.ActiveTimers, Is.Zero);
        EngineSession session = Open(new Application());
        Assert.That(_time.ActiveTimers, Is.EqualTo(1));
        session.Close(new SessionClose(SessionCloseReason.Removed));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.That((_sessions.Count, _time.ActiveTimers), Is.EqualTo((0, 0)));
    }

    [Test]
    public void One_that_fails_when_it_is_looked_after_keeps_none_of_the_others_from_it()
    {
        Dictionary<EngineSession, int> ticks = [];
        var application = new Application
        {
            Tick = session =>
            {
                ticks[session] = ticks.GetValueOrDefault(session) + 1;
                throw new InvalidOperationException("A listener of the host app's failed.");
            },
        };
        for (int i = 0; i < 5; i++)
        {
            Open(application);
        }

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(ticks.Values, Is.EqualTo(new[] { 3, 3, 3, 3, 3 }));
    }

    [Test]
    public async Task What_fails_when_a_session_ends_keeps_nobody_from_hearing_of_it()
    {
        EngineSession session = Open(new Application { End = static () => throw new InvalidOperationException("The conversation failed.") });
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Ended.Register(heard.SetResult);
        session.Ended.Register(static () => throw new InvalidOperationException("Who waited failed."));

        // On a thread of the pool, where what nobody catches ends the process.
        session.Close(new SessionClose(SessionCloseReason.Removed));
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Test]
    public async Task What_a_poll_takes_counts_until_it_is_sent([Values] bool isSent)
    {
        using var sessions = new EngineSessions(_small, _server.Admission, _time, NullLogger.Instance);
        EngineSession session = Open(new Application(), sessions);
        session.Send(new byte[1_000], []);
        PollAnswer answer = session.EndPoll();
        if (isSent)
        {
            session.EndSending(answer);
        }

        session.Send(new byte[1_000], []);
        if (isSent)
        {
            Assert.That(session.EndPoll().Packets, Has.Count.EqualTo(1));
            Assert.That(session.Ended.IsCancellationRequested, Is.False);
        }
        else
        {
            await Eventually.TrueAsync(() => session.Ended.IsCancellationRequested, "the client is put out");
            Assert.That(session.EndedBySlowness);
        }
    }

    [Test]
    public void A_client_for_whom_nothing_waits_is_not_slow_however_long_the_message()
    {
        using var sessions = new EngineSessions(_small, _server.Admission, _time, NullLogger.Instance);
        EngineSession session = Open(new Application(), sessions);
        session.EndSending(session.EndPoll());
        session.Send(new byte[5_000], []);
        Assert.That(session.EndPoll().Packets.Single().Bytes, Has.Length.EqualTo(5_000));
        Assert.That(session.Ended.IsCancellationRequested, Is.False);
    }

    private EngineSession Open(Application application, EngineSessions? sessions = null) =>
        (sessions ?? _sessions).Open(new SessionOpening(application, EngineVersion.V4, User: null))!;

    private sealed class Application : IEngineApplication
    {
        public Action<EngineSession> Tick { get; init; } = static _ => { };

        public Action End { get; init; } = static () => { };

        public IEngineConversation Open(EngineSession session) => new Conversation(() => Tick(session), End);
    }

    private sealed class Conversation(Action tick, Action end) : IEngineConversation
    {
        public void Start()
        {
        }

        public ValueTask ReceiveAsync(EnginePacket message, SignalingError? tooEarly) => default;

        public void Tick() => tick();

        public void End(SessionCloseReason reason) => end();
    }
}
