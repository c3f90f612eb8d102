using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.Diagnostics;

/// <summary>Loggers, and what listens to instruments, run in the middle of what they are told of. They all fail here, and nothing else does.</summary>
public sealed class FailingListenersTests
{
    [Test]
    public async Task A_session_that_nobody_came_back_to_is_gone_from_its_rooms()
    {
        using var host = new FailingHost();
        using var meeting = new Meeting(logs: host, meters: host);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ann.CreateAsync("milk");
        await ben.JoinAsync("tea");
        ann.Session.Resumption.Suspend();

        Assert.That(() => meeting.Clock.Advance(TimeSpan.FromMinutes(1)), Throws.Nothing);
        Assert.Multiple(() =>
        {
            Assert.That(ben.Take<SignalingEvent.ClientLeft>(), Has.Count.EqualTo(1));
            Assert.That(ann.Closes, Has.Count.EqualTo(1));
            Assert.That(meeting.Server.SessionCount, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task A_session_whose_authentication_expires_ends()
    {
        using var host = new FailingHost();
        using var meeting = new Meeting(logs: host, meters: host);
        var ann = new Peer();
        await meeting.Server.ConnectAsync(new() { AuthenticationExpiresAt = meeting.Clock.GetUtcNow() + TimeSpan.FromSeconds(5) }, ann);
        Assert.That(() => meeting.Clock.Advance(TimeSpan.FromSeconds(5)), Throws.Nothing);
        Assert.That(ann.Closes.Single().Reason, Is.EqualTo(SessionCloseReason.AuthenticationExpired));
    }

    [Test]
    public async Task An_empty_room_closes_in_time_and_a_call_stops_ringing()
    {
        using var host = new FailingHost();
        using var meeting = new Meeting(logs: host, meters: host);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("milk", new() { EmptyTimeout = TimeSpan.FromSeconds(10) });
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        ann.Leave("milk");
        await ann.Session.Calls.StartAsync(RoomId.Parse("tea"), ben.Id);
        Assert.That(() => meeting.Clock.Advance(TimeSpan.FromMinutes(1)), Throws.Nothing);
        Assert.That(ben.Take<SignalingEvent.CallEnded>(), Has.Count.EqualTo(1));
        Assert.That(await ben.CreateAsync("milk"), Is.Null, "its name is free again");
    }

    [Test]
    public async Task The_server_ends_all_sessions_when_it_stops()
    {
        using var host = new FailingHost();
        var meeting = new Meeting(logs: host, meters: host);
        Peer[] peers = [await meeting.ConnectAsync(), await meeting.ConnectAsync(), await meeting.ConnectAsync()];
        await peers[0].CreateAsync("tea");
        meeting.Dispose();
        Assert.That(peers.Select(static peer => peer.Closes.Single().Reason), Is.All.EqualTo(SessionCloseReason.ServerStopping));
        Assert.That((meeting.Server.SessionCount, meeting.Server.Stopped.IsCancellationRequested), Is.EqualTo((0, true)));
    }

    [Test]
    public async Task A_host_app_that_fails_is_answered_for_all_the_same()
    {
        using var host = new FailingHost();
        var authorizer = new AskedAuthorizer(static request =>
            request.Operation == SignalingOperation.CreateRoom ? throw new InvalidOperationException() : AuthorizationDecision.Allow);
        using var meeting = new Meeting(authorizer: authorizer, logs: host, meters: host);
        Peer ann = await meeting.ConnectAsync();
        Assert.That(await ann.CreateAsync("tea"), Is.EqualTo("not-permitted"));
    }

    [Test]
    public async Task The_first_failure_of_a_listener_is_logged_and_no_other()
    {
        using var host = new FailingHost();
        using var logs = new CollectedLogs();
        using var meeting = new Meeting(logs: logs, meters: host);
        await meeting.TryConnectAsync(new Peer(), application: "nowhere");
        await meeting.TryConnectAsync(new Peer(), application: "nowhere");
        Assert.That(logs.Lines.Count(static line => line.Contains("What listens to an instrument failed", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    /// <summary>A host app of which nothing that is told anything works.</summary>
    private sealed class FailingHost : ListeningMeterFactory, ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new InvalidOperationException("The logger failed.");

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Debug ? throw new InvalidOperationException("The logger failed.") : true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("The logger failed.");

        protected override void Hear(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            throw new InvalidOperationException("The listener failed.");
    }
}
