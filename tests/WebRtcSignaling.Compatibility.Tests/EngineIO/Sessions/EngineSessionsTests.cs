using Microsoft.Extensions.Logging.Abstractions;
using WebRtcSignaling.Compatibility.EngineIO;
using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Sessions;

/// <summary>How all sessions are looked after.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EngineSessionsTests : IDisposable
{
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
        EngineSession session = _sessions.Open(new SessionOpening(new Application(_ => { }), EngineVersion.V4, User: null))!;
        Assert.That(_time.ActiveTimers, Is.EqualTo(1));
        session.Close(new SessionClose(SessionCloseReason.Removed));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.That((_sessions.Count, _time.ActiveTimers), Is.EqualTo((0, 0)));
    }

    [Test]
    public void One_that_fails_when_it_is_looked_after_keeps_none_of_the_others_from_it()
    {
        Dictionary<EngineSession, int> ticks = [];
        var application = new Application(session =>
        {
            ticks[session] = ticks.GetValueOrDefault(session) + 1;
            throw new InvalidOperationException("A listener of the host app's failed.");
        });
        for (int i = 0; i < 5; i++)
        {
            _sessions.Open(new SessionOpening(application, EngineVersion.V4, User: null));
        }

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(ticks.Values, Is.EqualTo(new[] { 3, 3, 3, 3, 3 }));
    }

    private sealed class Application(Action<EngineSession> tick) : IEngineApplication
    {
        public IEngineConversation Open(EngineSession session) => new Conversation(() => tick(session));
    }

    private sealed class Conversation(Action tick) : IEngineConversation
    {
        public void Start()
        {
        }

        public ValueTask ReceiveAsync(EnginePacket message, SignalingError? tooEarly) => default;

        public void Tick() => tick();

        public void End(SessionCloseReason reason)
        {
        }
    }
}
